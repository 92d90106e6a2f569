export { PinDialog } from './pin-dialog.tsx';
export { MakePinDialog, NoPinDialog, RecoverDialog, RecoveryCodeDialog, useNewPin } from './pin-dialogs.tsx';
export { PinForgotten, usePin } from './use-pin.tsx';
export { type Proof, useProof } from './use-proof.tsx';
export { useUnlocked } from './use-unlocked.ts';
