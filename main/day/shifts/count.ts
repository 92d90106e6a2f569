import {
  type Amount,
  type AppError,
  addAmounts,
  amount,
  appError,
  cashOf,
  compareAmounts,
  decimalsOf,
  isZeroAmount,
  type ShiftCount,
  zeroAmount,
} from '../../../preload/contract/index.ts';

/** Null where it was not counted. */
export function countedOf(
  count: ShiftCount,
  tender: string | null,
  drawer: 'own' | 'elsewhere',
): Amount | null {
  if (tender === 'cash') return drawer === 'own' ? cashOf(count) : null;
  return count.tenders.find((one) => one.tender === tender)?.sum ?? null;
}

/** More than any drawer holds in any currency: a typing error, which could not be added up. */
const MOST = amount('1000000000000');

const isTooMuch = (value: Amount): boolean => compareAmounts(value, MOST) > 0;

const hasTwice = (names: readonly string[]): boolean => new Set(names).size < names.length;

/** Null where it may be committed. */
export function checkCount(
  { pieces, tenders }: ShiftCount,
  drawer: 'own' | 'elsewhere',
  decimals: number,
): AppError | null {
  const values = pieces.map(({ value }) => value);
  const isRight =
    (drawer === 'own' || pieces.length === 0) &&
    ![...values, ...tenders.map(({ sum }) => sum)].some(isTooMuch) &&
    values.every((value) => compareAmounts(value, zeroAmount) > 0 && decimalsOf(value) <= decimals) &&
    !hasTwice(values.map((value) => String(addAmounts(value)))) &&
    tenders.every(({ sum }) => compareAmounts(sum, zeroAmount) >= 0 && decimalsOf(sum) <= decimals) &&
    tenders.every(({ tender }) => tender !== 'cash') &&
    !hasTwice(tenders.map(({ tender }) => tender));
  return isRight ? null : appError('count-invalid');
}

/** Null where it is a valid amount of this currency. */
export function checkSum(value: Amount, decimals: number, mayBeZero: boolean): AppError | null {
  if (decimalsOf(value) > decimals) return appError('amount-invalid', { problem: 'too-many-decimals' });
  if (compareAmounts(value, zeroAmount) < 0) return appError('amount-invalid', { problem: 'negative' });
  if (isTooMuch(value)) return appError('amount-invalid', { problem: 'above-cap' });
  if (isZeroAmount(value) && !mayBeZero) return appError('amount-invalid', { problem: 'zero' });
  return null;
}
