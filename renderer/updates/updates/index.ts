export { UpdateDialog, UpdateDownloadDialog } from './update-dialog.tsx';
export { stripPhrase } from './update-words.ts';
export { usePageUse } from './use-page-use.ts';
export { useUpdateRow } from './use-update-row.ts';
