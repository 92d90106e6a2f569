export { NoticeLine } from './notice-line.tsx';
export { NoticesDialog } from './notices-dialog.tsx';
