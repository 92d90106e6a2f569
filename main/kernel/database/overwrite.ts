import type { Db } from './db.ts';
import { databaseFailure } from './failure.ts';

/** Nobody waits for a program that reads meanwhile: a later checkpoint empties the log. */
function emptyLog(db: Db): void {
  const waitMs = Number(db.pragma('busy_timeout', { simple: true }));
  db.pragma('busy_timeout = 0');
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (thrown) {
    // What was written is committed all the same.
    if (databaseFailure(thrown) === null) throw thrown;
  } finally {
    db.pragma(`busy_timeout = ${waitMs}`);
  }
}

/** One transaction whose deleted content is overwritten, in the file and in its log. What pages had freed before stays. */
export function overwriting<T>(db: Db, work: () => T): T {
  const before = Number(db.pragma('secure_delete', { simple: true }));
  db.pragma('secure_delete = ON');
  try {
    return db.transaction(work).immediate();
  } finally {
    db.pragma(`secure_delete = ${before}`);
    emptyLog(db);
  }
}
