import { createHash } from 'node:crypto';
import {
  type Amount,
  addAmounts,
  type Cell,
  type CellSums,
  cellsBefore,
  compareAmounts,
  type FigureLine,
  foldCells,
  type NetByTender,
  negateAmount,
  reportCells,
  reportedLines,
  type ShiftReport,
  settledOf,
  type Variance,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import type { Numbering } from '../../hosts/index.ts';
import { type BookFacts, bookFactsOf } from '../books/book-facts.ts';
import { netByTender } from './figures.ts';

/** What is added up of a Z, and what identifies it. */
export interface ZFacts {
  readonly id: string;
  /** Hash of the whole report: equal ids with other digests are differing reports of one shift. */
  readonly digest: string;
  /** The till's name in the report. */
  readonly till: string;
  /** Null where the journal's key was lost. */
  readonly tillId: string | null;
  readonly epoch: string | null;
  readonly numbering: Numbering;
  readonly number: number;
  readonly businessDay: string;
  readonly closedAtMs: number;
  readonly closedBy: string;
  readonly entries: number;
  readonly net: Amount;
  readonly bonus: Amount;
  readonly points: Amount;
  readonly tenders: NetByTender;
  readonly lines: Readonly<Partial<Record<FigureLine, CellSums>>>;
  /** Null where nothing was counted. */
  readonly variance: Variance | null;
  /** The sequences of its entries. */
  readonly range: { readonly from: number; readonly to: number };
  /** Its unsettled entries, as listed. */
  readonly unsettled: readonly {
    readonly id: string;
    readonly principal: Amount;
    readonly isImported: boolean;
  }[];
  /** The first sequence that may be unsettled without being listed; null where all are listed. */
  readonly unlistedFrom: number | null;
  /** Sums of all unsettled ones; null where all are listed. */
  readonly unsettledInAll: CellSums | null;
  /** Unsettled of what was sold before the first shift. */
  readonly unsettledBefore: CellSums;
  /** Ids of late settlements of earlier reports. */
  readonly settledLate: readonly string[];
  readonly late: readonly ListedCell[];
  /** Their sums by the report that listed them as unsettled, unlisted ones included. */
  readonly settledOf: ReadonlyMap<number, CellSums>;
  readonly importedHere: readonly ImportedListed[];
  /** The sequences of its own entries that it lists as given back after their receipt. */
  readonly backAfterPaper: ReadonlySet<number>;
  readonly book: BookFacts;
}

export interface ListedCell extends Cell {
  readonly id: string;
}

/** An entry imported from a receipt, of another till or of this one's past. */
export interface ImportedListed extends ListedCell {
  /** As the receipt says. */
  readonly original: {
    readonly tillId: string;
    readonly epoch: string;
    readonly number: number;
  };
}

/** Those of earlier shifts are late settlements. */
const backAfterPaper = ({ afterPaper }: ShiftReport): ReadonlySet<number> =>
  new Set(afterPaper.flatMap(({ reference, shift }) => (shift === undefined ? Number(reference) : [])));

const varianceOf = (variance: Amount): Variance =>
  compareAmounts(variance, zeroAmount) < 0
    ? { short: negateAmount(variance), over: zeroAmount }
    : { short: zeroAmount, over: variance };

/** Null where nothing was counted. */
export function addVariances(variances: readonly (Variance | null)[]): Variance | null {
  const counted = variances.filter((variance) => variance !== null);
  if (counted.length === 0) return null;
  return {
    short: addAmounts(...counted.map(({ short }) => short)),
    over: addAmounts(...counted.map(({ over }) => over)),
  };
}

/** Independent of the order of keys. */
const sorted = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

const digestOf = (z: ShiftReport): string =>
  createHash('sha256').update(JSON.stringify(z, sorted), 'utf8').digest('hex').slice(0, 32);

type Listed = ShiftReport['unsettled'][number];

const listedCellOf = (entry: Listed): ListedCell => {
  const { id, line, tender, state, principal, bonus, points } = entry;
  return {
    id,
    line,
    tender,
    state,
    entries: 1,
    principal,
    bonus,
    points,
    isReversal: [principal, bonus, points].some((sum) => compareAmounts(sum, zeroAmount) < 0),
  };
};

const importedHere = ({ takenUp = [] }: ShiftReport): readonly ImportedListed[] =>
  takenUp.map((entry) => {
    const { tillId, epoch, reference } = entry.original;
    return { ...listedCellOf(entry), original: { tillId, epoch, number: Number(reference) } };
  });

const unlistedFrom = ({ unsettled, fromSequence }: ShiftReport, inAll: CellSums): number | null =>
  inAll.entries <= unsettled.length ? null : Number(unsettled.at(-1)?.reference ?? fromSequence - 1) + 1;

export function factsOf(z: ShiftReport): ZFacts {
  const { id, till, tillId, epoch, number, businessDay, tenders } = z;
  const late = z.late.filter(({ settledAtMs }) => settledAtMs !== null);
  const cells = reportCells(z);
  const { net, lines } = foldCells(cells);
  return {
    id,
    digest: digestOf(z),
    till,
    tillId,
    epoch,
    number,
    businessDay,
    numbering: { tillNumber: z.tillNumber, tillCount: z.tillCount },
    closedAtMs: z.closedAtMs ?? z.atMs,
    closedBy: z.closedBy ?? '',
    entries: net.entries,
    net: net.principal,
    bonus: net.bonus,
    points: net.points,
    tenders: netByTender(cells),
    lines: reportedLines(z),
    variance: addVariances(tenders.map(({ variance }) => (variance === null ? null : varianceOf(variance)))),
    range: { from: z.fromSequence, to: z.toSequence },
    unsettled: z.unsettled.map((entry) => ({
      id: entry.id,
      principal: entry.principal,
      isImported: entry.line === 'taken-up',
    })),
    unlistedFrom: unlistedFrom(z, lines.unsettled),
    unsettledInAll: z.unlisted > 0 ? lines.unsettled : null,
    unsettledBefore: foldCells(cellsBefore(z) ?? []).lines.unsettled,
    settledLate: late.map((entry) => entry.id),
    late: late.map((entry) => ({ ...listedCellOf(entry), shift: entry.shift })),
    settledOf: settledOf(cells),
    importedHere: importedHere(z),
    backAfterPaper: backAfterPaper(z),
    book: bookFactsOf(z),
  };
}
