import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { ToldRow } from '../black-box/told-entries.ts';
import { databaseFailure } from '../database/failure.ts';

interface Row extends ToldRow {
  readonly mac: string;
}

const columns = `number, chain, at_ms AS atMs, entry, event, version, actor, reason, content, lower(hex(mac)) AS mac`;

/**
 * What a database that does not open as a till's still tells of its journal after row `after`, and which accounts there
 * are: as far as its pages can be read. It proves nothing by itself.
 */
export function readOldRows(file: string, after: number): readonly Row[] {
  if (!existsSync(file)) return [];
  const found: Row[] = [];
  let db: Database.Database | null = null;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true, timeout: 0 });
    db.pragma('trusted_schema = OFF');
    found.push(...(db.prepare(`SELECT ${columns} FROM journal WHERE event = 'account'`).all() as Row[]));
    const rows = db.prepare(`SELECT ${columns} FROM journal WHERE number > ? ORDER BY number`);
    for (const row of rows.iterate(after)) found.push(row as Row);
  } catch (thrown) {
    // The first page that cannot be read ends it: what came before it is told.
    if (databaseFailure(thrown) === null) throw thrown;
  } finally {
    db?.close();
  }
  return found;
}
