export { KybioScreen } from './kybio-screen.tsx';
export { LeavePageDialog } from './leave-page-dialog.tsx';
export { useDesk } from './looker.ts';
export { Pick, PlacesDialog, Rail } from './rail.tsx';
export { SafetyScreen } from './safety-screen.tsx';
export { Who } from './who.tsx';
