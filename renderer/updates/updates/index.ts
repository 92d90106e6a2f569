export { UpdateDialog, UpdateDownloadDialog } from './update-dialog.tsx';
export { UpdateNote, UpdateNow } from './update-note.tsx';
export { usePageUse } from './use-page-use.ts';
export { useUpdateRow } from './use-update-row.ts';
