import type { TFunction } from 'i18next';
import { foldCells, isZeroAmount, reportCells } from '../../../preload/contract/app/values.ts';
import type { Amount, Folded, ShiftReport } from '../../../preload/contract/index.ts';

/** Whose entries were settled late: a shift's, or what was there before the first. */
export const ofShift = (t: TFunction, number: number): string =>
  number === 0 ? t('figures.ofBefore') : t('figures.ofShift', { number });

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

/** From the first hour with an entry to the last: the night before and after is no part of the picture. */
export function busyHours<T extends { readonly entries: number }>(hours: readonly T[]): readonly T[] {
  const isBusy = hours.map(({ entries }) => entries > 0);
  const first = isBusy.indexOf(true);
  return first < 0 ? [] : hours.slice(first, isBusy.lastIndexOf(true) + 1);
}
