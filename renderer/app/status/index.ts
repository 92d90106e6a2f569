export { JournalAlarm } from './journal-alarm.tsx';
export { NumberAlarm } from './number-alarm.tsx';
export { ContinueOfflineDialog, GoOnHereDialog, ResumeDialog, StandDownDialog } from './pause-dialogs.tsx';
export { StatusPill } from './status-pill.tsx';
export { StatusStrip } from './status-strip.tsx';
