export { useInUse } from './in-use.ts';
export { useLeaveDesk } from './leave-desk.ts';
export { LockScreen } from './lock-screen.tsx';
export { PeopleDialog, SignInDialog } from './people-dialogs.tsx';
export { PeopleScreen } from './people-screen.tsx';
