import type { BackupName } from './backup-name.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const HOURS = 24;
const DAYS = 14;

/** For a rollback of the program: so many stay whatever came since. */
const OF_UPDATES = 3;

/** Takes them sorted newest first. */
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

const keptOf = (backups: readonly BackupName[]): readonly BackupName[] => [
  ...newestOfEach(backups, ({ atMs }) => Math.floor(atMs / HOUR_MS)).slice(0, HOURS),
  ...newestOfEach(backups, ({ atMs }) => Math.floor(atMs / DAY_MS)).slice(0, DAYS),
  ...backups.filter(({ reason }) => reason === 'update').slice(0, OF_UPDATES),
];

/**
 * The newest of each of the last 24 hours and 14 days that have any, and those before the last updates. Counted, not by
 * age, so that a wrong clock or a month's holiday removes none; those in the future, by a wrong clock, count apart.
 */
export function whichToKeep(backups: readonly BackupName[], nowMs: number): ReadonlySet<string> {
  const sorted = [...backups].sort((a, b) => b.atMs - a.atMs);
  const past = sorted.filter(({ atMs }) => atMs <= nowMs);
  const future = sorted.filter(({ atMs }) => atMs > nowMs);
  return new Set([...keptOf(past), ...keptOf(future)].map(({ name }) => name));
}

/** Oldest first. */
export function whichToRemove(backups: readonly BackupName[], nowMs: number): readonly BackupName[] {
  const kept = whichToKeep(backups, nowMs);
  return backups.filter(({ name }) => !kept.has(name)).sort((a, b) => a.atMs - b.atMs);
}
