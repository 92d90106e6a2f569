import {
  type Amount,
  addAmounts,
  compareAmounts,
  negateAmount,
  subtractAmounts,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import type { Places } from './decide.ts';
import { shareOf } from './share.ts';

/** What an entry added: what was paid, what came with it. */
export interface Added {
  readonly principal: Amount;
  readonly bonus: Amount;
  readonly points: Amount;
}

/** What a reversal takes back of it; `letGo` is bonus that stays with the member, who has spent it. */
export interface TakenBack extends Added {
  readonly letGo: Amount;
  /** A share came to more and was rounded down: the member keeps the rest. */
  readonly isRounded: boolean;
}

const least = (one: Amount, other: Amount): Amount => (compareAmounts(one, other) <= 0 ? one : other);
const orNothing = (value: Amount): Amount => (compareAmounts(value, zeroAmount) < 0 ? zeroAmount : value);

/** The parts of an increment: the bonus is known, the rest was paid. */
export const addedOf = (balanceIncrement: Amount, bonus: Amount | null, points: Amount): Added => ({
  principal: subtractAmounts(balanceIncrement, bonus ?? zeroAmount),
  bonus: bonus ?? zeroAmount,
  points,
});

/** Whether so much of the principal can be taken back: some of it, and never more than there was. */
export const isPart = (added: Added, principal: Amount): boolean =>
  compareAmounts(principal, added.principal) === 0 ||
  (compareAmounts(principal, zeroAmount) > 0 && compareAmounts(principal, added.principal) < 0);

/** The share of bonus and points that goes with a part of the principal; the whole takes all of both, exactly. */
function shareWith(added: Added, principal: Amount, { balanceDecimals }: Places) {
  if (compareAmounts(principal, added.principal) === 0) return { ...added, isRounded: false };
  const bonus = shareOf(added.bonus, principal, added.principal, balanceDecimals);
  const points = shareOf(added.points, principal, added.principal, 0);
  return {
    principal,
    bonus: bonus.value,
    points: points.value,
    isRounded: bonus.isRounded || points.isRounded,
  };
}

/**
 * What is taken back with so much of the principal, where the member holds so much (null: nobody knows). What the balance
 * lacks is let go of the bonus, and never of the principal.
 */
export function takeBack(added: Added, principal: Amount, holds: Amount | null, places: Places): TakenBack {
  const { isRounded, ...share } = shareWith(added, principal, places);
  const lacks =
    holds === null
      ? zeroAmount
      : orNothing(subtractAmounts(addAmounts(share.principal, share.bonus), orNothing(holds)));
  const letGo = least(share.bonus, lacks);
  return { ...share, bonus: subtractAmounts(share.bonus, letGo), letGo, isRounded };
}

/** The one increment that does it. */
export const incrementOf = ({ principal, bonus, points }: TakenBack) => ({
  balanceIncrement: negateAmount(addAmounts(principal, bonus)),
  pointIncrement: negateAmount(points),
});
