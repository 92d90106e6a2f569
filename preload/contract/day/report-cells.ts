import {
  type Amount,
  addAmounts,
  compareAmounts,
  isZeroAmount,
  multiplyAmount,
  subtractAmounts,
  zeroAmount,
} from '../kernel/money.ts';
import {
  type Cell,
  type CellLine,
  type CellSums,
  type FigureLine,
  figureLines,
  figureOf,
  foldCells,
  isGivenBack,
  noSums,
  without,
} from '../ledger/cells.ts';
import { comparedFloat } from './opening.ts';
import type { ShiftCount, ShiftReport } from './shift-report.ts';

type Reported = Pick<
  ShiftReport,
  | 'cellVersion'
  | 'cells'
  | 'before'
  | 'moves'
  | 'late'
  | 'unlisted'
  | 'takenUp'
  | 'tenders'
  | 'isBlind'
  | 'number'
  | 'fromSequence'
  | 'drawer'
  | 'float'
  | 'opening'
  | 'afterPaper'
>;

export const cashOf = ({ pieces }: Pick<ShiftCount, 'pieces'>): Amount =>
  addAmounts(...pieces.map((one) => multiplyAmount(one.value, one.pieces)));

/** Tender changes beyond the list. */
export const unlistedChanges = ({ count, listed }: NonNullable<ShiftReport['tenderChanges']>): number =>
  listed.reduce((left, { times = 1 }) => left - times, count);

const isOfBefore = ({ cellVersion }: Reported): boolean => cellVersion === undefined;

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

/** Late refunds beyond the list: a tender's row has the principal of all. */
const lateBesideList = ({ tenders, late }: Reported): Cell[] =>
  tenders.flatMap(({ tender, lateGivenBack }): Cell[] => {
    const listed = late.filter((entry) => entry.tender === tender && isGivenBack(entry));
    const rest = subtractAmounts(
      lateGivenBack ?? zeroAmount,
      addAmounts(...listed.map(({ principal }) => principal)),
    );
    if (lateGivenBack === null || isZeroAmount(rest)) return [];
    const cell = { ...noSums, line: 'sale', tender, state: 'rejected', isReversal: false } as const;
    return [{ ...cell, principal: rest, shift: 0 }];
  });

/** Older reports have late and imported entries only in lists, and count the latter as sold. */
function listedBefore(report: Reported): Cell[] {
  const { late, takenUp = [] } = report;
  const cellOf = (entry: ShiftReport['unsettled'][number], line: CellLine): Cell => ({
    line,
    tender: entry.tender,
    state: entry.state,
    entries: 1,
    isReversal: compareAmounts(entry.principal, zeroAmount) < 0,
    principal: entry.principal,
    bonus: entry.bonus,
    points: zeroAmount,
  });
  const elsewhere = takenUp.filter(({ tender }) => tender === null);
  return [
    ...late
      .filter(({ settledAtMs }) => settledAtMs !== null)
      .map((entry) => ({ ...cellOf(entry, 'sale'), shift: entry.shift })),
    ...lateBesideList(report),
    ...elsewhere.flatMap((entry) => {
      const cell = cellOf(entry, 'taken-up');
      return [cell, { ...cell, line: 'sale' as const, ...without(cell) }];
    }),
  ];
}

/** A cell without a line is a sale, in older reports. */
export const withLine = (cell: ShiftReport['cells'][number]): Cell => ({
  ...cell,
  line: cell.line ?? 'sale',
});

/** Entries before the first shift, as cells; null where a report has none. */
export const cellsBefore = ({ before }: Pick<ShiftReport, 'before'>): readonly Cell[] | null =>
  before?.map(withLine) ?? null;

/** All cells of a report, of whatever version. */
export function reportCells(report: Reported): readonly Cell[] {
  const cells = [
    ...report.cells.map(withLine),
    ...(cellsBefore(report) ?? []).map((cell) => ({ ...cell, isBefore: true as const })),
    ...(isOfBefore(report) ? listedBefore(report) : []),
    ...movesOf(report),
  ];
  return [...cells, ...uncountedOf(report, cells), ...floatOf(report)];
}

/** Null where an older version left the line out. */
export type LineSums = (Omit<CellSums, 'points'> & { readonly points: Amount | null }) | null;

/** Only the first shift of a till has it, if anything was entered before. */
const tellsBefore = ({ before, number, fromSequence }: Reported): boolean =>
  before !== undefined || (number === 1 && fromSequence > 1);

function isLacking(line: FigureLine, report: Reported): boolean {
  const { madeOf } = figureOf[line];
  return madeOf !== undefined && report[madeOf] === undefined;
}

/** A blind report leaves out the lines that are cash only. */
export function reportedLines(report: Reported): Readonly<Partial<Record<FigureLine, LineSums>>> {
  const { lines } = foldCells(reportCells(report));
  const isCut = isOfBefore(report) && report.unlisted > 0;
  const toldOf = (line: FigureLine): LineSums => {
    const sums = lines[line];
    if (isLacking(line, report)) return null;
    if (!isOfBefore(report) || (line !== 'late' && line !== 'takenUp')) return sums;
    return isCut ? null : { ...sums, points: sums.entries === 0 ? zeroAmount : null };
  };
  const isShown = (line: FigureLine) =>
    line === 'before' ? tellsBefore(report) : !report.isBlind || figureOf[line].isOfCash !== true;
  const shown = figureLines.filter(isShown);
  return Object.fromEntries(shown.map((line) => [line, toldOf(line)]));
}
