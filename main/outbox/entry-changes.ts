import type { Db } from '../database/open.ts';

/** How far the journal was followed; only for whoever follows it. */
export interface JournalPlace {
  readonly chain: number;
  readonly number: number;
}

/** The entries that the journal has told of since a place; `ids` null: any entry may have changed. */
export interface EntryChanges {
  readonly ids: readonly string[] | null;
  readonly place: JournalPlace;
}

export type ChangedSince = (since: JournalPlace | null) => EntryChanges;

/** Where no journal is kept, nobody tells. */
export const anyMayHaveChanged: ChangedSince = () => ({ ids: null, place: { chain: 0, number: 0 } });

/** Follows the journal by the numbers of its rows. Not within a transaction, which may take rows back. */
export function createEntryChanges(db: Db): ChangedSince {
  const end = db.prepare('SELECT chain, number FROM journal ORDER BY chain DESC, number DESC LIMIT 1');
  const told = db
    .prepare('SELECT DISTINCT entry_id FROM journal WHERE chain = ? AND number > ? AND entry_id IS NOT NULL')
    .pluck();
  return (since) => {
    const place = (end.get() as JournalPlace | undefined) ?? { chain: 0, number: 0 };
    const isFollowed = since !== null && since.chain === place.chain && since.number <= place.number;
    return { ids: isFollowed ? (told.all(since.chain, since.number) as string[]) : null, place };
  };
}
