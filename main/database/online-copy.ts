import Database from 'better-sqlite3';
import type { Db } from './db.ts';

/**
 * Copies a database that is being worked on into a new file, as it is at one moment. The copy has no log beside it:
 * it is one file, and can be read from a medium that takes no writing.
 */
export async function copyOnline(db: Db, file: string): Promise<void> {
  await db.backup(file);
  const copy = new Database(file);
  try {
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}
