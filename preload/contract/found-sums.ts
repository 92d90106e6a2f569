import type { FoundSums } from './find.ts';
import { addAmounts } from './money.ts';

/** The sums of two stretches are those of both: one of each line and state, and reversals apart. */
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
