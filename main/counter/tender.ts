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

/** The form's tender; null if it was not asked for. */
export interface Tendered {
  readonly tender?: string | null | undefined;
  /** Cash handed over, if more than the sum. */
  readonly given?: Amount | null | undefined;
}

/** Null if valid. `paid` is the top-up without its bonus. */
export function checkTender(
  { tender = null, given = null }: Tendered,
  paid: Amount,
  { tenders }: Pick<Policy, 'tenders'>,
  limits: Pick<Limits, 'balanceCap' | 'balanceDecimals'>,
): AppError | null {
  if (tender === null) return given === null ? null : appError('invalid-request');
  // Points alone are free.
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
