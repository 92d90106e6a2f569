import { type Amount, addAmounts } from '../kernel/money.ts';
import { noSums } from '../ledger/cells.ts';
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
    /** Null where nothing was counted. */
    readonly variance: Variance | null;
  } | null;
  /** Null where it has no report of the period. */
  readonly lines: TillRow['lines'] | null;
}

const nothing = { reports: 0, net: noSums.principal, bonus: noSums.bonus, unsettled: noSums, variance: null };

/** Every till of the period: those with reports, this one with what it has in none, and those that are not known. */
export function tillRows(period: Period, ownName: string): readonly ShownTill[] {
  const rowOf = (row: TillRow | null, open: Period['open']): ShownTill => {
    const { reports, net, bonus, unsettled, variance } = row ?? nothing;
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
        bonus: addAmounts(bonus, more.bonus),
        taken: addAmounts(net, more.net),
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
  return {
    unsettled: {
      entries: sum.unsettled.entries + more.unsettled.entries,
      principal: addAmounts(sum.unsettled.principal, more.unsettled.principal),
    },
    bonus: addAmounts(sum.bonus, more.bonus),
    variance: sum.variance,
    taken: period.all.net,
  };
}
