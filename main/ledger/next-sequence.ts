import type { Db } from '../kernel/database/open.ts';

/**
 * SQL for the next entry's number. Includes the journal, so that the number of an entry lost from the tables is not
 * reused.
 */
export const nextSequence = `MAX(COALESCE((SELECT MAX(sequence) FROM increment), 0),
  COALESCE((SELECT MAX(entry) FROM journal WHERE entry IS NOT NULL), 0)) + 1`;

export function createNextSequence(db: Db): () => number {
  const next = db.prepare(`SELECT ${nextSequence} AS next`);
  return () => (next.get() as { next: number }).next;
}
