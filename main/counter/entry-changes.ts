import type { Db } from '../kernel/database/open.ts';

/** How far the journal was followed. */
export interface JournalEnd {
  readonly number: number;
  /** Number of repairs of the tables, which no row records. */
  readonly repairs: number;
}

/** Entries with new journal rows; `ids` null: any may have changed. */
interface EntryChanges {
  readonly ids: readonly string[] | null;
  readonly end: JournalEnd;
}

export type ChangedSince = (since: JournalEnd | null) => EntryChanges;

/** Without a journal. */
export const anyMayHaveChanged: ChangedSince = () => ({ ids: null, end: { number: 0, repairs: 0 } });

/**
 * Follows the journal by row numbers; not within a transaction, which may be rolled back. `repairs` counts the
 * repairs of the tables so far.
 */
export function createEntryChanges(db: Db, repairs: () => number = () => 0): ChangedSince {
  const lastNumber = db.prepare('SELECT number FROM journal ORDER BY number DESC LIMIT 1');
  const idsSince = db.prepare(
    'SELECT DISTINCT i.id FROM journal j JOIN increment i ON i.sequence = j.entry WHERE j.number > ?',
  );
  return (since) => {
    const { number } = (lastNumber.get() as { number: number } | undefined) ?? { number: 0 };
    const end = { number, repairs: repairs() };
    const isFollowed = since !== null && since.number <= number && since.repairs === end.repairs;
    return {
      ids: isFollowed ? (idsSince.all(since.number) as { id: string }[]).map(({ id }) => id) : null,
      end,
    };
  };
}
