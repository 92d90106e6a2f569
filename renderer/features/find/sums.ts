import type { Amount, Cell, CellSums, FoundSums } from '../../../preload/contract/index.ts';
import {
  addAmounts,
  foldCells,
  isGivenBack,
  isUnsettled,
  subtractAmounts,
} from '../../../preload/contract/values.ts';

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
  /** Of what was added: not done yet. */
  readonly open: Amount;
  /** Refused or cancelled. */
  readonly without: number;
}

const cellOf = ({ line, state, isReversal, entries, balance, bonus, point: points }: FoundSums): Cell => ({
  ...{ line, state, isReversal, entries, tender: null },
  ...{ principal: subtractAmounts(balance, bonus), bonus, points },
});

const balanceOf = ({ principal, bonus }: CellSums): Amount => addAmounts(principal, bonus);
const entriesOf = (cells: readonly Cell[]): number => cells.reduce((all, { entries }) => all + entries, 0);

export function countedOf(sums: readonly FoundSums[]): Counted {
  const cells = sums.map(cellOf);
  const { taken, reversed, corrections, takenUp } = foldCells(cells).lines;
  return {
    entries: entriesOf(cells),
    ...{ in: balanceOf(taken), bonus: taken.bonus, points: taken.points },
    ...{ takenBack: balanceOf(reversed), corrected: balanceOf(corrections), takenUp: balanceOf(takenUp) },
    open: balanceOf(foldCells(cells.filter(isUnsettled)).lines.taken),
    without: entriesOf(cells.filter(isGivenBack)),
  };
}
