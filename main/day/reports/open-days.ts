import { addAmounts, noSums, type Period, zeroAmount } from '../../../preload/contract/index.ts';
import type { AddedUp } from './add-up.ts';
import { type DayRange, daysOf } from './calendar.ts';
import type { DayBook } from './day-book.ts';
import { addTenders, type DaySums, figuresOf } from './figures.ts';
import type { ZFacts } from './z-facts.ts';

type Days = ReadonlyMap<string, DaySums>;

export interface OpenDaysParts {
  readonly book: Pick<DayBook, 'daysAfter'>;
  /** The open shift, and the last entry that a report has; 0: none has any. */
  readonly reported: () => { readonly to: number; readonly openShift: string | null };
}

/** This till's entries in no report, by day; none where another of this shift's reports is known, after a restore. */
export async function openDays(
  { reported, book }: OpenDaysParts,
  zs: readonly ZFacts[],
  range: DayRange,
  days: Days,
): Promise<Days> {
  const { to, openShift } = reported();
  if (zs.some(({ id }) => id === openShift)) return new Map();
  return to === 0 ? days : book.daysAfter(to, range);
}

const openIn = (range: DayRange, open: Days) => {
  const of = daysOf(range).flatMap((day) => open.get(day) ?? []);
  const { net, bonus, lines, tenders } = figuresOf(
    of.flatMap(({ groups }) => groups),
    0,
  );
  const { taken = noSums, reversed = noSums, unsettled = noSums } = lines;
  const { entries: left, principal } = unsettled;
  return {
    days: of.length,
    tenders,
    told: {
      entries: taken.entries + reversed.entries,
      net,
      bonus,
      unsettled: { entries: left, principal },
    },
  };
};

/** What this till has in no report yet, added to what the reports say. */
export function withOpen(
  { sum, days }: Pick<AddedUp, 'sum' | 'days'>,
  period: DayRange,
  open: Days,
): Pick<Period, 'open' | 'all' | 'days'> {
  const { days: some, told, tenders } = openIn(period, open);
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
    open: some === 0 ? null : told,
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
  const { days, told } = openIn({ from, to }, open);
  return days + sum.reports === 0 ? null : { from, to, net: addAmounts(sum.net, told.net) };
}
