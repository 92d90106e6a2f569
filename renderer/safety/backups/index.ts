export { BackupDialog } from './backup-dialog.tsx';
export { BackupsPart } from './backups-part.tsx';
export { RestoreSheet } from './restore-sheet.tsx';
export { RestoredDialog } from './restored-dialog.tsx';
export { restorationWords } from './restored-words.ts';
