export { SlipsDialog } from './slips-dialog.tsx';
