import type { Db } from '../../kernel/database/open.ts';
import type { JournalRow } from '../../ledger/journal/index.ts';
import { ACCOUNT, createWithNames, type KeptRow } from '../../ledger/tables/index.ts';

/** The journal's rows as they lie there, to be kept elsewhere as well, each with the names of its entry beside it. */
export interface BlackBoxRepository {
  rowsAfter(number: number, limit: number): readonly KeptRow[];
  /** The rows that say which till's the entries are, without which nobody can read them. */
  accountRows(): readonly JournalRow[];
}

const columns = `number, chain, at_ms AS atMs, entry, event, version, actor, reason, content, lower(hex(mac)) AS mac`;

export function createBlackBoxRepository(db: Db): BlackBoxRepository {
  const after = db.prepare(`SELECT ${columns} FROM journal WHERE number > ? ORDER BY number LIMIT ?`);
  // By what is of no entry: of years of rows a few.
  const accounts = db.prepare(
    `SELECT ${columns} FROM journal INDEXED BY journal_by_reason WHERE event = '${ACCOUNT}' AND entry IS NULL ORDER BY number`,
  );
  const withNames = createWithNames(db);
  return {
    rowsAfter: (number, limit) => (after.all(number, limit) as JournalRow[]).map(withNames),
    accountRows: () => accounts.all() as JournalRow[],
  };
}
