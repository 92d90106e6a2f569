export { ActivityPanel } from './activity-panel.tsx';
export { DayTiles } from './day-tiles.tsx';
export { EntryDetails } from './entry-details.tsx';
export { CancelDialog, ReverseDialog } from './entry-dialogs.tsx';
