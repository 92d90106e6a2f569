import {
  type Amount,
  compareAmounts,
  isZeroAmount,
  negateAmount,
  subtractAmounts,
  zeroAmount,
} from '../kernel/money.ts';
import type { ShiftOpening } from './shift-report.ts';

/** How a float differs from the last count; `none`: nothing was counted. */
export interface ComparedFloat {
  readonly kind: 'none' | 'same' | 'to-bank' | 'put-in';
  readonly left: Amount;
}

export function comparedFloat({ counted }: Pick<ShiftOpening, 'counted'>, float: Amount): ComparedFloat {
  if (counted === null) return { kind: 'none', left: zeroAmount };
  const left = subtractAmounts(counted, float);
  if (isZeroAmount(left)) return { kind: 'same', left };
  return compareAmounts(left, zeroAmount) > 0
    ? { kind: 'to-bank', left }
    : { kind: 'put-in', left: negateAmount(left) };
}
