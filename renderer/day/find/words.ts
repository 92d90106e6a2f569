import type { TFunction } from 'i18next';
import { amount, compareAmounts, dateFormat } from '../../../preload/contract/app/values.ts';
import type { Entry, EntryFilter, Till } from '../../../preload/contract/index.ts';
import { somethingOf } from '../../kit/format.ts';
import { tenderWords } from '../../kit/tender-words.ts';
import type { SumWriter } from '../../kit/use-writer.ts';
import { isNarrowed, type Narrowing, narrowings, spanOf } from './filter.ts';
import type { Counted } from './sums.ts';

interface Speaking {
  readonly t: TFunction;
  readonly till: Till;
  readonly write: SumWriter;
  /** The business day. */
  readonly today: string;
  /** The name of `customerUid`. */
  readonly memberName: string;
}

/** `Thu 26 Nov`, with the year where it is another one. */
export function shortDay(day: string, today: string, locale: string): string {
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(ms)) return day;
  const isThisYear = day.slice(0, 4) === today.slice(0, 4);
  return dateFormat(locale, {
    timeZone: 'UTC',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(isThisYear ? {} : { year: 'numeric' }),
  }).format(ms);
}

export function momentOf({ createdAtMs, storeTime }: Entry, till: Till, today: string) {
  const parts = dateFormat('en-CA', { timeZone: till.storeTimeZone, dateStyle: 'short' });
  const day = parts.format(createdAtMs);
  return { day: shortDay(day, today, till.language), time: storeTime };
}

function dayWords({ fromDay, toDay }: EntryFilter, { t, till, today }: Speaking): string {
  const say = (day: string) => shortDay(day, today, till.language);
  const filter = { fromDay, toDay } as EntryFilter;
  if (fromDay !== null && fromDay === toDay) {
    const span = spanOf(filter, today);
    const day = say(fromDay);
    return span === 'today' || span === 'yesterday' ? t(`find.named.${span}`, { day }) : day;
  }
  if (fromDay === null) return t('find.named.until', { day: say(toDay ?? today) });
  if (toDay === null) return t('find.named.since', { day: say(fromDay) });
  return t('find.named.days', { from: say(fromDay), to: say(toDay) });
}

function sumWords({ sumOf, least, most }: EntryFilter, { t, write }: Speaking): string {
  const words = `find.named.sum.${sumOf}` as const;
  if (least !== null && most !== null)
    return compareAmounts(least, most) === 0
      ? t(`${words}.exact`, { sum: write.money(least) })
      : t(`${words}.span`, { least: write.money(least), most: write.money(most) });
  return least === null
    ? t(`${words}.most`, { sum: most === null ? '' : write.money(most) })
    : t(`${words}.least`, { sum: write.money(least) });
}

function wordsOf(by: Narrowing, filter: EntryFilter, speaking: Speaking): string {
  const { t } = speaking;
  switch (by) {
    case 'days':
      return dayWords(filter, speaking);
    case 'text':
      return t('find.named.text', { text: filter.text.trim() });
    case 'customerUid':
      return speaking.memberName;
    case 'sum':
      return sumWords(filter, speaking);
    case 'cashier':
      return t('find.named.cashier', { name: filter.cashier.trim() });
    case 'tender':
      return filter.tender ? tenderWords(t, filter.tender) : t('find.noTender');
    case 'state':
      return t(`find.states.${filter.state ?? 'waiting'}`);
    case 'kind':
      return t(`entry.kinds.${filter.kind ?? 'top-up'}`);
    case 'shift':
      return t('find.named.shift', { number: String(filter.shift) });
  }
}

export const narrowingWords = (filter: EntryFilter, speaking: Speaking) =>
  narrowings
    .filter((by) => isNarrowed(filter, by))
    .map((by) => ({ by, words: wordsOf(by, filter, speaking) }));

/** `14 entries · S$620.00 in · S$20.00 taken back`, without parts of zero. */
export function countedWords(
  counted: Counted,
  { t, write }: { readonly t: TFunction; readonly write: Pick<SumWriter, 'money' | 'plain' | 'points'> },
): string {
  const { entries, without } = counted;
  const sum = (name: 'in' | 'bonus' | 'takenBack' | 'takenUp' | 'open'): string[] =>
    somethingOf(counted[name]) ? [t(`find.counted.${name}`, { sum: write.money(counted[name]) })] : [];
  const parts = [
    t('find.counted.entries', { count: entries, number: write.plain(amount(String(entries))) }),
    ...sum('in'),
    ...sum('bonus'),
    ...(somethingOf(counted.points)
      ? [t('find.counted.points', { points: write.points(counted.points) })]
      : []),
    ...sum('takenBack'),
    ...sum('takenUp'),
    ...sum('open'),
    ...(without > 0 ? [t('find.counted.without', { count: without })] : []),
  ];
  return parts.join(t('app.separator'));
}
