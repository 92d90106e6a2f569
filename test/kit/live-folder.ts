import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';

/** Every byte of the live till, which is closed. */
export function bytesOf(folder: string): string {
  const hash = createHash('sha256');
  const names = existsSync(liveFolder(folder)) ? readdirSync(liveFolder(folder)).sort() : [];
  for (const name of names) {
    const bytes = name.startsWith('set-aside') ? name : readFileSync(join(liveFolder(folder), name));
    // A reader makes both: SQLite creates the one, and the other empty.
    if (name.endsWith('-shm') || (name.endsWith('-wal') && bytes.length === 0)) continue;
    hash.update(name).update(bytes);
  }
  return hash.digest('hex');
}

/** What the open live till keeps of its own: every row of the journal, and the settings that no counter of calls writes. */
export function recordsOf(folder: string): string {
  const db = new Database(databaseFile(liveFolder(folder)), { readonly: true });
  try {
    const rows = db.prepare('SELECT * FROM journal ORDER BY 1').all();
    const kept = db
      .prepare(
        "SELECT * FROM setting WHERE key NOT LIKE 'people.tries' AND key NOT LIKE 'manager%' ORDER BY key",
      )
      .all();
    return createHash('sha256')
      .update(JSON.stringify([rows, kept]))
      .digest('hex');
  } finally {
    db.close();
  }
}
