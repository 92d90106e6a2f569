import type { TFunction } from 'i18next';
import {
  compareAmounts,
  foldCells,
  isZeroAmount,
  negateAmount,
  reportCells,
} from '../../../preload/contract/app/values.ts';
import type { Amount, CellSums, Folded, ShiftReport } from '../../../preload/contract/index.ts';

/** Whose entries were settled late: a shift's, or what was there before the first. */
export const ofShift = (t: TFunction, number: number): string =>
  number === 0 ? t('figures.ofBefore') : t('figures.ofShift', { number });

export interface Share extends CellSums {
  readonly cashier: string;
}

/** What each cashier took, reversals taken off, the most first. */
export function byCashier({ cells }: Pick<ShiftReport, 'cells'>): readonly Share[] {
  const names = [...new Set(cells.map(({ cashier }) => cashier))];
  const shares = names.map((cashier) => {
    const own = cells.filter((cell) => cell.cashier === cashier && cell.shift === undefined);
    return { cashier, ...foldCells(own.map((cell) => ({ ...cell, line: cell.line ?? 'sale' }))).net };
  });
  return shares
    .filter(({ entries }) => entries > 0)
    .sort((one, other) => compareAmounts(other.principal, one.principal));
}

/** What the figures of a report come to. */
export const foldedOf = (report: ShiftReport): Folded => foldCells(reportCells(report));

/** A way to pay, and by how much its count differs from what was to be there. */
export interface Variance {
  readonly tender: string | null;
  readonly variance: Amount;
}

/** Of each way to pay that was counted. They are not added up: what is missing in cash may be over on cards, and is missing. */
export const variancesOf = ({ tenders }: Pick<ShiftReport, 'tenders'>): readonly Variance[] =>
  tenders.flatMap(({ tender, variance }) => (variance === null ? [] : [{ tender, variance }]));

/** Those that differ. */
export const thatDiffer = (variances: readonly Variance[]): readonly Variance[] =>
  variances.filter(({ variance }) => !isZeroAmount(variance));

export type CashLine = 'float' | 'taken' | 'reversed' | 'paid-in' | 'paid-out' | 'late' | 'expected';

/**
 * How what is to be in the drawer comes about, as one adds it up by hand; null where it is not told. What takes away is
 * below nought, lines of nothing are left out.
 */
export function cashLines(report: ShiftReport): readonly (readonly [CashLine, Amount])[] | null {
  const cash = report.tenders.find(({ tender }) => tender === 'cash');
  if (report.drawer === 'elsewhere' || !cash || cash.taken === null || cash.expected === null) return null;
  const { lines: of } = foldCells(reportCells(report).filter(({ tender }) => tender === 'cash'));
  const lines: readonly (readonly [CashLine, Amount])[] = [
    ['float', report.float],
    ['taken', of.taken.principal],
    ['reversed', negateAmount(of.reversed.principal)],
    ['paid-in', of.paidIn.principal],
    ['paid-out', negateAmount(of.paidOut.principal)],
    ['late', negateAmount(of.late.principal)],
    ['expected', cash.expected],
  ];
  return lines.filter(
    ([line, sum]) => line === 'float' || line === 'taken' || line === 'expected' || !isZeroAmount(sum),
  );
}

/** From the first hour with an entry to the last: the night before and after is no part of the picture. */
export function busyHours(hours: ShiftReport['hours']): ShiftReport['hours'] {
  const isBusy = hours.map(({ entries }) => entries > 0);
  const first = isBusy.indexOf(true);
  return first < 0 ? [] : hours.slice(first, isBusy.lastIndexOf(true) + 1);
}
