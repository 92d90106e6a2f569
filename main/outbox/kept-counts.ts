import { type EntryState, entryStates } from '../../preload/contract/index.ts';
import type { Db } from '../database/open.ts';
import { createEntryChanges, type JournalPlace } from './entry-changes.ts';
import { isOpenState } from './moving.ts';

export type Counts = Record<EntryState, number>;

interface Kept {
  readonly counts: Counts;
  /** The states of all that has not ended. */
  readonly open: Map<string, EntryState>;
  /** The newest entry that is counted. */
  readonly newest: number;
  readonly place: JournalPlace;
}

interface StateRow {
  readonly id: string;
  readonly sequence: number;
  readonly state: EntryState;
}

/**
 * How many entries there are of each state: counted once, and then kept by what the journal tells of. An entry that
 * has ended never changes its state again.
 */
export function createKeptCounts(db: Db): { counts(): Counts; countAnew(): void } {
  const counted = db.prepare('SELECT state, COUNT(*) AS entries FROM increment GROUP BY state');
  const openRows = db.prepare(
    "SELECT id, sequence, state FROM increment WHERE state IN ('queued', 'sending', 'unknown', 'review')",
  );
  const last = db.prepare('SELECT COALESCE(MAX(sequence), 0) AS newest FROM increment');
  const rowOf = db.prepare('SELECT id, sequence, state FROM increment WHERE id = ?');
  const changedSince = createEntryChanges(db);
  let kept: Kept | null = null;

  const countAll = (place: JournalPlace): Kept => {
    const counts = Object.fromEntries(entryStates.map((state) => [state, 0])) as Counts;
    for (const { state, entries } of counted.all() as { state: EntryState; entries: number }[]) {
      counts[state] = entries;
    }
    const open = new Map((openRows.all() as StateRow[]).map(({ id, state }) => [id, state]));
    const { newest } = last.get() as { newest: number };
    return { counts, open, newest, place };
  };

  /** Null where that is not how entries change: all is counted then. */
  const goOn = (before: Kept, ids: readonly string[], place: JournalPlace): Kept | null => {
    const { open } = before;
    const counts = { ...before.counts };
    let newest = before.newest;
    for (const id of ids) {
      const row = rowOf.get(id) as StateRow | undefined;
      if (row === undefined) return null;
      const was = open.get(id);
      const isNew = row.sequence > before.newest;
      if (was === undefined && !isNew) {
        if (isOpenState(row.state)) return null;
        continue;
      }
      if (was !== undefined) counts[was] -= 1;
      counts[row.state] += 1;
      if (isOpenState(row.state)) open.set(id, row.state);
      else open.delete(id);
      newest = Math.max(newest, row.sequence);
    }
    return { counts, open, newest, place };
  };

  return {
    counts: () => {
      const { ids, place } = changedSince(kept?.place ?? null);
      const before = kept;
      // What throws from here on is counted whole the next time.
      kept = null;
      const now = (before && ids && goOn(before, ids, place)) ?? countAll(place);
      // What a transaction has written it may take back, and its row's number is given again.
      if (!db.inTransaction) kept = now;
      return { ...now.counts };
    },
    countAnew: () => {
      kept = null;
    },
  };
}
