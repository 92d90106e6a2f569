import { type Amount, addAmounts, isZeroAmount, negateAmount, zeroAmount } from '../kernel/money.ts';
import type { EntryState } from './facts.ts';

// Every sum of every screen, file and paper is folded here, of the same cells by the same function (ADR 63).

/** What the drawer was opened for. */
export const openedLines = ['opened-entry', 'opened-paid-in', 'opened-paid-out', 'opened-no-sale'] as const;
export type OpenedLine = (typeof openedLines)[number];

/**
 * What the money of a cell is. `sale`: it was in this till's drawer, or is held to have been. `correction`: what mends a
 * double or a missing credit moves the member's sums, and nobody pays or gets anything. `taken-up`: a paper brought the
 * entry, and its money was in another drawer. `paid-in` and `paid-out` are of the drawer alone. The others tell once more of
 * money that is in a cell above, or of none: what the drawer was opened for, what was given back after a paper was handed
 * out, what nobody counted, and how a float differs from what was counted last.
 */
export const cellLines = [
  'sale',
  'correction',
  'taken-up',
  'paid-in',
  'paid-out',
  ...openedLines,
  'after-paper',
  'uncounted',
  'to-bank',
  'put-in',
] as const;
export type CellLine = (typeof cellLines)[number];

export interface CellSums {
  readonly entries: number;
  /** With its sign: a reversal's is below nought. */
  readonly principal: Amount;
  readonly bonus: Amount;
  readonly points: Amount;
}

/** Entries that agree in all of this, and what they add up to. */
export interface Cell extends CellSums {
  readonly line: CellLine;
  /** Null: nobody was asked, or it was in no drawer of this till. */
  readonly tender: string | null;
  readonly state: EntryState;
  readonly isReversal: boolean;
  /** Of entries that the Z of this shift told as unsettled, and that were settled since. Absent of every other. */
  readonly shift?: number | undefined;
  /** Entries that were there before the first shift of the till was opened, as they stood then. Absent of every other. */
  readonly isBefore?: true | undefined;
}

export const isGivenBack = ({ state }: Pick<Cell, 'state'>): boolean =>
  state === 'rejected' || state === 'cancelled';

export const isUnsettled = (cell: Pick<Cell, 'state'>): boolean =>
  cell.state !== 'confirmed' && !isGivenBack(cell);

export const noSums: CellSums = { entries: 0, principal: zeroAmount, bonus: zeroAmount, points: zeroAmount };

const summed = (all: readonly CellSums[]): CellSums => ({
  entries: all.reduce((sum, one) => sum + one.entries, 0),
  principal: addAmounts(...all.map(({ principal }) => principal)),
  bonus: addAmounts(...all.map(({ bonus }) => bonus)),
  points: addAmounts(...all.map(({ points }) => points)),
});

/** Its sums as what they take away; it is as many entries. */
const opposite = ({ entries, principal, bonus, points }: CellSums): CellSums => ({
  entries,
  principal: negateAmount(principal),
  bonus: negateAmount(bonus),
  points: negateAmount(points),
});

/** As many entries fewer, too. */
export const without = (sums: CellSums): CellSums => ({ ...opposite(sums), entries: -sums.entries });

/** As many entries came as went, and with other sums: that is something. */
export const isNothing = ({ entries, principal, bonus, points }: CellSums): boolean =>
  entries === 0 && [principal, bonus, points].every(isZeroAmount);

export const addSums = (...all: readonly CellSums[]): CellSums => (all.length === 0 ? noSums : summed(all));

/** Those of one key as one of them with the sums of all, in the order in which each key was met first. */
export function addUpBy<T extends CellSums>(all: readonly T[], keyOf: (one: T) => string): T[] {
  const alike = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const known = alike.get(key);
    if (known === undefined) alike.set(key, [one]);
    else known.push(one);
  }
  return [...alike.values()].flatMap((of) => of.slice(0, 1).map((one) => ({ ...one, ...addSums(...of) })));
}

/** What moves no money counts as entries alone. */
const asMoney = (cell: Cell): CellSums =>
  cell.line === 'correction' ? { ...noSums, entries: cell.entries } : cell;

/** The others tell once more of what is in these, or of no entry. */
const isOfEntries = ({ line }: Cell): boolean =>
  line === 'sale' || line === 'correction' || line === 'taken-up';
/** Entered in this shift, whoever has its money. */
const isOfThis = (cell: Cell): boolean =>
  isOfEntries(cell) && cell.shift === undefined && cell.isBefore !== true;
const isEntered = (cell: Cell): boolean => cell.line === 'sale' && isOfThis(cell);
const isHeld = (cell: Cell): boolean => isEntered(cell) && !isGivenBack(cell);

/** All of one line, as it is. */
const allOf =
  (line: CellLine) =>
  (cell: Cell): CellSums | null =>
    cell.line === line ? cell : null;

/** The drawer was opened for an entry that stands; what was given back since has a line of its own. */
const isOpenedFor = (cell: Cell, isReversal: boolean): boolean =>
  cell.line === 'opened-entry' && !isGivenBack(cell) && cell.isReversal === isReversal;

/** What is held of a line that lies beside the sales, less what was given back of earlier shifts': that may be as many entries fewer. */
const beside = (cell: Cell, line: CellLine): CellSums | null => {
  if (cell.line !== line) return null;
  if (cell.shift === undefined) return isGivenBack(cell) ? null : cell;
  return isGivenBack(cell) ? without(cell) : null;
};

