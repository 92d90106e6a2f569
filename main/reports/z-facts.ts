import { createHash } from 'node:crypto';
import {
  type Amount,
  addAmounts,
  type CellLine,
  type CellSums,
  cellsBefore,
  compareAmounts,
  type FigureLine,
  foldCells,
  isGivenBack,
  type LineSums,
  negateAmount,
  noSums,
  reportCells,
  type ShiftReport,
  settledOf,
  toldLines,
  type Variance,
  zeroAmount,
} from '../../preload/contract/index.ts';

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
  readonly unsettled: readonly { readonly id: string; readonly principal: Amount }[];
  /** All of them, whether each is listed or not; null where the list is whole. */
  readonly unsettledInAll: CellSums | null;
  /** What was not settled of what was sold before the first shift, where it tells of that. */
  readonly unsettledBefore: CellSums;
  /** Entries of earlier ones that it told as settled. */
  readonly settledLate: readonly string[];
  /** The same by the number of the one that told of them: of all, whether each is listed or not. */
  readonly settledOf: ReadonlyMap<number, CellSums>;
  readonly broughtHere: readonly BroughtEntry[];
}

/** An entry that a receipt brought from another till, or from this one's past. */
export interface BroughtEntry extends CellSums {
  readonly id: string;
  readonly line: CellLine;
  readonly isGivenBack: boolean;
  readonly isSettled: boolean;
  /** Told as settled late: the Z that told of it first has it as well. */
  readonly isLate: boolean;
  /** On its paper; null where that does not say it. */
  readonly original: {
    readonly tillId: string;
    readonly epoch: string | null;
    readonly number: number;
  } | null;
}

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

type Listed = ShiftReport['unsettled'][number];

/** What mends a doubt is an entry, and no money. */
const moneyOf = ({ line, principal }: Listed): Amount => (line === 'correction' ? zeroAmount : principal);

const broughtOf = (entry: Listed): Omit<BroughtEntry, 'isLate' | 'original'> => ({
  ...{ ...noSums, id: entry.id, entries: 1, principal: entry.principal, bonus: entry.bonus },
  points: entry.points ?? zeroAmount,
  line: entry.line ?? (entry.tender === null ? 'taken-up' : 'sale'),
  isGivenBack: isGivenBack(entry),
  isSettled: isGivenBack(entry) || entry.state === 'confirmed',
});

function broughtHere({ takenUp = [], late }: ShiftReport): readonly BroughtEntry[] {
  return [
    ...takenUp.map((entry): BroughtEntry => {
      const { tillId, epoch, reference } = entry.original;
      const original = tillId === null ? null : { tillId, epoch, number: Number(reference) };
      return { ...broughtOf(entry), isLate: false, original };
    }),
    ...late
      .filter(({ line, settledAtMs }) => line === 'taken-up' && settledAtMs !== null)
      .map((entry): BroughtEntry => ({ ...broughtOf(entry), isLate: true, original: null })),
  ];
}

/** Pure. */
export function factsOf(z: ShiftReport): ZFacts {
  const { id, till, tillId, epoch, number, businessDay, tenders } = z;
  const cells = reportCells(z);
  const { net, lines } = foldCells(cells);
  return {
    ...{ id, digest: digestOf(z), till, tillId, epoch, number, businessDay },
    closedAtMs: z.closedAtMs ?? z.atMs,
    closedBy: z.closedBy ?? '',
    ...{ entries: net.entries, net: net.principal, bonus: net.bonus, points: net.points },
    lines: toldLines(z),
    variance: addVariances(tenders.map(({ variance }) => (variance === null ? null : varianceOf(variance)))),
    range: { from: z.fromSequence, to: z.toSequence },
    unsettled: z.unsettled.map((entry) => ({ id: entry.id, principal: moneyOf(entry) })),
    unsettledInAll: z.unlisted > 0 ? lines.unsettled : null,
    unsettledBefore: foldCells(cellsBefore(z) ?? []).lines.unsettled,
    settledLate: z.late.filter(({ settledAtMs }) => settledAtMs !== null).map((entry) => entry.id),
    settledOf: settledOf(cells),
    broughtHere: broughtHere(z),
  };
}
