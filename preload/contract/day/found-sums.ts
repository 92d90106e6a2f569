import { type Amount, addAmounts, subtractAmounts } from '../kernel/money.ts';
import { type CellSums, type Folded, foldCells } from '../ledger/cells.ts';
import type { FoundSums } from './find.ts';

/** Adds up sums of the same line, state and kind. */
export function addUp(sums: readonly FoundSums[]): FoundSums[] {
  const byState = new Map<string, FoundSums>();
  for (const one of sums) {
    const key = `${one.line} ${one.state} ${one.isReversal}`;
    const known = byState.get(key);
    byState.set(
      key,
      known === undefined
        ? one
        : {
            ...known,
            entries: known.entries + one.entries,
            balance: addAmounts(known.balance, one.balance),
            bonus: addAmounts(known.bonus, one.bonus),
            point: addAmounts(known.point, one.point),
          },
    );
  }
  return [...byState.values()];
}

/** What is found, folded as in every report. */
export const foldFound = (sums: readonly FoundSums[]): Folded =>
  foldCells(
    sums.map(({ line, state, isReversal, entries, balance, bonus, point: points }) => ({
      line,
      state,
      isReversal,
      entries,
      tender: null,
      principal: subtractAmounts(balance, bonus),
      bonus,
      points,
    })),
  );

export const balanceOf = ({ principal, bonus }: CellSums): Amount => addAmounts(principal, bonus);
