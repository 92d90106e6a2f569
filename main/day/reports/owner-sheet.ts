import {
  type Amount,
  type AwaitedTill,
  addAmounts,
  type FileWords,
  isZeroAmount,
  negateAmount,
  type Period,
  sumOfTills,
  tillRows,
  type Variance,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { storeTime } from '../../kernel/store-time.ts';
import { tenderCell } from '../export.ts';
import type { Sheet, SheetCell, SheetTable } from '../sheet.ts';

export interface OwnerSheetParts {
  readonly period: Period;
  readonly words: FileWords;
  readonly till: string;
  readonly currency: string;
  readonly storeTimeZone: string;
  /** When the figures were computed. */
  readonly atMs: number;
}

type Say = (key: string) => string;

const money = (value: Amount): SheetCell => ({ money: value });

/** Missing money is negative, and does not make up for what is too much elsewhere. */
const drawers = (variance: Variance | null, none: string): readonly SheetCell[] =>
  variance === null ? [none, none] : [money(negateAmount(variance.short)), money(variance.over)];

function tillTable({ period, till, storeTimeZone }: OwnerSheetParts, say: Say): SheetTable {
  const rows = tillRows(period, till);
  const all = sumOfTills(period);
  const zOf = (row: (typeof rows)[number]): readonly SheetCell[] =>
    row.lastZ === null
      ? ['', '']
      : [row.lastZ.number, storeTime(row.lastZ.closedAtMs, storeTimeZone).slice(0, 16)];
  const unknown = say('unknown');
  return {
    title: say('tills'),
    heads: [
      'till',
      'lastZ',
      'closed',
      'reports',
      'unsettledEntries',
      'unsettled',
      'bonus',
      'short',
      'over',
      'taken',
    ].map(say),
    rows: rows.map((row): readonly SheetCell[] => {
      const { known } = row;
      if (known === null) return [row.till, ...zOf(row), 0, ...Array.from({ length: 6 }, () => unknown)];
      return [
        row.till,
        ...zOf(row),
        known.reports,
        known.unsettled.entries,
        money(known.unsettled.principal),
        money(known.bonus),
        ...drawers(known.variance, say('notCounted')),
        money(known.taken),
      ];
    }),
    foot: [
      say('sum'),
      '',
      '',
      period.sum.reports,
      all.unsettled.entries,
      money(all.unsettled.principal),
      money(all.bonus),
      ...drawers(all.variance, say('notCounted')),
      money(all.taken),
    ],
  };
}

const dayTable = ({ period: { days, all } }: OwnerSheetParts, say: Say): SheetTable => ({
  title: say('days'),
  heads: ['day', 'taken', 'entries', 'short', 'over', 'reports', 'expected'].map(say),
  rows: [...days]
    .reverse()
    .map((row): readonly SheetCell[] => [
      row.isOpen ? `${row.day} (${say('open')})` : row.day,
      money(row.net),
      row.entries,
      ...drawers(row.variance, say('notCounted')),
      row.reports,
      row.tills,
    ]),
  foot: [say('sum'), money(all.net), all.entries, '', '', '', ''],
});

const wayTable = ({ period: { all }, words }: OwnerSheetParts, say: Say): SheetTable => ({
  title: say('ways'),
  heads: ['way', 'taken'].map(say),
  rows: all.tenders.map(({ tender, net }) => [
    tender === null ? say('noTender') : tenderCell(words, tender),
    money(net),
  ]),
  foot: [say('sum'), money(addAmounts(zeroAmount, ...all.tenders.map(({ net }) => net)))],
});

const awaitedNote = (say: Say, awaited: readonly AwaitedTill[]): string =>
  `${say('awaited')}: ${awaited.map(({ till }) => till).join(', ')}`;

/** A period of all tills, as the owner's view shows it. Pure. */
export function ownerSheet(parts: OwnerSheetParts): Sheet {
  const { period, words, till, currency, storeTimeZone, atMs } = parts;
  const say: Say = (key) => words.say[key] ?? key;
  const { from, to, awaited, open, sum } = period;
  const before = sum.lines.before?.principal ?? zeroAmount;
  return {
    title: say('title'),
    locale: words.locale,
    currency,
    facts: [
      [say('period'), from === to ? from : `${from} – ${to}`],
      [say('computed'), `${storeTime(atMs, storeTimeZone).slice(0, 16)} (${storeTimeZone})`],
      [say('at'), till],
      [say('currency'), currency],
    ],
    notes: [
      ...(awaited.length === 0 ? [] : [awaitedNote(say, awaited)]),
      ...(period.missing.length === 0 ? [] : [say('missing')]),
      ...(open === null ? [] : [say('openNote')]),
      ...(isZeroAmount(before) ? [] : [`${say('before')}: ${before} ${currency}`]),
    ],
    tables: [wayTable(parts, say), tillTable(parts, say), dayTable(parts, say)],
  };
}
