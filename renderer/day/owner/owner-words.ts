import {
  dateFormat,
  isZeroAmount,
  negateAmount,
  subtractAmounts,
} from '../../../preload/contract/app/values.ts';
import type { Amount, MissingZ, Period, Span } from '../../../preload/contract/index.ts';
import type { Phrase, Tone } from '../../kit/phrase.ts';

const msOf = (day: string): number => Date.parse(`${day}T12:00:00Z`);
const written = (locale: string, options: Intl.DateTimeFormatOptions) =>
  dateFormat(locale, { timeZone: 'UTC', ...options });

/** `25 Nov`. */
export const shortDay = (day: string, locale: string): string =>
  written(locale, { day: 'numeric', month: 'short' }).format(msOf(day));

/** `Wed, 25 Nov`. */
const namedDay = (day: string, locale: string): string =>
  written(locale, { weekday: 'short', day: 'numeric', month: 'short' }).format(msOf(day));

/** A day with its weekday, a week's first and last day, a month's name: `Nov 2026`. */
export function periodWords({ from, to }: Pick<Period, 'from' | 'to'>, span: Span, locale: string): string {
  if (span === 'day') return namedDay(from, locale);
  const isWholeMonth =
    span === 'month' && from.endsWith('-01') && msOf(to) - msOf(from) > 27 * 86_400_000 - 1;
  if (isWholeMonth) return written(locale, { month: 'short', year: 'numeric' }).format(msOf(from));
  return written(locale, { day: 'numeric', month: 'short' }).formatRange(msOf(from), msOf(to));
}

export interface Compared {
  /** `more`, `less` or `same`; a running day is compared with all of the day before. */
  readonly key: string;
  readonly by: Amount;
  readonly tone: Tone;
}

export function compared(now: Amount, before: Amount, isDaySoFar: boolean): Compared {
  const difference = subtractAmounts(now, before);
  const key = isDaySoFar ? 'owner.soFar' : 'owner.compared';
  if (isZeroAmount(difference)) return { key: `${key}.same`, by: difference, tone: 'neutral' };
  return difference.startsWith('-')
    ? { key: `${key}.less`, by: negateAmount(difference), tone: 'neutral' }
    : { key: `${key}.more`, by: difference, tone: 'good' };
}

export function missingWords(missing: MissingZ, locale: string): Phrase {
  const { till } = missing;
  if (missing.kind === 'day')
    return { key: 'owner.missing.day', values: { till, day: shortDay(missing.day, locale) } };
  const { from, to } = missing;
  return from === to
    ? { key: 'owner.missing.number', values: { till, number: from } }
    : { key: 'owner.missing.numbers', values: { till, from, to } };
}
