export { BrokenScreen } from './broken-screen.tsx';
export { FirstStart } from './first-start.tsx';
export { NeverOpenedDialog } from './moved-screen.tsx';
export { OpeningSoon } from './opening-soon.tsx';
export { ReplaceKeyDialog } from './replace-key-dialog.tsx';
export { SetUpScreen } from './set-up-screen.tsx';
export { TillNumberDialog } from './till-number-dialog.tsx';
export { UpdatingScreen } from './updating-screen.tsx';
