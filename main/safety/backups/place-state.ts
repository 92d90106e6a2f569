import type { AppError } from '../../../preload/contract/index.ts';
import type { BackupName } from './backup-name.ts';

/** The newest backup in a place, and what stopped the last try; null where there is none. */
export interface PlaceState {
  readonly folder: string;
  readonly newestAtMs: number | null;
  readonly count: number;
  readonly problem: AppError | null;
}

export const placeState = (
  folder: string,
  found: readonly BackupName[],
  problem: AppError | null,
): PlaceState => ({
  folder,
  problem,
  count: found.length,
  newestAtMs: found.reduce<number | null>((latest, { atMs }) => Math.max(latest ?? 0, atMs), null),
});
