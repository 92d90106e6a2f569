import type { TFunction } from 'i18next';
import { foldCells, isZeroAmount, reportCells } from '../../../preload/contract/app/values.ts';
import type { Amount, Entry, Folded, ShiftReport } from '../../../preload/contract/index.ts';

/** Shift 0 is what was sold before the first. */
export const ofShift = (t: TFunction, number: number): string =>
  number === 0 ? t('figures.ofBefore') : t('figures.ofShift', { number });

export const foldedOf = (report: ShiftReport): Folded => foldCells(reportCells(report));

export interface Variance {
  readonly tender: string | null;
  readonly variance: Amount;
}

/** By tender, never added up: too much on cards does not make good for missing cash. */
export const variancesOf = ({ tenders }: Pick<ShiftReport, 'tenders'>): readonly Variance[] =>
  tenders.flatMap(({ tender, variance }) => (variance === null ? [] : [{ tender, variance }]));

export const thatDiffer = (variances: readonly Variance[]): readonly Variance[] =>
  variances.filter(({ variance }) => !isZeroAmount(variance));

/** From the first hour with an entry to the last. */
export function busyHours<T extends { readonly entries: number }>(hours: readonly T[]): readonly T[] {
  const isBusy = hours.map(({ entries }) => entries > 0);
  const first = isBusy.indexOf(true);
  return first < 0 ? [] : hours.slice(first, isBusy.lastIndexOf(true) + 1);
}

const isOpen = ({ state }: Pick<Entry, 'state'>): boolean =>
  state === 'queued' || state === 'sending' || state === 'unknown' || state === 'review';

/** Entries without an outcome from before the shift: its Z has them apart. */
export const openBefore = (
  entries: readonly Pick<Entry, 'state' | 'createdAtMs'>[],
  openedAtMs: number,
): number => entries.filter((entry) => isOpen(entry) && entry.createdAtMs < openedAtMs).length;
