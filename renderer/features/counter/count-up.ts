import type { Amount } from '../../../preload/contract/index.ts';
import { amount } from '../../../preload/contract/values.ts';

const fractionOf = (value: Amount): string => value.split('.')[1] ?? '';

/** The value in its smallest shown unit, e.g. `48.50` with 2 decimals → 4850n. */
const unitsOf = (value: Amount, decimals: number): bigint => {
  const [whole = '0'] = value.split('.');
  return (
    BigInt(whole.replace('-', '') + fractionOf(value).padEnd(decimals, '0')) *
    (value.startsWith('-') ? -1n : 1n)
  );
};

/** What a counter shows on the way: `share` of the way, 0 to 1. At the end it is exactly where it goes. */
export function amountBetween(from: Amount, to: Amount, share: number): Amount {
  if (share >= 1) return to;
  const decimals = Math.max(fractionOf(from).length, fractionOf(to).length);
  const start = unitsOf(from, decimals);
  const units = start + ((unitsOf(to, decimals) - start) * BigInt(Math.floor(share * 1_000))) / 1_000n;
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const shown = decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`;
  return amount(units < 0n ? `-${shown}` : shown);
}
