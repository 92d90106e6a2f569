export { NameTiles } from './name-tiles.tsx';
export { PinDialog } from './pin-dialog.tsx';
export { CodeDialog, MakePinDialog, NoPinDialog, RecoverDialog, RecoveryCodeDialog } from './pin-dialogs.tsx';
export { PinForgotten } from './pin-forgotten.tsx';
export { SaveDialog } from './save-dialog.tsx';
export { useNewPin } from './use-new-pin.tsx';
export { usePin } from './use-pin.tsx';
export { type Proof, useProof } from './use-proof.tsx';
export { useUnlocked } from './use-unlocked.ts';
