import type { z } from 'zod';
import { compare, exact, isZero, minus, placesOf, plainDecimal, plainOf, plus } from './exact.ts';
import { numberFormat } from './formatters.ts';
import { err, ok, type Result } from './result.ts';

/** The most decimals that an increment of ours may have; the outbox keeps integers of this scale. */
export const AMOUNT_SCALE = 4;

/** A plain decimal, e.g. `-12.50`: no exponent, no separators. Never a JavaScript number. */
export type Amount = string & z.$brand<'Amount'>;

export const zeroAmount = '0' as Amount;

/** Sums to press: as many as stand in one row of the form. */
export const MOST_QUICK_AMOUNTS = 8;

/** Takes a canonical decimal; throws on anything else, since that is a bug of ours. */
export function amount(text: string): Amount {
  if (!plainDecimal.test(text)) throw new RangeError('no plain decimal');
  return text as Amount;
}

export const addAmounts = (...amounts: readonly Amount[]): Amount =>
  amount(plainOf(amounts.map(exact).reduce(plus, exact(zeroAmount))));

/** So many of it: exact, as all of this. */
export function multiplyAmount(value: Amount, times: number): Amount {
  const { units, places } = exact(value);
  return amount(plainOf({ units: units * BigInt(times), places }));
}

export const negateAmount = (value: Amount): Amount => subtractAmounts(zeroAmount, value);

export const subtractAmounts = (from: Amount, value: Amount): Amount =>
  amount(plainOf(minus(exact(from), exact(value))));

/** −1, 0 or 1; `1.5` and `1.50` are equal. */
export const compareAmounts = (left: Amount, right: Amount): number =>
  left === right ? 0 : compare(exact(left), exact(right));

/** How many decimals it takes: `1.50` takes one. */
export const decimalsOf = (value: Amount): number => placesOf(exact(value));

export const isZeroAmount = (value: Amount): boolean => isZero(exact(value));

/** At least `decimals` decimals, e.g. `50` → `50.00`; never rounds. */
export const padAmount = (value: Amount, decimals: number): Amount => amount(plainOf(exact(value), decimals));

export const amountProblems = [
  'empty',
  'not-a-number',
  'zero',
  'negative',
  'too-many-decimals',
  'above-cap',
] as const;
export type AmountProblem = (typeof amountProblems)[number];

export interface AmountRules {
  /** Decimals that the currency (or the points) may have, 0 to 4. */
  readonly decimals: number;
  /** The largest amount for one increment. */
  readonly cap: Amount;
  /** The locale's thousands separator, e.g. `,`; accepted only where it groups as the locale does. */
  readonly groupSeparator: string;
  /** True where groups above the thousands are of two digits, e.g. `1,00,000` in India. */
  readonly groupsByTwo?: boolean;
  /** The locale's decimal separator, e.g. `.`. */
  readonly decimalSeparator: string;
}

const fullWidthDigits = /[０-９]/g;
const fullWidthToAscii: Readonly<Record<string, string>> = {
  '．': '.',
  '。': '.',
  '，': ',',
  '＋': '+',
  '－': '-',
  '−': '-',
};

