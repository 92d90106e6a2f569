import { addAmounts, compareAmounts, isZeroAmount, negateAmount } from '../kernel/money.ts';
import { addUpBy, type FigureLine, figureLines, figureOf, foldCells, isGivenBack } from '../ledger/cells.ts';
import { cashOf, cellsBefore, reportCells, reportedLines } from './report-cells.ts';
import type { ShiftReport } from './shift-report.ts';

// A report is one list of rows that screen, receipt and table print, and none of them computes. `part` is the
// kind of row, `name` which of them; null is hidden.

/** How many are at KYBIO by its own reply, and otherwise, where any are. */
const arrivals = ({ arrived }: ShiftReport) =>
  (['byReply', 'byEvidence', 'byManager', 'notYet'] as const)
    .map((name) => ({ part: 'arrived', name, entries: arrived[name] }) as const)
    .filter(({ name, entries }) => name === 'byReply' || entries > 0);

const committed = ({ counted: by }: ShiftReport) =>
  by === null
    ? []
    : [{ part: 'count', name: 'cash', cashier: by.who, atMs: by.atMs, amount: cashOf(by.count) } as const];

function counted({ opening }: ShiftReport) {
  if (opening === undefined) return [];
  const { counted: amount, shift, uncounted } = opening;
  return [
    { part: 'sum', name: 'countedLast', amount, shift } as const,
    { part: 'sum', name: 'uncountedSince', amount: uncounted } as const,
  ];
}

const rowsOfLines = <P, S>(part: P, lines: Readonly<Partial<Record<FigureLine, S>>>) =>
  (Object.entries(lines) as [FigureLine, S][]).map(([name, sums]) => ({ part, name, sums }) as const);

/** The rows of the table, in order; all others are computed from them. */
export const tableRows = (report: ShiftReport) => [
  { part: 'sum', name: 'float', amount: report.float } as const,
  ...counted(report),
  { part: 'sum', name: 'bonus', amount: report.bonus } as const,
  { part: 'sum', name: 'points', points: report.points } as const,
  ...report.moves.map((move) => ({ ...move, part: 'move', name: move.reason, cashier: move.who }) as const),
  ...report.tenders.map((row) => ({ ...row, part: 'tender', name: null }) as const),
  ...committed(report),
  ...rowsOfLines('line' as const, reportedLines(report)),
  ...report.cells.map((cell) => ({ ...cell, part: 'cell', name: cell.line }) as const),
  ...(report.before ?? []).map(
    ({ shift: _, ...cell }) => ({ ...cell, part: 'before', name: cell.line }) as const,
  ),
  ...arrivals(report),
  ...report.hours.map((hour) => ({ ...hour, part: 'hour', name: `${hour.hour}:00` }) as const),
  ...report.unsettled.map((entry) => ({ ...entry, part: 'unsettled', name: null }) as const),
  ...report.late.map((entry) => ({ ...entry, part: 'late', name: entry.was }) as const),
  ...report.afterPaper.map((entry) => ({ ...entry, part: 'after-paper', name: entry.by }) as const),
  ...(report.takenUp ?? []).map(
    (entry) => ({ ...entry, part: 'taken-up', name: entry.original.till }) as const,
  ),
  ...report.tenderChanges.listed.map(
    ({ was: name, now: tender, who: cashier, times = 1, ...change }) =>
      ({ ...change, part: 'tender-changed', name, tender, cashier, times }) as const,
  ),
];

/**
 * How expected cash is computed, line by line; outflows are negative, zero lines are left out. Empty where
 * cash is hidden, or counted elsewhere.
 */
function cash(report: ShiftReport) {
  const expected = report.tenders.find(({ tender }) => tender === 'cash')?.expected ?? null;
  if (report.drawer === 'elsewhere' || expected === null) return [];
  const { lines } = foldCells(reportCells(report).filter(({ tender }) => tender === 'cash'));
  const between = [
    { name: 'reversed', amount: negateAmount(lines.reversed.principal) },
    { name: 'paid-in', amount: lines.paidIn.principal },
    { name: 'paid-out', amount: negateAmount(lines.paidOut.principal) },
    { name: 'late', amount: negateAmount(lines.late.principal) },
  ] as const;
  const all = [
    { name: 'float', amount: report.float } as const,
    { name: 'taken', amount: lines.taken.principal } as const,
    ...between.filter(({ amount }) => !isZeroAmount(amount)),
    { name: 'expected', amount: expected } as const,
  ];
  return all.map((line) => ({ part: 'cash', ...line }) as const);
}

/** Entries before the first shift; empty where a report has none. */
export function rowsBefore({ before }: Pick<ShiftReport, 'before'>) {
  const cells = cellsBefore({ before });
  if (cells === null) return [];
  const { net, lines } = foldCells(cells);
  const sold = [...new Set(cells.filter(({ line }) => line === 'sale').map(({ tender }) => tender))];
  const byTender = sold.map((tender) => ({
    ...foldCells(cells.filter((cell) => cell.tender === tender)).net,
    part: 'before-tender' as const,
    tender,
  }));
  return [
    { part: 'before-net', ...net } as const,
    ...byTender.filter(({ entries }) => entries > 0),
    ...rowsOfLines('before-line' as const, lines),
  ];
}

/** Each cashier's net, largest first; by tender; and their openings of the drawer. */
function byCashier({ cells }: ShiftReport) {
  const own = cells.filter(({ shift }) => shift === undefined);
  const folded = [...new Set(own.map(({ cashier }) => cashier))].map((cashier) => ({
    cashier,
    of: foldCells(own.filter((cell) => cell.cashier === cashier)),
  }));
  const paid = own.filter(
    (cell) => cell.line === 'sale' && !isGivenBack(cell) && !isZeroAmount(cell.principal),
  );
  return [
    ...folded
      .map(({ cashier, of }) => ({ part: 'cashier', cashier, ...of.net }) as const)
      .filter(({ entries }) => entries > 0)
      .sort((one, other) => compareAmounts(other.principal, one.principal)),
    ...addUpBy(paid, ({ cashier, tender }) => JSON.stringify([cashier, tender])).map(
      ({ cashier, tender, principal }) => ({ part: 'cashier-tender', cashier, tender, principal }) as const,
    ),
    ...folded.flatMap(({ cashier, of }) =>
      figureLines
        .filter((name) => figureOf[name].isOpening)
        .map((name) => ({ part: 'opening', name, cashier, ...of.lines[name] }) as const)
        .filter(({ entries }) => entries > 0),
    ),
  ];
}

/** All figures of a report. Pure; a part without entries has no row. */
export const reportRows = (report: ShiftReport) => [
  ...tableRows(report),
  { part: 'net', ...foldCells(reportCells(report)).net } as const,
  ...cash(report),
  // Over all tenders that are shown.
  ...(['done', 'waiting', 'checking', 'review'] as const).map(
    (name) =>
      ({
        part: 'state',
        name,
        amount: addAmounts(...report.tenders.flatMap((row) => row[name] ?? [])),
      }) as const,
  ),
  ...rowsBefore(report),
  ...byCashier(report),
];

export type TableRow = ReturnType<typeof tableRows>[number];
export type ReportRow = ReturnType<typeof reportRows>[number];
export type RowOf<P extends ReportRow['part']> = Extract<ReportRow, { readonly part: P }>;

export const rowsOf = <P extends ReportRow['part']>(rows: readonly ReportRow[], part: P) =>
  rows.filter((row): row is RowOf<P> => row.part === part);
