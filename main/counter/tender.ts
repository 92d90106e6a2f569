import {
  type Amount,
  type AppError,
  appError,
  compareAmounts,
  decimalsOf,
  isZeroAmount,
  mostGiven,
  type Policy,
} from '../../preload/contract/index.ts';
import type { Limits } from './limits.ts';

/** How the member pays, as the form tells it; nothing where nobody was asked. */
export interface Tendered {
  readonly tender?: string | null | undefined;
  /** What was handed over, where it is cash and more than the sum. */
  readonly given?: Amount | null | undefined;
}

/** Null where it may be kept. `paid` is what the member pays: the top-up without its bonus. */
export function checkTender(
  { tender = null, given = null }: Tendered,
  paid: Amount,
  { tenders }: Pick<Policy, 'tenders'>,
  limits: Pick<Limits, 'balanceCap' | 'balanceDecimals'>,
): AppError | null {
  if (tender === null) return given === null ? null : appError('invalid-request');
  // Points alone cost nothing.
  if (isZeroAmount(paid)) return appError('invalid-request');
  if (!tenders.includes(tender)) return appError('tender-gone');
  if (given === null) return null;
  const isRight =
    tender === 'cash' &&
    decimalsOf(given) <= limits.balanceDecimals &&
    compareAmounts(given, paid) >= 0 &&
    compareAmounts(given, mostGiven(limits.balanceCap)) <= 0;
  return isRight ? null : appError('invalid-request');
}
