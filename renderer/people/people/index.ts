export { useInUse, useLeaveDesk } from './in-use.ts';
export { LockScreen } from './lock-screen.tsx';
export { PeopleDialog, SignInDialog } from './people-dialogs.tsx';
export { PeopleScreen } from './people-screen.tsx';
