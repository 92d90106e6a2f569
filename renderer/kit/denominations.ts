import { amount, currencyDecimals } from '../../preload/contract/app/values.ts';
import type { Amount } from '../../preload/contract/index.ts';

/** Notes and coins in use, largest first. Others are counted as a sum. */
const inUse: Readonly<Record<string, string>> = {
  AED: '1000 500 200 100 50 20 10 5 1 0.5 0.25',
  AUD: '100 50 20 10 5 2 1 0.5 0.2 0.1 0.05',
  BND: '1000 500 100 50 20 10 5 1 0.5 0.2 0.1 0.05',
  CAD: '100 50 20 10 5 2 1 0.25 0.1 0.05',
  CHF: '1000 200 100 50 20 10 5 2 1 0.5 0.2 0.1 0.05',
  CNY: '100 50 20 10 5 1 0.5 0.1',
  EUR: '500 200 100 50 20 10 5 2 1 0.5 0.2 0.1 0.05 0.02 0.01',
  GBP: '50 20 10 5 2 1 0.5 0.2 0.1 0.05 0.02 0.01',
  HKD: '1000 500 100 50 20 10 5 2 1 0.5 0.2 0.1',
  IDR: '100000 50000 20000 10000 5000 2000 1000 500 200 100',
  INR: '500 200 100 50 20 10 5 2 1',
  JPY: '10000 5000 2000 1000 500 100 50 10 5 1',
  KRW: '50000 10000 5000 1000 500 100 50 10',
  KWD: '20 10 5 1 0.5 0.25 0.1 0.05 0.02 0.01 0.005',
  MOP: '1000 500 100 50 20 10 5 2 1 0.5 0.2 0.1',
  MYR: '100 50 20 10 5 1 0.5 0.2 0.1 0.05',
  NZD: '100 50 20 10 5 2 1 0.5 0.2 0.1',
  PHP: '1000 500 200 100 50 20 10 5 1 0.25 0.05 0.01',
  SGD: '1000 100 50 10 5 2 1 0.5 0.2 0.1 0.05',
  THB: '1000 500 100 50 20 10 5 2 1 0.5 0.25',
  TWD: '2000 1000 500 200 100 50 20 10 5 1',
  USD: '100 50 20 10 5 2 1 0.5 0.25 0.1 0.05 0.01',
  VND: '500000 200000 100000 50000 20000 10000 5000 2000 1000 500',
};

/** The largest denomination of an unlisted currency, by its decimals: without decimals, units are small. */
const largestPower = (decimals: number): number => (decimals === 0 ? 4 : 2);

/** `5 × 10^-1` as `0.5`. */
const stepValue = (digit: number, power: number): string =>
  power >= 0 ? `${digit}${'0'.repeat(power)}` : `0.${'0'.repeat(-power - 1)}${digit}`;

/** Steps of 1, 2 and 5 down to the smallest unit. */
function steps(decimals: number): string[] {
  const powers = Array.from({ length: largestPower(decimals) + decimals + 1 }, (_, at) => at - decimals);
  return powers.reverse().flatMap((power) => [5, 2, 1].map((digit) => stepValue(digit, power)));
}

/** The denominations to count, largest first. */
export const denominations = (currency: string): readonly Amount[] =>
  (inUse[currency]?.split(' ') ?? steps(currencyDecimals(currency))).map(amount);
