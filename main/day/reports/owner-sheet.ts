import {
  type Amount,
  type AwaitedTill,
  type CellSums,
  type FileWords,
  isZeroAmount,
  negateAmount,
  type OwnerView,
  type Period,
  sumOfTills,
  takenOf,
  tillHeads,
  tillRows,
  type Variance,
} from '../../../preload/contract/index.ts';
import { storeTime } from '../../kernel/store-time.ts';
import { tenderCell } from '../export.ts';
import type { Sheet, SheetCell, SheetTable } from '../sheet.ts';
import { unsureIn } from './unsure.ts';

export interface OwnerSheetParts {
  readonly period: Period;
  readonly view: Pick<OwnerView, 'conflicts' | 'unread'>;
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
    heads: tillHeads.map(say),
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

/** What was sold before a first shift is of no day and of no payment method: a row of its own. */
const beforeRow = ({ principal }: CellSums, say: Say, more: readonly SheetCell[]) =>
  isZeroAmount(principal) ? [] : [[say('before'), money(principal), ...more]];

function dayTable({ period }: OwnerSheetParts, say: Say): SheetTable {
  const { net, entries, before } = takenOf(period);
  return {
    title: say('days'),
    heads: ['day', 'taken', 'entries', 'short', 'over', 'reports', 'expected'].map(say),
    rows: [
      ...[...period.days]
        .reverse()
        .map((row): readonly SheetCell[] => [
          row.isOpen ? `${row.day} (${say('open')})` : row.day,
          money(row.net),
          row.entries,
          ...drawers(row.variance, say('notCounted')),
          row.reports,
          row.tills,
        ]),
      ...beforeRow(before, say, [before.entries, '', '', '', '']),
    ],
    foot: [say('sum'), money(net), entries, '', '', '', ''],
  };
}

function wayTable({ period, words }: OwnerSheetParts, say: Say): SheetTable {
  const { net, before } = takenOf(period);
  return {
    title: say('ways'),
    heads: ['way', 'taken'].map(say),
    rows: [
      ...period.all.tenders.map(({ tender, net: taken }) => [
        tender === null ? say('noTender') : tenderCell(words, tender),
        money(taken),
      ]),
      ...beforeRow(before, say, []),
    ],
    foot: [say('sum'), money(net)],
  };
}

function unsureNotes({ period, view }: OwnerSheetParts, say: Say): readonly string[] {
  const { undecided, doubles, unread } = unsureIn(period, view);
  const told = [
    ['book.notes.undecided', undecided],
    ['doubles', doubles],
    ['book.notes.unread', unread],
  ] as const;
  return told.flatMap(([words, of]) => (of.length === 0 ? [] : [`${say(words)}: ${of.join(', ')}`]));
}

const awaitedNote = (say: Say, awaited: readonly AwaitedTill[]): string =>
  `${say('awaited')}: ${awaited.map(({ till }) => till).join(', ')}`;

/** A period of all tills, as the owner's view shows it. Pure. */
export function ownerSheet(parts: OwnerSheetParts): Sheet {
  const { period, words, till, currency, storeTimeZone, atMs } = parts;
  const say: Say = (key) => words.say[key] ?? key;
  const { from, to, awaited, open } = period;
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
      ...unsureNotes(parts, say),
      ...(open === null ? [] : [say('openNote')]),
    ],
    tables: [wayTable(parts, say), tillTable(parts, say), dayTable(parts, say)],
  };
}
