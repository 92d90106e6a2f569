import type { Amount, FoundSums } from '../../../preload/contract/index.ts';
import { addAmounts, negateAmount, zeroAmount } from '../../../preload/contract/values.ts';

/** What is found, as a person counts it. */
export interface Counted {
  readonly entries: number;
  /** Added, with the bonus: what the host refused or was never sent is not in it. */
  readonly in: Amount;
  readonly bonus: Amount;
  readonly points: Amount;
  /** By reversals, without their sign. */
  readonly takenBack: Amount;
  /** Of what was added: not done yet. */
  readonly open: Amount;
  /** Refused or cancelled. */
  readonly without: number;
}

const isWithout = ({ state }: FoundSums): boolean => state === 'rejected' || state === 'cancelled';

export function countedOf(sums: readonly FoundSums[]): Counted {
  const counting = sums.filter((one) => !isWithout(one));
  const added = counting.filter(({ isReversal }) => !isReversal);
  const total = (of: readonly FoundSums[], part: 'balance' | 'bonus' | 'point'): Amount =>
    addAmounts(zeroAmount, ...of.map((one) => one[part]));
  const count = (of: readonly FoundSums[]) => of.reduce((all, { entries }) => all + entries, 0);
  return {
    entries: count(sums),
    in: total(added, 'balance'),
    bonus: total(added, 'bonus'),
    points: total(added, 'point'),
    takenBack: negateAmount(
      total(
        counting.filter(({ isReversal }) => isReversal),
        'balance',
      ),
    ),
    open: total(
      added.filter(({ state }) => state !== 'confirmed'),
      'balance',
    ),
    without: count(sums.filter(isWithout)),
  };
}
