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

/** What an entry added. */
export interface Added {
  readonly principal: Amount;
  readonly bonus: Amount;
  readonly points: Amount;
}

/** What a reversal takes back; `letGo` is spent bonus that is written off. */
export interface ReversalShare extends Added {
  readonly letGo: Amount;
  /** A share was rounded down: the member keeps the rest. */
  readonly isRounded: boolean;
}

const least = (one: Amount, other: Amount): Amount => (compareAmounts(one, other) <= 0 ? one : other);
const orNothing = (value: Amount): Amount => (compareAmounts(value, zeroAmount) < 0 ? zeroAmount : value);

/** Splits an increment into bonus and principal. */
export const addedOf = (balanceIncrement: Amount, bonus: Amount | null, points: Amount): Added => ({
  principal: subtractAmounts(balanceIncrement, bonus ?? zeroAmount),
  bonus: bonus ?? zeroAmount,
  points,
});

/** Whether this part of the principal can be taken back: above zero, or all of it. */
export const isPart = (added: Added, principal: Amount): boolean =>
  compareAmounts(principal, added.principal) === 0 ||
  (compareAmounts(principal, zeroAmount) > 0 && compareAmounts(principal, added.principal) < 0);

/** Bonus and points for a part of the principal; the whole takes all, exactly. */
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
 * What is taken back with this principal if the member holds `holds` (null: unknown). What the balance lacks is
 * written off from the bonus, never from the principal.
 */
export function takeBack(
  added: Added,
  principal: Amount,
  holds: Amount | null,
  places: Places,
): ReversalShare {
  const { isRounded, ...share } = shareWith(added, principal, places);
  const lacks =
    holds === null
      ? zeroAmount
      : orNothing(subtractAmounts(addAmounts(share.principal, share.bonus), orNothing(holds)));
  const letGo = least(share.bonus, lacks);
  return { ...share, bonus: subtractAmounts(share.bonus, letGo), letGo, isRounded };
}

/** The reversal's increments. */
export const incrementOf = ({ principal, bonus, points }: ReversalShare) => ({
  balanceIncrement: negateAmount(addAmounts(principal, bonus)),
  pointIncrement: negateAmount(points),
});
