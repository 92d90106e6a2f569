import {
  type Amount,
  amount,
  compareAmounts,
  currencyDecimals,
  type Policy,
} from '../../preload/contract/index.ts';

/** What an increment may add, and what the screen offers. A manager sets the caps. */
export interface Limits {
  readonly balanceCap: Amount;
  readonly balanceDecimals: number;
  readonly pointCap: Amount;
  readonly pointDecimals: number;
  readonly quickAmounts: readonly Amount[];
}

/** Scales the defaults: this many units of a currency buy about what a dollar buys. */
const scaleOfCurrency: Readonly<Record<string, number>> = {
  CNY: 10,
  HKD: 10,
  TWD: 10,
  THB: 10,
  PHP: 10,
  INR: 10,
  MXN: 10,
  ZAR: 10,
  JPY: 100,
  KRW: 1_000,
  LKR: 100,
  MMK: 1_000,
  IDR: 10_000,
  VND: 10_000,
  KHR: 1_000,
  LAK: 10_000,
};

const quick = [10, 20, 50, 100, 200];

export function defaultLimits(currency: string): Limits {
  const scale = scaleOfCurrency[currency] ?? 1;
  return {
    balanceCap: amount(String(2_000 * scale)),
    balanceDecimals: currencyDecimals(currency),
    pointCap: amount('100000'),
    pointDecimals: 2,
    quickAmounts: quick.map((value) => amount(String(value * scale))),
  };
}

/** The current limits of the policy; quick amounts above the cap are not offered. */
export function limitsUnder(
  currency: string,
  policy: () => Pick<Policy, 'balanceCap' | 'pointCap' | 'quickAmounts'>,
): Limits {
  const { balanceDecimals, pointDecimals } = defaultLimits(currency);
  return {
    get balanceCap() {
      return policy().balanceCap;
    },
    get pointCap() {
      return policy().pointCap;
    },
    balanceDecimals,
    pointDecimals,
    get quickAmounts() {
      const { balanceCap, quickAmounts } = policy();
      return quickAmounts.filter((value) => compareAmounts(value, balanceCap) <= 0);
    },
  };
}
