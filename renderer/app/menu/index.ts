export { MenuDialog } from './menu-dialog.tsx';
