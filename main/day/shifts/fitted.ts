import {
  type AfterPaper,
  type ImportedEntry,
  type LateEntry,
  MOST_AFTER_PAPER,
  MOST_LISTED,
  MOST_SHIFT_TENDERS,
  type ShiftCell,
  type ShiftEntry,
  type ShiftReport,
} from '../../../preload/contract/index.ts';
import { addUpCells, isSettled } from './figures.ts';

// A report travels in one piece to the page, into the journal and a file, whatever was entered: its sums
// cover all entries, its lists as many rows as fit.

/** Below the limits of a message and a file. */
const MOST_BYTES = 1_600_000;
/** The part of it for cells. */
const MOST_CELL_BYTES = 500_000;
/** The part of it for tender changes. */
export const MOST_CHANGE_BYTES = 200_000;

/** Collects the cashiers, or own tenders, beyond the limit. */
export const OTHERS = '…';
const OTHER_TENDERS = `own:${OTHERS}`;

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value)) + 1;

export function firstThatFit<T>(rows: readonly T[], bytes = MOST_BYTES): T[] {
  let left = bytes;
  const end = rows.findIndex((row, at) => {
    left -= sizeOf(row);
    return left < 0 || at >= MOST_LISTED;
  });
  return end < 0 ? [...rows] : rows.slice(0, end);
}

/** A shop may redefine its tenders while a shift is open: the last ones share a row. */
export function tendersShownApart(
  used: readonly (string | null)[],
): (tender: string | null) => string | null {
  const kept = new Set<string>();
  for (const tender of used) {
    if (kept.size >= MOST_SHIFT_TENDERS - 2) break;
    if (tender !== null) kept.add(tender);
  }
  return (tender) => (tender === null || kept.has(tender) ? tender : OTHER_TENDERS);
}

/** Above the limit the cashiers after the first ones share a row. */
export function cellsThatFit(cells: readonly ShiftCell[]): ShiftCell[] {
  if (sizeOf(cells) <= MOST_CELL_BYTES) return [...cells];
  const byCashier = new Map<string, ShiftCell[]>();
  for (const cell of cells) byCashier.set(cell.cashier, [...(byCashier.get(cell.cashier) ?? []), cell]);
  let left = MOST_CELL_BYTES / 2;
  const apart = new Set<string>();
  for (const [cashier, own] of byCashier) {
    left -= sizeOf(own);
    if (left < 0) break;
    apart.add(cashier);
  }
  return addUpCells(
    cells.map((cell) => (apart.has(cell.cashier) ? cell : { ...cell, cashier: OTHERS, personId: null })),
  );
}

/** All rows, before the limit applies. */
interface Lists {
  readonly unsettled: readonly ShiftEntry[];
  readonly late: readonly LateEntry[];
  readonly takenUp: readonly ImportedEntry[];
  readonly afterPaper: readonly AfterPaper[];
}

type Listing = Pick<ShiftReport, 'unsettled' | 'late' | 'takenUp' | 'afterPaper' | 'unlisted'>;

/** A fifth of the space for given back after the receipt, a third of the rest for imported ones. */
function importsThatFit(whole: number, { takenUp, afterPaper }: Lists) {
  const toldAfter = firstThatFit(afterPaper.slice(0, MOST_AFTER_PAPER), whole / 5);
  const listedImports = firstThatFit(takenUp, (whole - sizeOf(toldAfter)) / 3);
  return {
    lists: {
      afterPaper: toldAfter,
      ...(listedImports.length === 0 ? {} : { takenUp: listedImports }),
    },
    room: whole - sizeOf(toldAfter) - sizeOf(listedImports),
    unlisted: afterPaper.length - toldAfter.length + takenUp.length - listedImports.length,
  };
}

/** Half of what is left for each list, and what one leaves for the other; among late ones the settled come first. */
function listsThatFit(whole: number, lists: Lists): Listing {
  const { unsettled, late } = lists;
  const beside = importsThatFit(whole, lists);
  const { room } = beside;
  const roomOfLate = Math.max(room / 2, room - sizeOf(unsettled));
  const byNews = [...late.filter(isSettled), ...late.filter((entry) => !isSettled(entry))];
  const chosen = new Set(firstThatFit(byNews, roomOfLate));
  const toldLate = late.filter((entry) => chosen.has(entry));
  const told = firstThatFit(unsettled, room - sizeOf(toldLate));
  return {
    unsettled: told,
    late: toldLate,
    ...beside.lists,
    unlisted: unsettled.length + late.length - told.length - toldLate.length + beside.unlisted,
  };
}

/** The report with as many rows as fit beside its sums. */
export const fitted = (report: ShiftReport, lists: Lists): ShiftReport => ({
  ...report,
  ...listsThatFit(MOST_BYTES - sizeOf(report), lists),
});
