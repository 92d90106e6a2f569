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

/**
 * The same of a file that this program may not have open, whatever version made it. What is wrong with it is for others
 * to find; throws where it cannot be read.
 */
export async function copyOfFile(file: string, to: string): Promise<void> {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 5_000 });
  try {
    await copyOnline(db, to);
  } finally {
    db.close();
  }
}
