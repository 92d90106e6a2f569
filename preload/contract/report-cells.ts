import {
  type Cell,
  type CellLine,
  type CellSums,
  type FigureLine,
  foldCells,
  isGivenBack,
  noSums,
  without,
} from './cells.ts';
import {
  type Amount,
  addAmounts,
  compareAmounts,
  isZeroAmount,
  subtractAmounts,
  zeroAmount,
} from './money.ts';
import type { ShiftReport } from './shift-report.ts';

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
>;

const isOfBefore = ({ cellVersion }: Reported): boolean => cellVersion === undefined;

/** Of a drawer that is counted blind nobody adds up what was put in and taken out. */
const movesOf = ({ moves, isBlind }: Reported): Cell[] =>
  isBlind
    ? []
    : moves.map(({ kind, amount: principal }) => ({
        ...{ ...noSums, line: kind, tender: 'cash', state: 'confirmed', isReversal: false, entries: 1 },
        principal,
      }));

/** What was given back late of entries that are not listed: the rows by way to pay have the principal of all. */
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

/** Reports of before name what was settled late and what was taken up in their lists alone, and count the latter as sold. */
function listedBefore(report: Reported): Cell[] {
  const { late, takenUp = [] } = report;
  const cellOf = (entry: ShiftReport['unsettled'][number], line: CellLine): Cell => ({
    ...{ line, tender: entry.tender, state: entry.state, entries: 1 },
    ...{ isReversal: compareAmounts(entry.principal, zeroAmount) < 0 },
    ...{ principal: entry.principal, bonus: entry.bonus, points: zeroAmount },
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

const withLine = (cell: ShiftReport['cells'][number]): Cell => ({ ...cell, line: cell.line ?? 'sale' });

/** What the entries before the first shift come to, as those of a shift of their own; null where a report tells of none. */
export const cellsBefore = ({ before }: Pick<ShiftReport, 'before'>): readonly Cell[] | null =>
  before?.map(withLine) ?? null;

/** All cells of a report, of whatever version. */
export const reportCells = (report: Reported): readonly Cell[] => [
  ...report.cells.map(withLine),
  ...(cellsBefore(report) ?? []).map((cell) => ({ ...cell, isBefore: true as const })),
  ...(isOfBefore(report) ? listedBefore(report) : []),
  ...movesOf(report),
];

/** What a report tells of a line; null: not in this report, which an earlier version wrote. */
export type LineSums = (Omit<CellSums, 'points'> & { readonly points: Amount | null }) | null;

/** Told by the first shift of a till alone, where anything was there before it. */
function beforeOf(
  { before, number, fromSequence }: Reported,
  sums: CellSums,
): { readonly before?: LineSums } {
  if (before !== undefined) return { before: sums };
  return number === 1 && fromSequence > 1 ? { before: null } : {};
}

/** A blind report leaves out what would be a sum of the drawer's cash. */
export function toldLines(report: Reported): Readonly<Partial<Record<FigureLine, LineSums>>> {
  const { paidIn, paidOut, before, ...folded } = foldCells(reportCells(report)).lines;
  const told = { ...folded, ...(report.isBlind ? {} : { paidIn, paidOut }), ...beforeOf(report, before) };
  if (!isOfBefore(report)) return told;
  const listed = (sums: CellSums): LineSums => {
    if (report.unlisted > 0) return null;
    return { ...sums, points: sums.entries === 0 ? zeroAmount : null };
  };
  return { ...told, corrections: null, late: listed(told.late), takenUp: listed(told.takenUp) };
}
