import { type Amount, addAmounts, isZeroAmount, negateAmount, zeroAmount } from '../kernel/money.ts';
import type { EntryState } from './facts.ts';

// Every sum on screen, in files and on paper is folded here, from the same cells (ADR 63).

export const openedLines = ['opened-entry', 'opened-paid-in', 'opened-paid-out', 'opened-no-sale'] as const;
export type OpenedLine = (typeof openedLines)[number];

/**
 * What a cell's money is. `sale`: in this till's drawer. `taken-up`: imported, its money was in another drawer. `paid-in`, `paid-out`: the drawer's alone. The others
 * repeat money of a cell above, or have none: openings of the drawer, refunds after a receipt, cash not counted, and
 * how a float differs from the last count.
 */
export const cellLines = [
  'sale',
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
  /** Negative for reversals. */
  readonly principal: Amount;
  readonly bonus: Amount;
  readonly points: Amount;
}

/** Entries that agree in all of this, with their sums. */
export interface Cell extends CellSums {
  readonly line: CellLine;
  /** Null if it was not asked for, or in no drawer of this till. */
  readonly tender: string | null;
  readonly state: EntryState;
  readonly isReversal: boolean;
  /** The earlier shift whose Z listed these entries as unsettled; absent for all others. */
  readonly shift?: number | undefined;
  /** Entries from before the till's first shift, as they stood then. */
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

/** Negated sums, same number of entries. */
const opposite = ({ entries, principal, bonus, points }: CellSums): CellSums => ({
  entries,
  principal: negateAmount(principal),
  bonus: negateAmount(bonus),
  points: negateAmount(points),
});

/** Negated sums and number. */
export const without = (sums: CellSums): CellSums => ({ ...opposite(sums), entries: -sums.entries });

/** Sums may differ where as many entries came as went. */
export const isNothing = ({ entries, principal, bonus, points }: CellSums): boolean =>
  entries === 0 && [principal, bonus, points].every(isZeroAmount);

export const addSums = (...all: readonly CellSums[]): CellSums => (all.length === 0 ? noSums : summed(all));

/** Adds up by key, in the order of first occurrence; other properties are the first one's. */
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

/** The other lines repeat these, or have no entries. */
const isOfEntries = ({ line }: Cell): boolean => line === 'sale' || line === 'taken-up';
/** Entered in this shift. */
const isOfThis = (cell: Cell): boolean =>
  isOfEntries(cell) && cell.shift === undefined && cell.isBefore !== true;
const isEntered = (cell: Cell): boolean => cell.line === 'sale' && isOfThis(cell);
const isHeld = (cell: Cell): boolean => isEntered(cell) && !isGivenBack(cell);

const allOf =
  (line: CellLine) =>
  (cell: Cell): CellSums | null =>
    cell.line === line ? cell : null;

/** Openings for an entry that stands; refunded ones have a line of their own. */
const isOpenedFor = (cell: Cell, isReversal: boolean): boolean =>
  cell.line === 'opened-entry' && !isGivenBack(cell) && cell.isReversal === isReversal;

/** Imports, less refunds of earlier shifts' entries: the number may be negative. */
const takenUpOf = (cell: Cell): CellSums | null => {
  if (cell.line !== 'taken-up') return null;
  if (cell.shift === undefined) return isGivenBack(cell) ? null : cell;
  return isGivenBack(cell) ? without(cell) : null;
};

interface Figure {
  /** What a cell adds to it; null for nothing. */
  readonly of: (cell: Cell) => CellSums | null;
  /** Reveals the drawer's cash: left out of blind reports. */
  readonly isOfCash?: true;
  /** An opening of the drawer: does not change the expected cash. */
  readonly isOpening?: true;
}

const opening = { isOpening: true, isOfCash: true } as const;

/** The figures in report order. A new one is a line here, and its words. */
const lines = {
  /** Top-ups and awards that were not refunded. */
  taken: { of: (cell) => (isHeld(cell) && !cell.isReversal ? cell : null) },
  reversed: { of: (cell) => (isHeld(cell) && cell.isReversal ? opposite(cell) : null) },
  /** Earlier shifts' entries, refused or cancelled in this one. */
  late: {
    of: (cell) => (cell.line === 'sale' && cell.shift !== undefined && isGivenBack(cell) ? cell : null),
  },
  /** Refused or cancelled in their own shift; only counted if the money was not this drawer's. */
  cancelled: {
    of: (cell) => {
      if (!isOfThis(cell) || !isGivenBack(cell)) return null;
      return cell.line === 'sale' ? cell : { ...noSums, entries: cell.entries };
    },
  },
  /** Refused or cancelled in this shift after a receipt was handed out. */
  afterPaper: { of: allOf('after-paper') },
  unsettled: { of: (cell) => (isOfThis(cell) && isUnsettled(cell) ? cell : null) },
  takenUp: { of: takenUpOf },
  paidIn: { of: allOf('paid-in'), isOfCash: true },
  paidOut: { of: allOf('paid-out'), isOfCash: true },
  /** Sold before the till's first shift, less reversals: in no net and in no counted drawer. */
  before: {
    of: (cell) => (cell.isBefore && cell.line === 'sale' && !isGivenBack(cell) ? cell : null),
  },
  /** Shifts whose drawer is elsewhere, and their expected cash. */
  uncounted: { of: allOf('uncounted'), isOfCash: true },
  /** How much a float was below, or above, the last count. */
  toBank: { of: allOf('to-bank'), isOfCash: true },
  putIn: { of: allOf('put-in'), isOfCash: true },
  openedSale: { ...opening, of: (cell) => (isOpenedFor(cell, false) ? cell : null) },
  openedReversal: { ...opening, of: (cell) => (isOpenedFor(cell, true) ? opposite(cell) : null) },
  openedCancelled: {
    ...opening,
    of: (cell) => (cell.line === 'opened-entry' && isGivenBack(cell) ? cell : null),
  },
  openedPaidIn: { ...opening, of: allOf('opened-paid-in') },
  openedPaidOut: { ...opening, of: allOf('opened-paid-out') },
  /** Has no sum. */
  openedNoSale: { of: allOf('opened-no-sale'), isOpening: true },
} as const satisfies Readonly<Record<string, Figure>>;

export type FigureLine = keyof typeof lines;
export const figureOf: Readonly<Record<FigureLine, Figure>> = lines;
export const figureLines = Object.keys(lines) as readonly FigureLine[];

const takenOff: ReadonlySet<FigureLine> = new Set(['reversed', 'late']);

/** A line's sums with their sign in the net, as people read them. */
export const signed = (line: FigureLine, sums: CellSums): CellSums =>
  takenOff.has(line) ? opposite(sums) : sums;

export interface Folded {
  readonly lines: Readonly<Record<FigureLine, CellSums>>;
  /** Taken, less reversals and late refunds. */
  readonly net: CellSums;
  /** Change of the drawer's cash, or of the tender whose cells these are. */
  readonly held: Amount;
}

/** Folds cells into one line's sums. */
export const foldLine = (cells: readonly Cell[], line: FigureLine): CellSums =>
  addSums(...cells.flatMap((cell) => figureOf[line].of(cell) ?? []));

/** Folds cells into figures. Pure, and additive: however cells are split, the parts add up to the whole. */
export function foldCells(cells: readonly Cell[]): Folded {
  const all = Object.fromEntries(figureLines.map((line) => [line, foldLine(cells, line)])) as Record<
    FigureLine,
    CellSums
  >;
  const { taken, reversed, late, paidIn, paidOut } = all;
  const net = addSums(taken, opposite(reversed), opposite(late));
  return {
    lines: all,
    // Late refunds were entered in another shift.
    net: { ...net, entries: taken.entries + reversed.entries },
    held: addAmounts(net.principal, paidIn.principal, negateAmount(paidOut.principal)),
  };
}

/** Entries of earlier shifts settled in this one, by the shift whose Z listed them. */
export function settledOf(cells: readonly Cell[]): ReadonlyMap<number, CellSums> {
  const found = new Map<number, CellSums[]>();
  // Repeats another cell.
  for (const cell of cells)
    if (cell.shift !== undefined && cell.line !== 'after-paper')
      found.set(cell.shift, [...(found.get(cell.shift) ?? []), cell]);
  return new Map([...found].map(([shift, sums]) => [shift, addSums(...sums)]));
}
