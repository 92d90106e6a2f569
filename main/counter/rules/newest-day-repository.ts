import type { Db } from '../../kernel/database/open.ts';
import { newestDay } from '../../ledger/tables/index.ts';

/** The latest day of the store on which this till has an entry, by the clock as it was then; null where it has none. */
export function createNewestDay(db: Db): () => string | null {
  const newest = db.prepare(`SELECT ${newestDay} AS day`);
  return () => (newest.get() as { readonly day: string | null }).day;
}
