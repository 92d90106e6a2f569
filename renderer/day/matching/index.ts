export { ExportMatchDialog } from './export-match-dialog.tsx';
export { MatchDialog } from './match-dialog.tsx';
export { MatchingScreen } from './matching-screen.tsx';
