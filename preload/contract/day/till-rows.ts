import { type Amount, addAmounts } from '../kernel/money.ts';
import { type CellSums, noSums } from '../ledger/cells.ts';
import type { LastZ, Period, TillRow, Variance } from './reports.ts';

/** A till of a period; null: not known. */
export interface ShownTill {
  readonly key: string;
  readonly till: string;
  readonly isOwn: boolean;
  readonly lastZ: LastZ | null;
  /** What this till has in no report yet. */
  readonly open: Period['open'];
  readonly known: {
    readonly reports: number;
    readonly unsettled: Pick<typeof noSums, 'entries' | 'principal'>;
    readonly bonus: Amount;
    readonly taken: Amount;
    /** The part of `taken` from before its first shift. */
    readonly before: Amount;
    /** Null where nothing was counted. */
    readonly variance: Variance | null;
  } | null;
  /** Null where it has no report of the period. */
  readonly lines: TillRow['lines'] | null;
}

/** What was sold before a first shift is in no Z's net, and was taken all the same. */
const beforeOf = ({ lines }: Pick<TillRow, 'lines'>): CellSums => lines.before ?? noSums;

/** All that was taken, and what of it was sold before a till's first shift. */
export function takenOf({ all, sum }: Period) {
  const before = beforeOf(sum);
  return {
    before,
    entries: all.entries + before.entries,
    net: addAmounts(all.net, before.principal),
  };
}

const nothing = { reports: 0, net: noSums.principal, bonus: noSums.bonus, unsettled: noSums, variance: null };

/** Every till of the period: those with reports, this one with what it has in none, and those that are not known. */
export function tillRows(period: Period, ownName: string): readonly ShownTill[] {
  const rowOf = (row: TillRow | null, open: Period['open']): ShownTill => {
    const { reports, net, bonus, unsettled, variance } = row ?? nothing;
    const before = row === null ? noSums : beforeOf(row);
    const more = open ?? { ...nothing, entries: 0 };
    return {
      key: row?.key ?? 'own',
      till: row?.till ?? ownName,
      isOwn: row?.isOwn ?? true,
      lastZ: row === null ? period.ownLastZ : row.lastZ,
      open,
      known: {
        reports,
        unsettled: {
          entries: unsettled.entries + more.unsettled.entries,
          principal: addAmounts(unsettled.principal, more.unsettled.principal),
        },
        bonus: addAmounts(bonus, more.bonus, before.bonus),
        taken: addAmounts(net, more.net, before.principal),
        before: before.principal,
        variance,
      },
      lines: row?.lines ?? null,
    };
  };
  const own = period.tills.find(({ isOwn }) => isOwn) ?? null;
  const others = period.tills.filter((row) => row !== own);
  return [
    ...(own === null && period.open === null ? [] : [rowOf(own, period.open)]),
    ...others.map((row) => rowOf(row, null)),
    ...period.awaited.map(({ key, till, lastZ }) => {
      return { key, till, isOwn: false, lastZ, open: null, known: null, lines: null };
    }),
  ];
}

/** What all tills of the period come to, as far as they are known. */
export function sumOfTills(period: Period) {
  const { sum, open } = period;
  const more = open ?? { ...nothing, entries: 0 };
  const { before, net } = takenOf(period);
  return {
    unsettled: {
      entries: sum.unsettled.entries + more.unsettled.entries,
      principal: addAmounts(sum.unsettled.principal, more.unsettled.principal),
    },
    bonus: addAmounts(sum.bonus, more.bonus, before.bonus),
    variance: sum.variance,
    taken: net,
  };
}
