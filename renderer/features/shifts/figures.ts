import type { Amount, ShiftReport } from '../../../preload/contract/index.ts';
import {
  addAmounts,
  compareAmounts,
  isZeroAmount,
  negateAmount,
  zeroAmount,
} from '../../../preload/contract/values.ts';

type Cell = ShiftReport['cells'][number];

const sumOf = <T>(rows: readonly T[], of: (row: T) => Amount): Amount =>
  addAmounts(zeroAmount, ...rows.map(of));

/** What a member gave or got: what was refused or taken back before it went is neither. */
const counts = ({ state }: Cell): boolean => state !== 'rejected' && state !== 'cancelled';

export interface Share {
  readonly cashier: string;
  readonly entries: number;
  readonly principal: Amount;
  readonly bonus: Amount;
  readonly points: Amount;
}

/** What each cashier took, reversals taken off, the most first. */
export function byCashier(cells: readonly Cell[]): readonly Share[] {
  const names = [...new Set(cells.filter(counts).map(({ cashier }) => cashier))];
  const shares = names.map((cashier) => {
    const own = cells.filter((cell) => counts(cell) && cell.cashier === cashier);
    return {
      cashier,
      entries: own.reduce((all, { entries }) => all + entries, 0),
      principal: sumOf(own, ({ principal }) => principal),
      bonus: sumOf(own, ({ bonus }) => bonus),
      points: sumOf(own, ({ points }) => points),
    };
  });
  return shares.sort((one, other) => compareAmounts(other.principal, one.principal));
}

/** How many entries it is of. */
export const entriesOf = ({ cells }: ShiftReport): number =>
  cells.reduce((all, { entries }) => all + entries, 0);

const isOpen = ({ state }: Cell): boolean =>
  state !== 'confirmed' && state !== 'rejected' && state !== 'cancelled';

/** How many of them are not settled, whether each of those is listed or not. */
export const unsettledOf = ({ cells }: Pick<ShiftReport, 'cells'>): number =>
  cells.filter(isOpen).reduce((all, { entries }) => all + entries, 0);

/** What was taken by all tenders, less what was given back: of those that are told, which a blind report's cash is not. */
export const takenOf = ({ tenders }: ShiftReport): Amount =>
  sumOf(tenders, ({ taken, reversed }) =>
    addAmounts(taken ?? zeroAmount, negateAmount(reversed ?? zeroAmount)),
  );

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
  const moved = (kind: 'paid-in' | 'paid-out') =>
    sumOf(
      report.moves.filter((move) => move.kind === kind),
      ({ amount }) => amount,
    );
  const lines: readonly (readonly [CashLine, Amount])[] = [
    ['float', report.float],
    ['taken', cash.taken],
    ['reversed', negateAmount(cash.reversed ?? zeroAmount)],
    ['paid-in', moved('paid-in')],
    ['paid-out', negateAmount(moved('paid-out'))],
    ['late', negateAmount(cash.lateGivenBack ?? zeroAmount)],
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
