import { type Amount, compareAmounts, subtractAmounts, zeroAmount } from '../../preload/contract/index.ts';
import type { Sums } from './decide.ts';

/** What KYBIO's word that it had these bytes before is held against. */
export interface SecondSeen {
  readonly increments: Sums;
  /** What the member held before the first sending; null where nobody knows. */
  readonly before: Sums | null;
  /** After the word. */
  readonly reading: Sums;
  /** Amounts of rows under this very second; null where the log tells nothing, or carries other times. */
  readonly ofOurSecond: readonly Amount[] | null;
}

/**
 * Whose increment has this second at KYBIO: `ours` where nothing speaks against it; `unclear` where the member holds
 * less than with ours; `another-till` where a row shows it, or the sums have not moved at all. Only a till that has
 * our number takes our second (ADR 28).
 */
export function whoseSecond({
  increments,
  before,
  reading,
  ofOurSecond,
}: SecondSeen): 'ours' | 'unclear' | 'another-till' {
  const isOurs = (amount: Amount) => compareAmounts(amount, increments.balance) === 0;
  if (ofOurSecond?.some(isOurs) === true) return 'ours';
  if (ofOurSecond !== null && ofOurSecond.length > 0) return 'another-till';
  if (before === null) return 'ours';
  const moved = (['balance', 'point'] as const).map((part) => subtractAmounts(reading[part], before[part]));
  if (moved.every((sum) => compareAmounts(sum, zeroAmount) === 0)) return 'another-till';
  const wanted = [increments.balance, increments.point];
  return moved.some((sum, at) => fallsShort(sum, wanted[at] ?? zeroAmount)) ? 'unclear' : 'ours';
}

/** What is there has not moved as far as ours alone would have moved it. */
function fallsShort(moved: Amount, wanted: Amount): boolean {
  const isUp = compareAmounts(wanted, zeroAmount) > 0;
  if (compareAmounts(wanted, zeroAmount) === 0) return false;
  return isUp ? compareAmounts(moved, wanted) < 0 : compareAmounts(moved, wanted) > 0;
}
