import type { BackupName } from './backup-name.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const HOURS = 24;
const DAYS = 14;

/** Those from before an update are what a program that goes back needs: so many stay, whatever was made since. */
const OF_UPDATES = 3;

/** A clock that was wrong has made these; so many stay until it has caught up with them. */
const OF_THE_FUTURE = 2;

/** The first of each slot, of what is sorted newest first. */
function newestOfEach(
  backups: readonly BackupName[],
  slotOf: (backup: BackupName) => number,
): readonly BackupName[] {
  const slots = new Set<number>();
  return backups.filter((backup) => {
    const slot = slotOf(backup);
    const isFirst = !slots.has(slot);
    slots.add(slot);
    return isFirst;
  });
}

/**
 * Which backups stay: the newest of each of the last 24 hours and of each of the last 14 days, the newest before an
 * update, and the newest of all, whatever its age: the last good one is never removed.
 */
export function whichToKeep(backups: readonly BackupName[], nowMs: number): ReadonlySet<string> {
  const sorted = [...backups].sort((a, b) => b.atMs - a.atMs);
  const past = sorted.filter(({ atMs }) => atMs <= nowMs);
  const future = sorted.filter(({ atMs }) => atMs > nowMs);
  const within = (ageMs: number) => past.filter(({ atMs }) => nowMs - atMs < ageMs);
  const kept = [
    ...newestOfEach(within(HOURS * HOUR_MS), ({ atMs }) => Math.floor(atMs / HOUR_MS)).slice(0, HOURS),
    ...newestOfEach(within(DAYS * DAY_MS), ({ atMs }) => Math.floor(atMs / DAY_MS)),
    ...within(DAYS * DAY_MS)
      .filter(({ reason }) => reason === 'update')
      .slice(0, OF_UPDATES),
    ...future.slice(-OF_THE_FUTURE),
    ...past.slice(0, 1),
  ];
  return new Set(kept.map(({ name }) => name));
}

/** What goes, the oldest first. */
export function whichToRemove(backups: readonly BackupName[], nowMs: number): readonly BackupName[] {
  const kept = whichToKeep(backups, nowMs);
  return backups.filter(({ name }) => !kept.has(name)).sort((a, b) => a.atMs - b.atMs);
}
