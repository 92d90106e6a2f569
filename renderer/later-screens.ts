/** What lies beside the till's screen and over it: nothing of it is needed for the first look, and it comes as one. */

export { ClosingDialog } from './app/closing/index.ts';
export { KybioScreen, Pick, Rail, SafetyScreen, Who } from './app/desk/index.ts';
export { FirstDayScreen } from './app/first-day/index.ts';
export { NoticeLine } from './app/notices/index.ts';
export { BrokenScreen, FirstStart, SetUpScreen, UpdatingScreen } from './app/set-up/index.ts';
export { SettingsScreen } from './app/settings/index.ts';
export { MemberPicker, PurchaseField, RulesFields } from './counter/counter/index.ts';
export { ReviewScreen } from './counter/review/index.ts';
export { RulesScreen } from './counter/rules/index.ts';
export { FindScreen, MemberScreen } from './day/find/index.ts';
export { MatchingScreen } from './day/matching/index.ts';
export { OwnerScreen } from './day/owner/index.ts';
export { DayScreen, ShiftLine } from './day/shifts/index.ts';
export { AnywhereDialog, TillDialog } from './dialogs.tsx';
export { ReceiptsScreen } from './paper/receipts/index.ts';
export { LockScreen, PeopleScreen } from './people/people/index.ts';
export { CheckUpScreen } from './sending/check-up/index.ts';
