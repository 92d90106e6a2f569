import Database from 'better-sqlite3';
import { inPercent, type Tell, tellNobody } from '../progress.ts';

/**
 * Copies a database, which may be worked on meanwhile and be of any version, into a new file, as it is at one moment. The
 * copy has no log beside it: it is one file, and can be read from a medium that takes no writing. What is wrong with it
 * is for others to find; throws where it cannot be read.
 */
export async function copyOfFile(file: string, to: string, tell: Tell = tellNobody): Promise<void> {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 5_000 });
  try {
    // One moment for all of its steps: else each entry that is written meanwhile begins the copy anew.
    db.exec('BEGIN');
    db.prepare('SELECT 1 FROM sqlite_schema').get();
    await db.backup(to, { progress: pagesTold(tell) });
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

const PAGES_AT_ONCE = 100;

/** The size is known once the copy has begun. */
function pagesTold(tell: Tell): (pages: Database.BackupMetadata) => number {
  let goOn: ((more: number) => void) | null = null;
  return ({ totalPages }) => {
    goOn ??= inPercent(totalPages, tell);
    goOn(PAGES_AT_ONCE);
    return PAGES_AT_ONCE;
  };
}
