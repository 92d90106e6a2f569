import type { BackupName } from './backup-name.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const HOURS = 24;
const DAYS = 14;

/** Those from before an update are what a program that goes back needs: so many stay, whatever was made since. */
const OF_UPDATES = 3;

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

/** Of what is sorted newest first. */
const keptOf = (backups: readonly BackupName[]): readonly BackupName[] => [
  ...newestOfEach(backups, ({ atMs }) => Math.floor(atMs / HOUR_MS)).slice(0, HOURS),
  ...newestOfEach(backups, ({ atMs }) => Math.floor(atMs / DAY_MS)).slice(0, DAYS),
  ...backups.filter(({ reason }) => reason === 'update').slice(0, OF_UPDATES),
];

/**
 * Which backups stay: the newest of each of the last 24 hours and of each of the last 14 days in which any was made, and
 * those before the last updates. By number and never by age, so that a clock which is set wrong, or a shop that was
 * closed for a month, takes none away; and those of a time that is still to come, which a wrong clock has made or makes
 * of all the others, are counted apart.
 */
export function whichToKeep(backups: readonly BackupName[], nowMs: number): ReadonlySet<string> {
  const sorted = [...backups].sort((a, b) => b.atMs - a.atMs);
  const past = sorted.filter(({ atMs }) => atMs <= nowMs);
  const future = sorted.filter(({ atMs }) => atMs > nowMs);
  return new Set([...keptOf(past), ...keptOf(future)].map(({ name }) => name));
}

/** What goes, the oldest first. */
export function whichToRemove(backups: readonly BackupName[], nowMs: number): readonly BackupName[] {
  const kept = whichToKeep(backups, nowMs);
  return backups.filter(({ name }) => !kept.has(name)).sort((a, b) => a.atMs - b.atMs);
}
