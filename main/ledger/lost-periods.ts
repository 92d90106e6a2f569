import type { LostPeriod } from '../hosts/index.ts';
import type { Db } from '../kernel/database/open.ts';
import { EPOCH } from './journal/till-line.ts';

/**
 * Periods whose increments this journal may lack: from the last entry before each new epoch to that epoch. Nothing is
 * read if `newestFork`, the row of the newest epoch, is known already.
 */
export function createLostPeriods(
  db: Pick<Db, 'prepare'>,
): (newestFork?: number | null) => readonly LostPeriod[] {
  const forks = db.prepare(
    `SELECT number, at_ms AS atMs FROM journal
     WHERE entry IS NULL AND event = 'noted' AND reason = ? AND number > ? ORDER BY number`,
  );
  const newestBefore = db.prepare(
    `SELECT at_ms AS atMs FROM journal WHERE number < ? AND event = 'added' ORDER BY number DESC LIMIT 1`,
  );
  const first = db.prepare('SELECT at_ms AS atMs FROM journal WHERE number = 1');
  const known: LostPeriod[] = [];
  let newest = 0;
  return (newestFork) => {
    if (newestFork !== undefined && (newestFork ?? 0) <= newest) return known;
    for (const fork of forks.all(EPOCH, newest) as { number: number; atMs: number }[]) {
      const row = newestBefore.get(fork.number) ?? first.get();
      known.push({ fromMs: (row as { atMs: number } | undefined)?.atMs ?? fork.atMs, toMs: fork.atMs });
      newest = fork.number;
    }
    return known;
  };
}
