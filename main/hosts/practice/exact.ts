import { Decimal } from 'decimal.js';

const Exact = Decimal.clone({ precision: 80, toExpNeg: -60, toExpPos: 60 });

const decimalShape = /^-?(0|[1-9]\d{0,29})(\.\d{1,20})?$/;

export const isDecimal = (text: string): boolean => decimalShape.test(text);

const scaleOf = (text: string): number => text.split('.')[1]?.length ?? 0;

/**
 * Adds like Java's BigDecimal, `120.00` + `50` = `170.00`, then truncates to the host's decimals. Throws on anything
 * but a plain decimal.
 */
export function addExactly(left: string, right: string, decimals = 20): string {
  for (const text of [left, right])
    if (!isDecimal(text)) throw new RangeError(`not a plain decimal: ${text}`);
  const scale = Math.min(decimals, Math.max(scaleOf(left), scaleOf(right)));
  return new Exact(left).plus(right).toFixed(scale, Decimal.ROUND_DOWN);
}

/** With this many decimals, rounded half up or truncated. */
export const withDecimals = (text: string, decimals: number, by: 'half-up' | 'cut'): string =>
  new Exact(text).toFixed(decimals, by === 'cut' ? Decimal.ROUND_DOWN : Decimal.ROUND_HALF_UP);

export const isNegative = (text: string): boolean =>
  new Exact(text).isNegative() && !new Exact(text).isZero();

export const isZero = (text: string): boolean => new Exact(text).isZero();
