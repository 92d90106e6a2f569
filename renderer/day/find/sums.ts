import { balanceOf, foldFound } from '../../../preload/contract/app/values.ts';
import type { Amount, FoundSums } from '../../../preload/contract/index.ts';

export interface Counted {
  readonly entries: number;
  /** What was paid; without what was refused or never sent. */
  readonly in: Amount;
  readonly bonus: Amount;
  readonly points: Amount;
  /** By reversals, unsigned. */
  readonly takenBack: Amount;
  /** Imported from other tills' receipts. */
  readonly takenUp: Amount;
  /** Unsettled, of all of the above. */
  readonly open: Amount;
  /** Refused or cancelled. */
  readonly without: number;
}

export function countedOf(sums: readonly FoundSums[]): Counted {
  const { taken, reversed, takenUp, unsettled, cancelled } = foldFound(sums).lines;
  return {
    entries: sums.reduce((all, { entries }) => all + entries, 0),
    in: taken.principal,
    bonus: taken.bonus,
    points: taken.points,
    takenBack: balanceOf(reversed),
    takenUp: balanceOf(takenUp),
    open: balanceOf(unsettled),
    without: cancelled.entries,
  };
}
