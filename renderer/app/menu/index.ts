export { Menu } from './menu.tsx';
export { PracticeDialog } from './practice-dialog.tsx';
