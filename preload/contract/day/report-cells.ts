import { type Amount, addAmounts, isZeroAmount, multiplyAmount } from '../kernel/money.ts';
import {
  type Cell,
  type CellSums,
  type FigureLine,
  figureLines,
  figureOf,
  foldCells,
  noSums,
} from '../ledger/cells.ts';
import { comparedFloat } from './opening.ts';
import type { ShiftCount, ShiftReport } from './shift-report.ts';

type Reported = Pick<ShiftReport, 'cells' | 'before' | 'moves' | 'isBlind' | 'drawer' | 'float' | 'opening'>;

export const cashOf = ({ pieces }: Pick<ShiftCount, 'pieces'>): Amount =>
  addAmounts(...pieces.map((one) => multiplyAmount(one.value, one.pieces)));

/** Tender changes beyond the list. */
export const unlistedChanges = ({ count, listed }: NonNullable<ShiftReport['tenderChanges']>): number =>
  listed.reduce((left, { times = 1 }) => left - times, count);

const once = { ...noSums, tender: 'cash', state: 'confirmed', isReversal: false, entries: 1 } as const;

/** Adding up cash moves would disclose the cash of a blind count. */
const movesOf = ({ moves, isBlind }: Reported): Cell[] =>
  isBlind ? [] : moves.map(({ kind, amount: principal }) => ({ ...once, line: kind, principal }));

/** Cash of a shift whose drawer is elsewhere: it is not counted here. */
function uncountedOf({ drawer, isBlind }: Reported, cells: readonly Cell[]): Cell[] {
  if (isBlind || drawer === 'own') return [];
  const { held: principal } = foldCells(cells.filter(({ tender }) => tender === 'cash'));
  return isZeroAmount(principal) ? [] : [{ ...once, line: 'uncounted', principal }];
}

/** The difference between the float and the last count. */
function floatOf({ drawer, isBlind, float, opening }: Reported): Cell[] {
  if (isBlind || drawer === 'elsewhere' || opening === undefined) return [];
  const { kind, left } = comparedFloat(opening, float);
  return kind === 'to-bank' || kind === 'put-in' ? [{ ...once, line: kind, principal: left }] : [];
}

/** Entries before the first shift, as cells; null where a report has none. */
export const cellsBefore = ({ before }: Pick<ShiftReport, 'before'>): readonly Cell[] | null =>
  before ?? null;

/** All cells of a report. */
export function reportCells(report: Reported): readonly Cell[] {
  const cells = [
    ...report.cells,
    ...(cellsBefore(report) ?? []).map((cell) => ({ ...cell, isBefore: true as const })),
    ...movesOf(report),
  ];
  return [...cells, ...uncountedOf(report, cells), ...floatOf(report)];
}

/** A blind report leaves out the lines that are cash only. */
export function reportedLines(report: Reported): Readonly<Partial<Record<FigureLine, CellSums>>> {
  const { lines } = foldCells(reportCells(report));
  // Only the first shift of a till has it, if anything was entered before.
  const isShown = (line: FigureLine) =>
    line === 'before' ? report.before !== undefined : !report.isBlind || figureOf[line].isOfCash !== true;
  return Object.fromEntries(figureLines.filter(isShown).map((line) => [line, lines[line]]));
}
