export { ChainDialog } from './chain-dialog.tsx';
export { ChainPart } from './chain-part.tsx';
