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

/** The facts for a new entry. */
interface OfflineFacts {
  readonly policy: Pick<Policy, 'memberWaitingCap'>;
  /** The offline window has passed. */
  readonly stopped: boolean;
  /** The member's unsent credits. */
  readonly unsentOfMember: Amount;
  /** The same member and amounts were just entered. */
  readonly enteredJustNow: boolean;
}

const exceeds = (balanceIncrement: Amount, waiting: Amount, cap: Amount): boolean =>
  compareAmounts(balanceIncrement, zeroAmount) > 0 &&
  compareAmounts(addAmounts(waiting, balanceIncrement), cap) > 0;

/**
 * Whether the offline policy allows a new credit; null if so. Errors: offline-too-long, member-waiting-cap with
 * `details.cap`, and asked-twice, which `again` overrides.
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
 * Whether so much may wait on the whole till. Checked last, for entries that are otherwise allowed.
 * Error: till-waiting-cap with `details.cap`.
 */
export const checkTillCap = (balanceIncrement: Amount, unsentOfTill: Amount, cap: Amount): AppError | null =>
  exceeds(balanceIncrement, unsentOfTill, cap) ? appError('till-waiting-cap', { cap }) : null;

interface ReversalFacts {
  readonly stopped: boolean;
  /** KYBIO answers, and no pause. */
  readonly online: boolean;
  /** The member's sums as known; null if unknown. */
  readonly known: Sums | null;
  /** The member's open debits, zero or negative. */
  readonly waitingDebits: Sums;
}

/**
 * Whether a reversal is allowed. Offline it must not take a known sum below zero, and waiting credits do not count as
 * known.
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
