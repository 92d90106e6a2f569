export { ExportDialog, TakeAlongDialog } from './export-dialog.tsx';
export { ExportedDialog } from './exported-dialog.tsx';
export { FindScreen } from './find-screen.tsx';
export { EraseDialog, ErasedDialog, SaveHeldDialog } from './member-data-dialogs.tsx';
export { MemberScreen } from './member-screen.tsx';
export { UnmaskDialog } from './unmask-dialog.tsx';
