import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';

// The substitute runtime runs the app on libsql behind an adapter. Every expectation is
// checked on better-sqlite3 too, so that the adapter is compared with the real thing.
type Sqlite = typeof BetterSqlite3;

const adapter: Sqlite = createRequire(import.meta.url)('../../scripts/substitute/sqlite.cjs');

export const both: readonly (readonly [string, Sqlite])[] = [
  ['better-sqlite3', BetterSqlite3],
  ['the adapter over libsql', adapter],
];

const schema =
  'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE, n INTEGER NOT NULL CHECK (n < 100), b BLOB) STRICT';

/** A database of its own, with one table. */
export function openBench(Sqlite: Sqlite) {
  const folder = mkdtempSync(join(tmpdir(), 'sqlite-adapter-'));
  const file = join(folder, 'till.db');
  const db = new Sqlite(file);
  db.exec(schema);
  return {
    ...{ folder, file, db },
    insert: (a: string, n = 1) => db.prepare('INSERT INTO t (a, n) VALUES (?, ?)').run(a, n),
    count: () => db.prepare('SELECT count(*) FROM t').pluck().get(),
    close: () => {
      db.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export type Bench = ReturnType<typeof openBench>;

/** The code of what is thrown, or its name and words. */
export function thrown(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Error)
      return 'code' in error ? String(error.code) : `${error.name}: ${error.message}`;
  }
  return 'nothing';
}
