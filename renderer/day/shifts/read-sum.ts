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

// What a manager allows main says with its sum; this only stops what no drawer holds.
const LARGEST = amount('1000000000');

/** A sum of money as it is typed, above nought. */
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

/** An empty drawer is nought, which somebody says; nothing typed is nothing said. */
export function readFloat(typed: string, currency: string, locale: string): Result<Amount, Phrase> {
  const read = readSum(typed, currency, locale);
  return !read.ok && read.error.key === 'shifts.sums.zero' ? ok(zeroAmount) : read;
}
