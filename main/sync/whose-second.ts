import { type Amount, compareAmounts, subtractAmounts, zeroAmount } from '../../preload/contract/index.ts';
import type { Sums } from './undecided.ts';

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
 * Whose increment has this second at KYBIO: `ours` where the sums moved by it, or a row shows it; `another-till` where
 * a row shows that; else `unclear`. Sums that have not moved say too little to stop a shop: the member may have spent
 * what arrived, and one reading may come out of a cache. Only a till that has our number takes our second (ADR 28).
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
  if (before === null) return 'unclear';
  const wanted = [increments.balance, increments.point];
  const moved = (['balance', 'point'] as const).map((part) => subtractAmounts(reading[part], before[part]));
  return moved.every((sum, at) => compareAmounts(sum, wanted[at] ?? zeroAmount) === 0) ? 'ours' : 'unclear';
}