/** A line of the figures. */
interface Figure {
  /** Which cells it adds up, and as what. */
  readonly of: (cell: Cell) => CellSums | null;
  /** Days of a till have it too: what was settled late, paid in or paid out is a shift's. */
  readonly isOfDays?: true;
  /** Would be a sum of the drawer's cash, or of what it began with: a blind report leaves it out. */
  readonly isOfCash?: true;
  /** What the drawer was opened for: nothing of it changes what is to be there. */
  readonly isOpening?: true;
  /** What it is made of in a report; those of earlier versions have none of it. */
  readonly madeOf?: 'cellVersion' | 'opening' | 'afterPaper' | 'before';
}

const opening = { isOpening: true, isOfCash: true, madeOf: 'afterPaper' } as const;

/** The lines of figures, in the order in which they are told. A line more is one here, and its words. */
const lines = {
  /** Top-ups, and points that were awarded, that were not given back. */
  taken: { of: (cell) => (isHeld(cell) && !cell.isReversal ? cell : null), isOfDays: true },
  reversed: { of: (cell) => (isHeld(cell) && cell.isReversal ? opposite(cell) : null), isOfDays: true },
  /** Of earlier shifts, refused or cancelled in this one. */
  late: {
    of: (cell) => (cell.line === 'sale' && cell.shift !== undefined && isGivenBack(cell) ? cell : null),
  },
  /** Refused or cancelled in the shift in which they were entered. What was no money of this drawer is entries alone. */
  cancelled: {
    of: (cell) => {
      if (!isOfThis(cell) || !isGivenBack(cell)) return null;
      return cell.line === 'sale' ? cell : { ...noSums, entries: cell.entries };
    },
    isOfDays: true,
  },
  /** Refused or cancelled in this shift, whenever it was entered, once a paper of it was handed out. */
  afterPaper: { of: allOf('after-paper'), madeOf: 'afterPaper' },
  unsettled: { of: (cell) => (isOfThis(cell) && isUnsettled(cell) ? asMoney(cell) : null), isOfDays: true },
  corrections: { of: (cell) => beside(cell, 'correction'), isOfDays: true, madeOf: 'cellVersion' },
  takenUp: { of: (cell) => beside(cell, 'taken-up'), isOfDays: true },
  paidIn: { of: allOf('paid-in'), isOfCash: true },
  paidOut: { of: allOf('paid-out'), isOfCash: true },
  /** What was sold before the first shift of the till, less what was reversed: in no net, and in no drawer that is counted. */
  before: {
    of: (cell) => (cell.isBefore && cell.line === 'sale' && !isGivenBack(cell) ? cell : null),
    madeOf: 'before',
  },
  /** Cash of shifts whose drawer is elsewhere: so many shifts, and what is to be there of theirs. */
  uncounted: { of: allOf('uncounted'), isOfCash: true },
  /** By how much a float was less than what was counted last, and by how much more. */
  toBank: { of: allOf('to-bank'), isOfCash: true, madeOf: 'opening' },
  putIn: { of: allOf('put-in'), isOfCash: true, madeOf: 'opening' },
  openedSale: { ...opening, of: (cell) => (isOpenedFor(cell, false) ? cell : null) },
  openedReversal: { ...opening, of: (cell) => (isOpenedFor(cell, true) ? opposite(cell) : null) },
  openedCancelled: {
    ...opening,
    of: (cell) => (cell.line === 'opened-entry' && isGivenBack(cell) ? cell : null),
  },
  openedPaidIn: { ...opening, of: allOf('opened-paid-in') },
  openedPaidOut: { ...opening, of: allOf('opened-paid-out') },
  /** How often has no sum. */
  openedNoSale: { of: allOf('opened-no-sale'), isOpening: true, madeOf: 'afterPaper' },
} as const satisfies Readonly<Record<string, Figure>>;

export type FigureLine = keyof typeof lines;
export const figureOf: Readonly<Record<FigureLine, Figure>> = lines;
export const figureLines = Object.keys(lines) as readonly FigureLine[];

export interface Folded {
  readonly lines: Readonly<Record<FigureLine, CellSums>>;
  /** Taken, less what was reversed and what was given back late: what the till has of it, and members got with it. */
  readonly net: CellSums;
  /** By how much there is more in the drawer, or by which way to pay the cells are of. */
  readonly held: Amount;
}

/** What cells come to on one line. */
export const foldLine = (cells: readonly Cell[], line: FigureLine): CellSums =>
  addSums(...cells.flatMap((cell) => figureOf[line].of(cell) ?? []));

/** What cells come to. Pure: however they are split, the parts add up to the whole. */
export function foldCells(cells: readonly Cell[]): Folded {
  const all = Object.fromEntries(figureLines.map((line) => [line, foldLine(cells, line)])) as Record<
    FigureLine,
    CellSums
  >;
  const { taken, reversed, late, paidIn, paidOut } = all;
  const net = addSums(taken, opposite(reversed), opposite(late));
  return {
    lines: all,
    // What is given back late was entered in another shift.
    net: { ...net, entries: taken.entries + reversed.entries },
    held: addAmounts(net.principal, paidIn.principal, negateAmount(paidOut.principal)),
  };
}

/** Entries of earlier shifts that were settled in this one, whatever became of them, by the shift whose Z told of them. */
export function settledOf(cells: readonly Cell[]): ReadonlyMap<number, CellSums> {
  const found = new Map<number, CellSums[]>();
  // What is told once more is counted once.
  for (const cell of cells)
    if (cell.shift !== undefined && cell.line !== 'after-paper')
      found.set(cell.shift, [...(found.get(cell.shift) ?? []), asMoney(cell)]);
  return new Map([...found].map(([shift, sums]) => [shift, addSums(...sums)]));
}
