import { balanceOf, foldFound } from '../../../preload/contract/app/values.ts';
import type { Amount, FoundSums } from '../../../preload/contract/index.ts';

/** What is found, as a person counts it. */
export interface Counted {
  readonly entries: number;
  /** Added, with the bonus: what the host refused or was never sent is not in it. */
  readonly in: Amount;
  readonly bonus: Amount;
  readonly points: Amount;
  /** By reversals, without their sign. */
  readonly takenBack: Amount;
  /** By what mended a double or a missing credit, with its sign; nobody paid for it. */
  readonly corrected: Amount;
  /** By what receipts brought from other tills. */
  readonly takenUp: Amount;
  /** Not settled yet, of all of that. */
  readonly open: Amount;
  /** Refused or cancelled. */
  readonly without: number;
}

export function countedOf(sums: readonly FoundSums[]): Counted {
  const { taken, reversed, corrections, takenUp, unsettled, cancelled } = foldFound(sums).lines;
  return {
    entries: sums.reduce((all, { entries }) => all + entries, 0),
    in: balanceOf(taken),
    bonus: taken.bonus,
    points: taken.points,
    takenBack: balanceOf(reversed),
    corrected: balanceOf(corrections),
    takenUp: balanceOf(takenUp),
    open: balanceOf(unsettled),
    without: cancelled.entries,
  };
}
