export { AccountsDialog } from './accounts-dialog.tsx';
export { OwnerDialog } from './owner-dialog.tsx';
export { OwnerScreen } from './owner-screen.tsx';
