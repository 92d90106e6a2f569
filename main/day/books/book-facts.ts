import {
  type Amount,
  addUpBy,
  type CashMove,
  type Cell,
  isZeroAmount,
  reportCells,
  type ShiftReport,
} from '../../../preload/contract/index.ts';

/** What the books need of a Z. */
export interface BookFacts {
  readonly currency: string;
  /** Its sales and late settlements, whoever the cashier was. */
  readonly cells: readonly Cell[];
  readonly moves: readonly Pick<CashMove, 'kind' | 'amount' | 'reason'>[];
  /** Counted less expected, where they differ. */
  readonly variances: readonly { readonly tender: string; readonly variance: Amount }[];
  /** It leaves out some imported receipts: more than fit. */
  readonly isCut: boolean;
}

/** Imported here, or imported in an earlier shift and settled in this one: only what is listed of it can be booked. */
const importedIn = (cells: readonly Cell[], isLate: boolean): number =>
  cells
    .filter(({ line, shift }) => line === 'taken-up' && (shift !== undefined) === isLate)
    .reduce((all, { entries }) => all + entries, 0);

function isCut({ unlisted, takenUp = [], late }: ShiftReport, cells: readonly Cell[]): boolean {
  if (unlisted === 0) return false;
  const listed = takenUp.filter(({ tender }) => tender === null).length;
  const settled = late.filter(({ line, settledAtMs }) => line === 'taken-up' && settledAtMs !== null).length;
  return importedIn(cells, false) > listed || importedIn(cells, true) > settled;
}

export function bookFactsOf(report: ShiftReport): BookFacts {
  const cells = reportCells(report);
  return {
    currency: report.currency,
    cells: addUpBy(
      cells
        .filter(({ line }) => line === 'sale')
        .map(({ line, tender, state, isReversal, shift, isBefore, entries, principal, bonus, points }) => {
          return { line, tender, state, isReversal, shift, isBefore, entries, principal, bonus, points };
        }),
      ({ tender, state, isReversal, shift, isBefore }) =>
        JSON.stringify([tender, state, isReversal, shift, isBefore]),
    ),
    moves: report.moves.map(({ kind, amount, reason }) => ({ kind, amount, reason })),
    variances: report.tenders.flatMap(({ tender, variance }) =>
      tender === null || variance === null || isZeroAmount(variance) ? [] : [{ tender, variance }],
    ),
    isCut: isCut(report, cells),
  };
}
