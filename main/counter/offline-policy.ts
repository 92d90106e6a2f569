import {
  type Amount,
  type AppError,
  addAmounts,
  appError,
  compareAmounts,
  type Policy,
  zeroAmount,
} from '../../preload/contract/index.ts';
import type { Sums } from '../sending/index.ts';

/** What is known at the moment when a new entry is asked for. */
export interface OfflineFacts {
  readonly policy: Pick<Policy, 'memberWaitingCap'>;
  /** Nothing could be sent for longer than the policy allows. */
  readonly stopped: boolean;
  /** This member's credits that wait unsent. */
  readonly unsentOfMember: Amount;
  /** The same member and amounts were entered a moment ago. */
  readonly enteredJustNow: boolean;
}

const exceeds = (balanceIncrement: Amount, waiting: Amount, cap: Amount): boolean =>
  compareAmounts(balanceIncrement, zeroAmount) > 0 &&
  compareAmounts(addAmounts(waiting, balanceIncrement), cap) > 0;

/**
 * Whether the offline policy lets a new credit in. Null when so; errors: offline-too-long, member-waiting-cap with
 * `details.cap`, and asked-twice, which the cashier may answer with `again`.
 */
export function checkNewCredit(
  balanceIncrement: Amount,
  again: boolean,
  { policy, ...facts }: OfflineFacts,
): AppError | null {
  if (facts.stopped) return appError('offline-too-long');
  if (exceeds(balanceIncrement, facts.unsentOfMember, policy.memberWaitingCap)) {
    return appError('member-waiting-cap', { cap: policy.memberWaitingCap });
  }
  return facts.enteredJustNow && !again ? appError('asked-twice') : null;
}

/**
 * Whether so much may wait on the whole till. Asked last, of what would be entered else: whoever could ask about sums that
 * they may not enter would find by trying what a drawer that is counted blind must hold. Error: till-waiting-cap with
 * `details.cap`.
 */
export const checkTillCap = (balanceIncrement: Amount, unsentOfTill: Amount, cap: Amount): AppError | null =>
  exceeds(balanceIncrement, unsentOfTill, cap) ? appError('till-waiting-cap', { cap }) : null;

export interface ReversalFacts {
  readonly stopped: boolean;
  /** KYBIO answers and nothing holds the queue. */
  readonly online: boolean;
  /** What the member holds as far as this till knows; null where it does not. */
  readonly known: Sums | null;
  /** What waits against the member already, zero or negative. */
  readonly waitingDebits: Sums;
}

/**
 * Whether a reversal may be made. Offline nothing vouches that the money is still there, so what would
 * take a sum below zero as it is known is refused; credits that wait do not count as known.
 */
export function checkReversal(increments: Sums, facts: ReversalFacts): AppError | null {
  if (facts.stopped) return appError('offline-too-long');
  if (facts.online) return null;
  if (facts.known === null) return appError('member-unknown-offline');
  const { known, waitingDebits } = facts;
  const falls = (balance: Amount, debits: Amount, increment: Amount): boolean =>
    compareAmounts(increment, zeroAmount) < 0 &&
    compareAmounts(addAmounts(balance, debits, increment), zeroAmount) < 0;
  const below =
    falls(known.balance, waitingDebits.balance, increments.balance) ||
    falls(known.point, waitingDebits.point, increments.point);
  return below ? appError('would-go-below-zero', { balance: known.balance }) : null;
}
