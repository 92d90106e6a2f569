export { ClosingDialog } from './closing-dialog.tsx';
