export { CheckUpDialog } from './check-up-dialog.tsx';
export { CheckUpScreen } from './check-up-screen.tsx';
