import { compareAmounts, negateAmount, subtractAmounts } from '../../preload/contract/index.ts';
import type { Sums } from './decide.ts';

/** An ended entry of this member that could still turn out otherwise. */
export interface Suspect {
  readonly id: string;
  readonly increments: Sums;
  /** Sent more than once, cancelled after it was sent, confirmed without a reply, or by the reply of its only send. */
  readonly how: 'sent-again' | 'cancelled' | 'confirmed-by-evidence' | 'replied';
}

export interface Doubt {
  readonly entryId: string;
  readonly kind: 'possible-double' | 'possible-missing';
}

const same = (left: Sums, right: Sums): boolean =>
  compareAmounts(left.balance, right.balance) === 0 && compareAmounts(left.point, right.point) === 0;

const negated = ({ balance, point }: Sums): Sums => ({
  balance: negateAmount(balance),
  point: negateAmount(point),
});

/**
 * What the next reply of a member says about entries that had ended: a surplus of exactly the amount of
 * one is a possible double credit, a shortfall a possible missing one. Null when nothing stands out.
 */
export function doubtOf(believed: Sums, before: Sums, suspects: readonly Suspect[]): Doubt | null {
  const moved: Sums = {
    balance: subtractAmounts(before.balance, believed.balance),
    point: subtractAmounts(before.point, believed.point),
  };
  for (const { id, increments, how } of suspects) {
    if (same(moved, increments)) return { entryId: id, kind: 'possible-double' };
    // What its own reply confirmed was there, and may have been spent since.
    if (how !== 'cancelled' && how !== 'replied' && same(moved, negated(increments)))
      return { entryId: id, kind: 'possible-missing' };
  }
  return null;
}
