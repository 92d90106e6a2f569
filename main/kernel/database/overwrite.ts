import type { Db } from './db.ts';

/**
 * One transaction whose deleted content is overwritten, in the file and in its log. A program that reads meanwhile keeps
 * the log as it is until the next checkpoint; what pages had freed before is not touched.
 */
export function overwriting<T>(db: Db, work: () => T): T {
  const before = Number(db.pragma('secure_delete', { simple: true }));
  db.pragma('secure_delete = ON');
  try {
    return db.transaction(work).immediate();
  } finally {
    db.pragma(`secure_delete = ${before}`);
    // Nobody waits for a reader.
    const waitMs = Number(db.pragma('busy_timeout', { simple: true }));
    db.pragma('busy_timeout = 0');
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.pragma(`busy_timeout = ${waitMs}`);
  }
}
