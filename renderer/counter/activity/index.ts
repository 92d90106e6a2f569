export { ActivityPanel } from './activity-panel.tsx';
export { DayTiles } from './day-tiles.tsx';
export { EntryDetails } from './entry-details.tsx';
export { CancelDialog } from './entry-dialogs.tsx';
export { useHeldAbove } from './open-row.ts';
export { ReverseDialog } from './reverse-dialog.tsx';
export { TenderDialog } from './tender-dialog.tsx';
