export { isEnteredForCard, wasEntered } from './entered.ts';
export { isOfAnotherTill, lineBy, type OwnWays, ownParts } from './entry-line.ts';
export type { Within } from './find-conditions.ts';
export { type EntryQuery, inHalfWidth, LAST_DAY } from './find-steps.ts';
export type { MemberSums } from './outbox-sums.ts';
export { isOfDayIn, isSameDay, type Moments, type ShownDay } from './shown-day.ts';
export {
  enteredAgain,
  noOthers,
  type OthersOf,
  reference,
  shownEntries,
  shownEntry,
  shownPartReversal,
  shownWholeReversal,
} from './shown-entry.ts';
export { shownName, shownNumber } from './shown-name.ts';
export { allDays } from './tally.ts';
export type { TenderChanges } from './tender-changes.ts';