function narrow(text: string): string {
  return text
    .replace(fullWidthDigits, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[．。，＋－−]/g, (sign) => fullWidthToAscii[sign] ?? sign)
    .replace(/[\s\u00a0\u202f\u3000]+/g, ' ')
    .trim();
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * What a cashier typed, as an exact amount, or why it is none. Accepts pasted spaces around it,
 * full-width digits of a Chinese keyboard and the locale's thousands separators; refuses exponents,
 * more decimals than the currency has, zero, negative and what is above the cap. Never rounds.
 */
export function parseAmount(typed: string, rules: AmountRules): Result<Amount, AmountProblem> {
  const text = narrow(typed);
  if (text === '') return err('empty');
  const group = rules.groupSeparator === '' ? '(?!)' : escapeForRegExp(narrow(rules.groupSeparator) || ' ');
  // No thousands begin with a nought: `0,500` is half of one, as another country writes it.
  const grouped = rules.groupsByTwo
    ? `[1-9]\\d?(?:${group}\\d{2}){0,7}${group}\\d{3}`
    : `[1-9]\\d{0,2}(?:${group}\\d{3}){1,5}`;
  const shape = new RegExp(
    `^([+-]?)(\\d{1,29}|${grouped})(?:${escapeForRegExp(rules.decimalSeparator)}(\\d{0,20}))?$`,
  );
  const match = shape.exec(text);
  if (match === null) return err('not-a-number');
  const [, sign = '', whole = '', fraction = ''] = match;
  const digits = whole.replace(/\D/g, '').replace(/^0+(?=\d)/, '');
  const value = exact(fraction === '' ? digits : `${digits}.${fraction}`);
  // `1.250` is 1250 in the next country: nothing is dropped from it, not even a zero.
  const isThousandsElsewhere = fraction.length === 3 && whole === digits && digits.length <= 3;
  if (isThousandsElsewhere && rules.decimals < 3) return err('too-many-decimals');
  if (isZero(value)) return err('zero');
  if (sign === '-') return err('negative');
  if (placesOf(value) > rules.decimals) return err('too-many-decimals');
  if (compare(value, exact(rules.cap)) > 0) return err('above-cap');
  return ok(amount(plainOf(value, Math.min(rules.decimals, fraction.length))));
}

/** Decimals of a currency by ISO 4217 as the platform knows it, e.g. SGD 2, JPY 0, KWD 3. */
export function currencyDecimals(currency: string): number {
  return (
    numberFormat('en', {
      style: 'currency',
      currency,
    }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/** Some locales spell the code of a currency out that has a sign where it is used. */
function localSign(currency: string, symbol: string): string {
  if (currency === 'SGD') return symbol === '$' || symbol.includes('S$') ? symbol : 'S$';
  return currency === 'MYR' && symbol === 'MYR' ? 'RM' : symbol;
}

/**
 * An amount as a person reads it, e.g. `S$1,240.00`. All decimals that there are, at least those of
 * the currency. The grouping comes from Intl on a BigInt, so no digit passes through a number.
 */
export function formatMoney(value: Amount, currency: string, locale: string): string {
  const padded = padAmount(value, currencyDecimals(currency));
  const parts = numberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'symbol',
  }).formatToParts(0n);
  const symbol = parts.find((part) => part.type === 'currency')?.value ?? currency;
  const shown = localSign(currency, symbol);
  const number = formatPlain(padded, locale);
  const before =
    parts.findIndex((part) => part.type === 'currency') < parts.findIndex((part) => part.type === 'integer');
  const sign = number.startsWith('-') ? '-' : '';
  const unsigned = number.replace('-', '');
  // A currency without a sign of its own is a word, which the locale sets apart, e.g. `MYR 5.00`.
  const literal = parts.find((part) => part.type === 'literal')?.value ?? '';
  const gap = /\w$/.test(shown) ? literal : '';
  return before ? `${sign}${shown}${gap}${unsigned}` : `${sign}${unsigned}${gap || '\u00a0'}${shown}`;
}

/** A plain amount with the locale's separators, e.g. `1,240.5`. */
export function formatPlain(value: Amount, locale: string): string {
  const [whole = '0', fraction] = value.replace('-', '').split('.');
  const grouped = numberFormat(locale, {}).format(BigInt(whole));
  const decimalSeparator = separators(locale).decimalSeparator;
  return `${value.startsWith('-') ? '-' : ''}${grouped}${fraction === undefined ? '' : decimalSeparator + fraction}`;
}

/** How a locale groups and parts a number, e.g. by three with `,` and `.` for `en-SG`. */
export function separators(
  locale: string,
): Pick<AmountRules, 'groupSeparator' | 'groupsByTwo' | 'decimalSeparator'> {
  const parts = numberFormat(locale, {}).formatToParts(1234567.5);
  return {
    groupsByTwo: parts.filter((part) => part.type === 'integer').at(-2)?.value.length === 2,
    groupSeparator: parts.find((part) => part.type === 'group')?.value ?? '',
    decimalSeparator: parts.find((part) => part.type === 'decimal')?.value ?? '.',
  };
}
