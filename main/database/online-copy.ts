import Database from 'better-sqlite3';

/**
 * Copies a database, which may be worked on meanwhile and be of any version, into a new file, as it is at one moment. The
 * copy has no log beside it: it is one file, and can be read from a medium that takes no writing. What is wrong with it
 * is for others to find; throws where it cannot be read.
 */
export async function copyOfFile(file: string, to: string): Promise<void> {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 5_000 });
  try {
    // One moment for all of its steps: else each entry that is written meanwhile begins the copy anew.
    db.exec('BEGIN');
    db.prepare('SELECT 1 FROM sqlite_schema').get();
    await db.backup(to);
  } finally {
    db.close();
  }
  const copy = new Database(to);
  try {
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}
