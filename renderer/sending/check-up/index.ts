export { CheckUpDialog } from './check-up-dialog.tsx';
export { CheckUpPart } from './check-up-part.tsx';
export { CheckUpScreen } from './check-up-screen.tsx';
