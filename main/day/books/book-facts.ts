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
}

export function bookFactsOf(report: ShiftReport): BookFacts {
  return {
    currency: report.currency,
    cells: addUpBy(
      reportCells(report)
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
  };
}
