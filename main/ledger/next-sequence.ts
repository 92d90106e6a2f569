import type { Db } from '../kernel/database/open.ts';

/** The number of the next entry, in SQL. By the journal too: that of an entry which the tables have lost is not given again. */
export const nextSequence = `MAX(COALESCE((SELECT MAX(sequence) FROM increment), 0),
  COALESCE((SELECT MAX(entry) FROM journal WHERE entry IS NOT NULL), 0)) + 1`;

export function createNextSequence(db: Db): () => number {
  const next = db.prepare(`SELECT ${nextSequence} AS next`);
  return () => (next.get() as { next: number }).next;
}
