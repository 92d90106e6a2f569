import type { AppError } from '../../../preload/contract/index.ts';
import type { BackupState } from './backup-service.ts';
import type { PlaceState } from './place-state.ts';

const DAY_MS = 86_400_000;

/** A stick that is taken home over a weekend is no trouble; one that nobody has seen for a week is. */
const SECOND_AFTER_MS = 7 * DAY_MS;

const isOld = ({ newestAtMs }: PlaceState, ageMs: number, nowMs: number): boolean =>
  newestAtMs === null || Math.abs(nowMs - newestAtMs) >= ageMs;

/** What is told without being asked: that backups have failed for so long that somebody has to do something. */
export function worthTelling({ here, second }: BackupState, nowMs: number): AppError | null {
  if (here.problem !== null && isOld(here, DAY_MS, nowMs)) return here.problem;
  if (second !== null && second.problem !== null && isOld(second, SECOND_AFTER_MS, nowMs))
    return second.problem;
  return null;
}
