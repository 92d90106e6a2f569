import {
  type Amount,
  type AppError,
  appError,
  compareAmounts,
  decimalsOf,
  isZeroAmount,
  type MemberStatus,
  zeroAmount,
} from '../../preload/contract/index.ts';
import { shownName, shownNumber } from '../ledger/shown/index.ts';
import type { Limits } from './limits.ts';

interface DraftAmounts {
  readonly balanceIncrement: Amount;
  readonly pointIncrement: Amount;
}

/** Repeats the form's checks. Null if the amounts are valid. */
export function checkAmounts(
  { balanceIncrement, pointIncrement }: DraftAmounts,
  limits: Limits,
): AppError | null {
  if (compareAmounts(balanceIncrement, zeroAmount) < 0)
    return appError('amount-invalid', { problem: 'negative' });
  if (compareAmounts(pointIncrement, zeroAmount) < 0)
    return appError('points-invalid', { problem: 'negative' });
  if (isZeroAmount(balanceIncrement) && isZeroAmount(pointIncrement)) return appError('nothing-to-add');
  if (decimalsOf(balanceIncrement) > limits.balanceDecimals) {
    return appError('amount-invalid', { problem: 'too-many-decimals' });
  }
  if (decimalsOf(pointIncrement) > limits.pointDecimals) {
    return appError('points-invalid', { problem: 'too-many-decimals' });
  }
  if (compareAmounts(balanceIncrement, limits.balanceCap) > 0)
    return appError('above-cap', { cap: limits.balanceCap });
  if (compareAmounts(pointIncrement, limits.pointCap) > 0)
    return appError('above-cap', { cap: limits.pointCap });
  return null;
}

interface SeenMember {
  readonly customerUid: string;
  readonly customerNumber: string;
  readonly customerName: string;
}

/** Whether this is the member on the cashier's screen: the same id, number and name. Null if so. */
export function checkSeen(
  seen: SeenMember,
  known: { readonly customerUid: string; readonly number: string; readonly name: string },
): AppError | null {
  const isTheSame =
    seen.customerUid === known.customerUid &&
    seen.customerNumber === shownNumber(known.number) &&
    seen.customerName === shownName(known.name);
  return isTheSame ? null : appError('member-changed');
}

/** Whether a member may be credited. Null if so. */
export function checkStatus(status: MemberStatus): AppError | null {
  switch (status) {
    case 'active':
      return null;
    case 'disabled':
      return appError('member-disabled');
    case 'deleted':
      return appError('member-deleted');
    case 'expired':
      return appError('member-expired');
    case 'blank':
      return appError('member-blank');
  }
}
