export { DayScreen } from './day-screen.tsx';
export { useDayTabs } from './day-tabs.ts';
export {
  ApproveOpeningDialog,
  CashMoveDialog,
  CloseShiftDialog,
  CommitDialog,
  WholeReportDialog,
} from './shift-dialogs.tsx';
export { ShiftLine } from './shift-line.tsx';
