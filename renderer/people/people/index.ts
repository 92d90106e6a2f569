export { useInUse } from './in-use.ts';
export { LockScreen } from './lock-screen.tsx';
export { PeopleDialog } from './people-dialogs.tsx';
export { PeopleScreen } from './people-screen.tsx';
export { SignInDialog } from './sign-in-dialog.tsx';
