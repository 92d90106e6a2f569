import { type Db, openAnyVersion } from '../../kernel/database/open.ts';

// The journal's table is the same in every version, so an older program can read a newer one's.

function reading<T>(file: string, ask: (db: Db) => T): T {
  const db = openAnyVersion(file, 5_000);
  try {
    return ask(db);
  } finally {
    db.close();
  }
}

/** Throws where the database cannot be read. */
export const journalRows = (file: string): number =>
  reading(file, (db) => Number(db.prepare('SELECT coalesce(max(number), 0) FROM journal').pluck().get()));

export interface RowsSince {
  /** Rows that opening a till writes by itself. */
  readonly notes: number;
  readonly others: number;
}

/** Rows that opening a till writes by itself; `adopted` repeats entries under a new chain, unless a person imported one. */
const isOwnNote = ({ event, actor }: { readonly event: unknown; readonly actor: unknown }): boolean =>
  event === 'noted' || event === 'chain-opened' || (event === 'adopted' && actor === '');

const unreadable = /^SQLITE_(CORRUPT|NOTADB|ERROR|FORMAT|SCHEMA)/;

/** Rows of the journal after the first `rows`; null where no program could read it. Throws on a disk error. */
export function rowsSince(file: string, rows: number): RowsSince | null {
  try {
    const found = reading(
      file,
      (db) =>
        db.prepare('SELECT event, actor FROM journal WHERE number > ?').all(rows) as Parameters<
          typeof isOwnNote
        >[0][],
    );
    const notes = found.filter(isOwnNote).length;
    return { notes, others: found.length - notes };
  } catch (thrown) {
    if (unreadable.test(String((thrown as NodeJS.ErrnoException).code))) return null;
    throw thrown;
  }
}
