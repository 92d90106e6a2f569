import type { Db } from '../../kernel/database/open.ts';
import type { JournalRow } from '../../ledger/journal/index.ts';
import { createWithNames, type StoredRow } from '../../ledger/tables/index.ts';

/** Journal rows with the names of their entries, for the black box. */
export interface BlackBoxRepository {
  rowsAfter(number: number, limit: number): readonly StoredRow[];
}

const columns = `number, chain, at_ms AS atMs, entry, event, version, actor, reason, content, lower(hex(mac)) AS mac`;

export function createBlackBoxRepository(db: Db): BlackBoxRepository {
  const after = db.prepare(`SELECT ${columns} FROM journal WHERE number > ? ORDER BY number LIMIT ?`);
  const withNames = createWithNames(db);
  return {
    rowsAfter: (number, limit) => (after.all(number, limit) as JournalRow[]).map(withNames),
  };
}
