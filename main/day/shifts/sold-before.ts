import { compareAmounts, isUnsettled, type ShiftCell, zeroAmount } from '../../../preload/contract/index.ts';
import { addUpCells, cellsOf, type ListedEntry } from './figures.ts';
import type { FiguresRepository } from './figures-repository.ts';
import { tendersToldApart } from './fitted.ts';
import type { ShiftRecord, Tracked } from './shift-record.ts';

// What a till sold before its first shift is told by that one as if it had been a shift of its own: as it stood at the
// opening, with what became of it since told as settled late.

/** By which number reports name it. */
export const BEFORE_THE_FIRST = 0;

/** Entries that are read in one go: a few milliseconds, in which nobody else is heard. */
const STEP = 1_000;

/** What is read so far. */
export interface BeforeRead {
  readonly to: number;
  /** Cells of those that had ended: none of them changes any more. */
  readonly cells: readonly ShiftCell[];
  /** As they were then. */
  readonly open: readonly ListedEntry[];
  readonly isWhole: boolean;
}

export interface SoldBefore {
  readonly cells: ShiftCell[];
  readonly tracked: Tracked[];
}

type Figures = Pick<FiguresRepository, 'groups' | 'unsettled' | 'some'>;

/** No shift was closed, and something was entered before the first one was, or is now, opened. */
export const isBeforeFirst = ({ lastClosed, lastTo }: ShiftRecord): boolean => lastClosed === 0 && lastTo > 0;

/** One step further, up to an entry's sequence. */
export function readOn(figures: Figures, read: BeforeRead | null, upTo: number, step = STEP): BeforeRead {
  const { to, cells, open } = read ?? { to: 0, cells: [], open: [] };
  // Only another till's money was in no drawer of this one: there is no shift that it could be older than.
  const stretch = { from: to + 1, to: Math.min(upTo, to + step), sinceMs: 0 };
  const ended = figures.groups(stretch).filter((group) => !isUnsettled(group));
  return {
    to: stretch.to,
    cells: addUpCells([
      ...cells,
      ...cellsOf(ended.map((group) => ({ ...group, cashier: '', personId: null }))),
    ]),
    open: [...open, ...figures.unsettled(stretch)],
    isWhole: stretch.to >= upTo,
  };
}

const cellOf = ({ line, tender, state, principal, bonus, points }: ListedEntry): ShiftCell => ({
  line,
  cashier: '',
  personId: null,
  tender,
  state,
  entries: 1,
  principal,
  bonus,
  points,
  isReversal: [principal, points].some((value) => compareAmounts(value, zeroAmount) < 0),
});

/** As all of it stands now, with what the first Z has to follow. */
export function soldBefore(figures: Figures, begun: BeforeRead | null, upTo: number): SoldBefore {
  let read = readOn(figures, begun, upTo);
  while (!read.isWhole) read = readOn(figures, read, upTo);
  const now = new Map(
    figures.some(read.open.map(({ sequence }) => sequence)).map(({ sequence, state }) => [sequence, state]),
  );
  const open = read.open.map((entry) => ({ ...entry, state: now.get(entry.sequence) ?? entry.state }));
  const told = tendersToldApart([...read.cells, ...open].map(({ tender }) => tender));
  const all = [...read.cells, ...open.map(cellOf)].map((cell) => ({ ...cell, tender: told(cell.tender) }));
  return {
    cells: addUpCells(all),
    tracked: open.filter(isUnsettled).map(({ sequence, state: was, tender, line }) => ({
      sequence,
      shift: BEFORE_THE_FIRST,
      was,
      tender,
      line,
    })),
  };
}
