export { PinDialog } from './pin-dialog.tsx';
export { MakePinDialog, NoPinDialog, RecoverDialog, RecoveryCodeDialog } from './pin-dialogs.tsx';
export { usePin } from './use-pin.tsx';
export { useUnlocked } from './use-unlocked.ts';
