import {
  amount,
  currencyDecimals,
  err,
  ok,
  parseAmount,
  separators,
  zeroAmount,
} from '../../../preload/contract/app/values.ts';
import type { Amount, Result } from '../../../preload/contract/index.ts';
import { sampleAmount, wrongSeparator } from '../../kit/number-words.ts';
import type { Phrase } from '../../kit/phrase.ts';

// Main enforces the policy; this only catches typing errors.
const LARGEST = amount('1000000000');

/** A positive amount. */
export function readSum(typed: string, currency: string, locale: string): Result<Amount, Phrase> {
  const rules = { ...separators(locale), decimals: currencyDecimals(currency) };
  const parsed = parseAmount(typed, { ...rules, cap: LARGEST });
  if (parsed.ok) return parsed;
  if (parsed.error === 'empty') return err({ key: 'shifts.sums.missing' });
  if (parsed.error === 'zero') return err({ key: 'shifts.sums.zero' });
  const sample = sampleAmount(rules.decimals, locale);
  const other = wrongSeparator({ typed, rules, locale }, parsed.error);
  return err(other ?? { key: 'shifts.sums.wrong', values: { sample } });
}

/** The same, with a zero that is typed. */
export function readFloat(typed: string, currency: string, locale: string): Result<Amount, Phrase> {
  const read = readSum(typed, currency, locale);
  return !read.ok && read.error.key === 'shifts.sums.zero' ? ok(zeroAmount) : read;
}
