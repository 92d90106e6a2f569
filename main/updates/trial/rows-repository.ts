import { type Db, openAnyVersion } from '../../kernel/database/open.ts';

// The journal's table is the same in every version, so an older program may ask a newer one's database for it.

function reading<T>(file: string, ask: (db: Db) => T): T {
  const db = openAnyVersion(file, 5_000);
  try {
    return ask(db);
  } finally {
    db.close();
  }
}

/** How many rows the journal of a database has; throws where that cannot be read. */
export const journalRows = (file: string): number =>
  reading(file, (db) => Number(db.prepare('SELECT coalesce(max(number), 0) FROM journal').pluck().get()));

export interface RowsSince {
  /** Of what a program writes that opens a till and neither takes nor sends anything: its own notes. */
  readonly notes: number;
  /** All others. */
  readonly others: number;
}

/**
 * What a program writes of itself as it opens a till; `adopted` repeats what is there under a new chain, unless a person
 * took the entry up.
 */
const isOwnNote = ({ event, actor }: { readonly event: unknown; readonly actor: unknown }): boolean =>
  event === 'noted' || event === 'chain-opened' || (event === 'adopted' && actor === '');

const unreadable = /^SQLITE_(CORRUPT|NOTADB|ERROR|FORMAT|SCHEMA)/;

/** What the journal has beyond so many rows; null where no program could read it. Throws where the disk does not let it. */
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
