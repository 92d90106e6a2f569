import type { Db } from '../kernel/database/open.ts';

/** How far the journal was followed; only for whoever follows it. */
export interface JournalEnd {
  readonly number: number;
  /** One more whenever the tables were put right, of which no row tells. */
  readonly repairs: number;
}

/** The entries of which the journal has new rows; `ids` null: any entry may have changed. */
export interface EntryChanges {
  readonly ids: readonly string[] | null;
  readonly end: JournalEnd;
}

export type ChangedSince = (since: JournalEnd | null) => EntryChanges;

/** Where no journal is kept, nobody tells. */
export const anyMayHaveChanged: ChangedSince = () => ({ ids: null, end: { number: 0, repairs: 0 } });

/**
 * Follows the journal by the numbers of its rows. Not within a transaction, which may take rows back. `repairs` says how
 * often the tables were put right so far.
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
