export { BackupDialog } from './backup-dialog.tsx';
export { BackupsPart } from './backups-part.tsx';
export { CareNotes } from './care-notes.tsx';
export { RestoreSheet } from './restore-sheet.tsx';
export { RestoredDialog } from './restored-dialog.tsx';
