export { ExportMatchDialog, MatchDialog } from './match-dialogs.tsx';
export { MatchingScreen } from './matching-screen.tsx';
