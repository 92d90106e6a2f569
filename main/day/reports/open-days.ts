import { addAmounts, type Period, zeroAmount } from '../../../preload/contract/index.ts';
import type { AddedUp } from './add-up.ts';
import { type DayRange, daysOf } from './calendar.ts';
import type { Days, DaysAfter } from './day-book.ts';
import { addTenders, openSums } from './figures.ts';
import type { ZFacts } from './z-facts.ts';

export interface OpenDaysParts {
  readonly daysAfter: DaysAfter;
  /** The open shift, and the last entry that a report has; 0: none has any. */
  readonly reported: () => { readonly to: number; readonly openShift: string | null };
}

/** This till's entries in no report, by day; none where another of this shift's reports is known, after a restore. */
export async function openDays(
  { reported, daysAfter }: OpenDaysParts,
  zs: readonly ZFacts[],
  range: DayRange,
): Promise<Days> {
  const { to, openShift } = reported();
  return zs.some(({ id }) => id === openShift) ? new Map() : daysAfter(to, range);
}

const openIn = (range: DayRange, open: Days) => {
  const groups = daysOf(range).flatMap((day) => open.get(day) ?? []);
  const { tenders, ...told } = openSums(groups);
  return { isNone: groups.length === 0, tenders, told };
};

/** What this till has in no report yet, added to what the reports say. */
export function withOpen(
  { sum, days }: Pick<AddedUp, 'sum' | 'days'>,
  period: DayRange,
  open: Days,
): Pick<Period, 'open' | 'all' | 'days'> {
  const { isNone, told, tenders } = openIn(period, open);
  const shopDays = new Map(days.map((day) => [day.day, day]));
  for (const day of daysOf(period)) {
    if (!open.has(day)) continue;
    const { net, entries } = openIn({ from: day, to: day }, open).told;
    const known = shopDays.get(day) ?? { ...noDay, day };
    shopDays.set(day, {
      ...known,
      net: addAmounts(known.net, net),
      entries: known.entries + entries,
      isOpen: true,
    });
  }
  return {
    open: isNone ? null : told,
    all: {
      net: addAmounts(sum.net, told.net),
      entries: sum.entries + told.entries,
      tenders: addTenders([...sum.tenders, ...tenders]),
    },
    days: [...shopDays.values()].sort((one, other) => (one.day < other.day ? 1 : -1)),
  };
}

const noDay = { net: zeroAmount, entries: 0, variance: null, reports: 0, tills: 0 } as const;

export function againstOf(
  { sum }: Pick<AddedUp, 'sum'>,
  { from, to }: DayRange,
  open: Days,
): Period['against'] {
  const { isNone, told } = openIn({ from, to }, open);
  return isNone && sum.reports === 0 ? null : { from, to, net: addAmounts(sum.net, told.net) };
}
