import {
  type AfterPaper,
  type LateEntry,
  MOST_AFTER_PAPER,
  MOST_LISTED,
  MOST_SHIFT_TENDERS,
  type ShiftCell,
  type ShiftEntry,
  type ShiftReport,
  type TakenUpEntry,
} from '../../../preload/contract/index.ts';
import { addUpCells, isSettled } from './figures.ts';

// A report goes to the page, into a note and into a file in one piece, and whatever was entered it is read again: then sums
// are told of all, and rows as far as there is room.

/** Less than a reply of the bridge and a file take. */
const MOST_BYTES = 1_600_000;
/** Of that, for what each cashier took. */
const MOST_CELL_BYTES = 500_000;
/** And for what was paid otherwise than was entered. */
export const MOST_CHANGE_BYTES = 200_000;

/** In a report those that are not told apart any more: cashiers, or ways to pay. */
export const OTHERS = '…';
const OTHER_TENDERS = `own:${OTHERS}`;

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value)) + 1;

/** The first ones for which there is room. */
export function firstThatFit<T>(rows: readonly T[], bytes = MOST_BYTES): T[] {
  let left = bytes;
  const end = rows.findIndex((row, at) => {
    left -= sizeOf(row);
    return left < 0 || at >= MOST_LISTED;
  });
  return end < 0 ? [...rows] : rows.slice(0, end);
}

/** A shop may change its own ways to pay again and again while a shift is open: the last ones are told as one. */
export function tendersToldApart(used: readonly (string | null)[]): (tender: string | null) => string | null {
  const kept = new Set<string>();
  for (const tender of used) {
    if (kept.size >= MOST_SHIFT_TENDERS - 2) break;
    if (tender !== null) kept.add(tender);
  }
  return (tender) => (tender === null || kept.has(tender) ? tender : OTHER_TENDERS);
}

/** Where there are too many, the cashiers after the first ones are told as one. */
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

/** What a report lists, before it is known how much of it there is room for. */
interface Lists {
  readonly unsettled: readonly ShiftEntry[];
  readonly late: readonly LateEntry[];
  readonly takenUp: readonly TakenUpEntry[];
  readonly afterPaper: readonly AfterPaper[];
}

type Listing = Pick<ShiftReport, 'unsettled' | 'late' | 'takenUp' | 'afterPaper' | 'unlisted'>;

/** A fifth of the room for what was given back after a paper, and a third of the rest for what was taken up. */
function besideThatFit(whole: number, { takenUp, afterPaper }: Lists) {
  const toldAfter = firstThatFit(afterPaper.slice(0, MOST_AFTER_PAPER), whole / 5);
  const toldTakenUp = firstThatFit(takenUp, (whole - sizeOf(toldAfter)) / 3);
  return {
    lists: {
      afterPaper: toldAfter,
      ...(toldTakenUp.length === 0 ? {} : { takenUp: toldTakenUp }),
    },
    room: whole - sizeOf(toldAfter) - sizeOf(toldTakenUp),
    unlisted: afterPaper.length - toldAfter.length + takenUp.length - toldTakenUp.length,
  };
}

/**
 * Half of what is left for each list, and what one does not take for the other. Those that are settled by now come first
 * among late ones.
 */
function listsThatFit(whole: number, lists: Lists): Listing {
  const { unsettled, late } = lists;
  const beside = besideThatFit(whole, lists);
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

/** The report with as many rows as there is room for beside its sums. */
export const fitted = (report: ShiftReport, lists: Lists): ShiftReport => ({
  ...report,
  ...listsThatFit(MOST_BYTES - sizeOf(report), lists),
});
