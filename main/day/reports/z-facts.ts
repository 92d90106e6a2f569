import { createHash } from 'node:crypto';
import {
  type Amount,
  addAmounts,
  type Cell,
  type CellLine,
  type CellSums,
  cellsBefore,
  compareAmounts,
  type FigureLine,
  foldCells,
  type LineSums,
  negateAmount,
  reportCells,
  type ShiftReport,
  settledOf,
  toldLines,
  type Variance,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import type { Numbering } from '../../hosts/index.ts';

/** What is added up of a Z, and what says which one it is. */
export interface ZFacts {
  readonly id: string;
  /** A digest of all that it says: two of one id that differ are two accounts of one shift. */
  readonly digest: string;
  /** As it was called. */
  readonly till: string;
  /** Null in those of versions before. */
  readonly tillId: string | null;
  readonly epoch: string | null;
  /** Which till of its account it was; null in those of versions before. */
  readonly numbering: Numbering | null;
  readonly number: number;
  readonly businessDay: string;
  readonly closedAtMs: number;
  readonly closedBy: string;
  readonly entries: number;
  readonly net: Amount;
  readonly bonus: Amount;
  readonly points: Amount;
  /** Each line that it tells; null of one that an earlier version left out. */
  readonly lines: Readonly<Partial<Record<FigureLine, LineSums>>>;
  /** Null where nothing was counted. */
  readonly variance: Variance | null;
  /** Its entries, by the numbers of its till. */
  readonly range: { readonly from: number; readonly to: number };
  /** Entries that it told as unsettled. */
  readonly unsettled: readonly {
    readonly id: string;
    readonly principal: Amount;
    readonly isTakenUp: boolean;
  }[];
  /** The number from which on more of them may be than it lists; null where it lists all. */
  readonly unlistedFrom: number | null;
  /** All of them, whether each is listed or not; null where the list is whole. */
  readonly unsettledInAll: CellSums | null;
  /** What was not settled of what was sold before the first shift, where it tells of that. */
  readonly unsettledBefore: CellSums;
  /** Entries of earlier ones that it told as settled. */
  readonly settledLate: readonly string[];
  /** What became of them. */
  readonly late: readonly ToldEntry[];
  /** The same by the number of the one that told of them: of all, whether each is listed or not. */
  readonly settledOf: ReadonlyMap<number, CellSums>;
  readonly broughtHere: readonly BroughtEntry[];
  /** The numbers of its own entries that it lists as given back after a paper. */
  readonly backAfterPaper: ReadonlySet<number>;
}

/** An entry by itself, as the report's cells have it. */
export interface ToldEntry extends Cell {
  readonly id: string;
}

/** One that a receipt brought from another till, or from this one's past. */
export interface BroughtEntry extends ToldEntry {
  /** On its paper; null where that does not say it. */
  readonly original: {
    readonly tillId: string;
    readonly epoch: string | null;
    readonly number: number;
  } | null;
}

/** What was given back of earlier shifts' is told by its end. */
const backAfterPaper = ({ afterPaper = [] }: ShiftReport): ReadonlySet<number> =>
  new Set(afterPaper.flatMap(({ reference, shift }) => (shift === undefined ? Number(reference) : [])));

const varianceOf = (variance: Amount): Variance =>
  compareAmounts(variance, zeroAmount) < 0
    ? { short: negateAmount(variance), over: zeroAmount }
    : { short: zeroAmount, over: variance };

/** Of those that were counted; null where none was. */
export function addVariances(variances: readonly (Variance | null)[]): Variance | null {
  const counted = variances.filter((variance) => variance !== null);
  if (counted.length === 0) return null;
  return {
    short: addAmounts(...counted.map(({ short }) => short)),
    over: addAmounts(...counted.map(({ over }) => over)),
  };
}

/** In whatever order its parts were read. */
const sorted = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

const digestOf = (z: ShiftReport): string =>
  createHash('sha256').update(JSON.stringify(z, sorted), 'utf8').digest('hex').slice(0, 32);

const numberingOf = ({ tillNumber, tillCount }: ShiftReport): Numbering | null =>
  tillNumber === undefined || tillCount === undefined ? null : { tillNumber, tillCount };

type Listed = ShiftReport['unsettled'][number];

/** What mends a doubt is an entry, and no money. */
const moneyOf = ({ line, principal }: Listed): Amount => (line === 'correction' ? zeroAmount : principal);

const toldOf = (entry: Listed, line: CellLine): ToldEntry => {
  const { id, tender, state, principal, bonus, points = zeroAmount } = entry;
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

const broughtHere = ({ takenUp = [] }: ShiftReport): readonly BroughtEntry[] =>
  takenUp.map((entry) => {
    const { tillId, epoch, reference } = entry.original;
    const original = tillId === null ? null : { tillId, epoch, number: Number(reference) };
    return { ...toldOf(entry, entry.line ?? (entry.tender === null ? 'taken-up' : 'sale')), original };
  });

/** After the last that is listed, where more wait than are. */
const unlistedFrom = ({ unsettled, fromSequence }: ShiftReport, inAll: CellSums): number | null =>
  inAll.entries <= unsettled.length ? null : Number(unsettled.at(-1)?.reference ?? fromSequence - 1) + 1;

/** Pure. */
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
    numbering: numberingOf(z),
    closedAtMs: z.closedAtMs ?? z.atMs,
    closedBy: z.closedBy ?? '',
    entries: net.entries,
    net: net.principal,
    bonus: net.bonus,
    points: net.points,
    lines: toldLines(z),
    variance: addVariances(tenders.map(({ variance }) => (variance === null ? null : varianceOf(variance)))),
    range: { from: z.fromSequence, to: z.toSequence },
    unsettled: z.unsettled.map((entry) => ({
      id: entry.id,
      principal: moneyOf(entry),
      isTakenUp: entry.line === 'taken-up',
    })),
    unlistedFrom: unlistedFrom(z, lines.unsettled),
    unsettledInAll: z.unlisted > 0 ? lines.unsettled : null,
    unsettledBefore: foldCells(cellsBefore(z) ?? []).lines.unsettled,
    settledLate: late.map((entry) => entry.id),
    // Reports of before count all of them as sold.
    late: late.map((entry) => ({ ...toldOf(entry, entry.line ?? 'sale'), shift: entry.shift })),
    settledOf: settledOf(cells),
    broughtHere: broughtHere(z),
    backAfterPaper: backAfterPaper(z),
  };
}
