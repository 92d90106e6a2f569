export { AboutDialog } from './about-dialog.tsx';
export { DiagnosticsDialog } from './diagnostics-dialog.tsx';
export { PlaceDialog } from './place-dialog.tsx';
export { DisplayDialog, LeaveKioskDialog, StationDialog } from './station-dialogs.tsx';
