import type { Db } from '../database/open.ts';

/** How far the journal was followed; only for whoever follows it. */
export interface JournalPlace {
  readonly number: number;
}

/** The entries that the journal has told of since a place; `ids` null: any entry may have changed. */
export interface EntryChanges {
  readonly ids: readonly string[] | null;
  readonly place: JournalPlace;
}

export type ChangedSince = (since: JournalPlace | null) => EntryChanges;

/** Where no journal is kept, nobody tells. */
export const anyMayHaveChanged: ChangedSince = () => ({ ids: null, place: { number: 0 } });

/** Follows the journal by the numbers of its rows. Not within a transaction, which may take rows back. */
export function createEntryChanges(db: Db): ChangedSince {
  const end = db.prepare('SELECT number FROM journal ORDER BY number DESC LIMIT 1');
  const told = db.prepare(
    'SELECT DISTINCT i.id FROM journal j JOIN increment i ON i.sequence = j.entry WHERE j.number > ?',
  );
  return (since) => {
    const place = (end.get() as JournalPlace | undefined) ?? { number: 0 };
    const isFollowed = since !== null && since.number <= place.number;
    return {
      ids: isFollowed ? (told.all(since.number) as { id: string }[]).map(({ id }) => id) : null,
      place,
    };
  };
}
