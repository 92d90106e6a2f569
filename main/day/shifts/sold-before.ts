import { compareAmounts, isUnsettled, type ShiftCell, zeroAmount } from '../../../preload/contract/index.ts';
import { addUpCells, cellsOf, type ListedEntry } from './figures.ts';
import type { FiguresRepository } from './figures-repository.ts';
import { tendersShownApart } from './fitted.ts';
import type { ShiftRecord, Tracked } from './shift-record.ts';

// Entries before a till's first shift are reported by it as if they were a shift of their own: their state at
// the opening, later settlements as late ones.

/** Its number in reports. */
export const BEFORE_THE_FIRST = 0;

/** A few milliseconds a step. */
const STEP = 1_000;

export interface BeforeRead {
  readonly to: number;
  /** Settled ones, which never change. */
  readonly cells: readonly ShiftCell[];
  /** Open ones, as of the reading. */
  readonly open: readonly ListedEntry[];
  readonly isWhole: boolean;
}

export interface SoldBefore {
  readonly cells: ShiftCell[];
  readonly tracked: Tracked[];
}

type Figures = Pick<FiguresRepository, 'groups' | 'unsettled' | 'some'>;

/** No shift was closed yet, and there are entries from before the first. */
export const isBeforeFirst = ({ lastClosed, lastTo }: ShiftRecord): boolean => lastClosed === 0 && lastTo > 0;

export function readOn(figures: Figures, read: BeforeRead | null, upTo: number, step = STEP): BeforeRead {
  const { to, cells, open } = read ?? { to: 0, cells: [], open: [] };
  // There is no earlier shift: only another till's money was in no drawer of this one.
  const range = { from: to + 1, to: Math.min(upTo, to + step), sinceMs: 0 };
  const ended = figures.groups(range).filter((group) => !isUnsettled(group));
  return {
    to: range.to,
    cells: addUpCells([
      ...cells,
      ...cellsOf(ended.map((group) => ({ ...group, cashier: '', personId: null }))),
    ]),
    open: [...open, ...figures.unsettled(range)],
    isWhole: range.to >= upTo,
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

/** As of now, with what the first Z must follow up. */
export function soldBefore(figures: Figures, begun: BeforeRead | null, upTo: number): SoldBefore {
  let read = readOn(figures, begun, upTo);
  while (!read.isWhole) read = readOn(figures, read, upTo);
  const now = new Map(
    figures.some(read.open.map(({ sequence }) => sequence)).map(({ sequence, state }) => [sequence, state]),
  );
  const open = read.open.map((entry) => ({ ...entry, state: now.get(entry.sequence) ?? entry.state }));
  const told = tendersShownApart([...read.cells, ...open].map(({ tender }) => tender));
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
