import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

// The substitute runtime runs the app on libsql behind an adapter. Every expectation here is
// checked on better-sqlite3 too, so that the adapter is compared with the real thing.
type Sqlite = typeof BetterSqlite3;
type Connection = BetterSqlite3.Database;

const adapter: Sqlite = createRequire(import.meta.url)('../../scripts/substitute/sqlite.cjs');
const schema =
  'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE, n INTEGER NOT NULL CHECK (n < 100), b BLOB) STRICT';

function thrown(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Error)
      return 'code' in error ? String(error.code) : `${error.name}: ${error.message}`;
  }
  return 'nothing';
}

describe.each<[string, Sqlite]>([
  ['better-sqlite3', BetterSqlite3],
  ['the adapter over libsql', adapter],
])('%s', (_name, Sqlite) => {
  let folder: string;
  let file: string;
  let db: Connection;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sqlite-adapter-'));
    file = join(folder, 'till.db');
    db = new Sqlite(file);
    db.exec(schema);
  });
  afterEach(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });

  const insert = (a: string, n = 1) => db.prepare('INSERT INTO t (a, n) VALUES (?, ?)').run(a, n);
  const count = () => db.prepare('SELECT count(*) FROM t').pluck().get();

  it('runs, gets, lists and iterates', () => {
    expect(insert('x')).toEqual({ changes: 1, lastInsertRowid: 1 });
    expect(insert('y')).toEqual({ changes: 1, lastInsertRowid: 2 });
    const all = db.prepare('SELECT id, a FROM t ORDER BY id');
    expect(all.get()).toEqual({ id: 1, a: 'x' });
    expect(all.all()).toEqual([
      { id: 1, a: 'x' },
      { id: 2, a: 'y' },
    ]);
    expect([...all.iterate()]).toEqual(all.all());
    expect(all.all()).toHaveLength(2);
    expect(db.prepare('SELECT 1 WHERE 0').get()).toBeUndefined();
    expect(db.prepare('UPDATE t SET n = 3').run().changes).toBe(2);
    expect(db.prepare('CREATE TABLE q (x)').run().changes).toBe(0);
    expect(thrown(() => db.prepare('DELETE FROM t').get())).toContain(
      'TypeError: This statement does not return data',
    );
  });

  it('lists more rows than libsql fetches at once', () => {
    const series =
      'WITH RECURSIVE s(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM s WHERE x < 200) SELECT x FROM s';
    expect(db.prepare(series).pluck().all()).toHaveLength(200);
    expect([...db.prepare(series).iterate()]).toHaveLength(200);
  });

  it('plucks, gives raw rows and columns', () => {
    const two = db.prepare('SELECT 3 AS a, 4 AS a UNION ALL SELECT 5, 6');
    expect(two.get()).toEqual({ a: 4 });
    expect(two.raw().all()).toEqual([
      [3, 4],
      [5, 6],
    ]);
    expect(two.pluck().get()).toBe(3);
    expect(two.all()).toEqual([3, 5]);
    expect(two.pluck(false).get()).toEqual({ a: 4 });
    expect(
      db
        .prepare('SELECT id AS z, n + 1 AS m FROM t')
        .columns()
        .map((column) => [column.name, column.column, column.type]),
    ).toEqual([
      ['z', 'id', 'INTEGER'],
      ['m', null, null],
    ]);
    expect(thrown(() => db.prepare('DELETE FROM t').raw())).toMatch(/^TypeError: The raw\(\) method/);
    expect(thrown(() => db.prepare('DELETE FROM t').pluck())).toMatch(/^TypeError: The pluck\(\) method/);
  });

  it('binds by position and by name', () => {
    expect(db.prepare('SELECT ? AS a, ? AS b').get(1, 'x')).toEqual({ a: 1, b: 'x' });
    expect(db.prepare('SELECT ? AS a, ? AS b').get([1, 'x'])).toEqual({ a: 1, b: 'x' });
    expect(db.prepare('SELECT :a AS a, @b AS b, $c AS c, :a AS d').get({ a: 1, b: 'x', c: null })).toEqual({
      a: 1,
      b: 'x',
      c: null,
      d: 1,
    });
    expect(db.prepare("SELECT ':no' AS a, ? AS b, :c AS c -- ? :d").get(7, { c: 'x' })).toEqual({
      a: ':no',
      b: 7,
      c: 'x',
    });
    expect(db.prepare('SELECT ? AS a').get(null)).toEqual({ a: null });
    expect(db.prepare('SELECT ? AS a').get('中\u{1F600}')).toEqual({ a: '中\u{1F600}' });
    expect(db.prepare('SELECT ? AS a').bind(3).get()).toEqual({ a: 3 });
  });

  it('refuses parameters that are missing, surplus or of no SQL type', () => {
    const one = db.prepare('SELECT ? AS a');
    const named = db.prepare('SELECT :a AS a');
    expect(thrown(() => one.get())).toBe('RangeError: Too few parameter values were provided');
    expect(thrown(() => one.get(1, 2))).toBe('RangeError: Too many parameter values were provided');
    expect(thrown(() => named.get({}))).toBe('RangeError: Missing named parameter "a"');
    expect(thrown(() => named.get())).toBe('TypeError: Missing named parameters');
    for (const value of [true, new Date(0), () => 1, Symbol('x')]) {
      expect(thrown(() => one.get(value))).toMatch(/^TypeError: SQLite3 can only bind/);
      expect(thrown(() => named.get({ a: value }))).toMatch(/^TypeError: SQLite3 can only bind/);
    }
    expect(thrown(() => one.get(2n ** 63n))).toMatch(/^RangeError: The bound string, buffer, or bigint/);
  });

  it('refuses anything but one statement', () => {
    expect(thrown(() => db.prepare('SELECT 1; SELECT 2'))).toMatch(/^RangeError: .* more than one statement/);
    expect(thrown(() => db.prepare(' -- nothing'))).toMatch(/^RangeError: .* no statements/);
    expect(db.prepare("SELECT ';' AS a; -- end").get()).toEqual({ a: ';' });
    db.prepare("CREATE TRIGGER no BEFORE DELETE ON t BEGIN SELECT 1; SELECT raise(ABORT, 'kept'); END").run();
    insert('x');
    expect(thrown(() => db.prepare('DELETE FROM t').run())).toBe('SQLITE_CONSTRAINT_TRIGGER');
  });

  it('keeps integers exact where asked to', () => {
    const big = 2n ** 53n + 3n;
    const info = db.prepare('INSERT INTO t (id, n) VALUES (?, 1)').safeIntegers().run(big);
    expect(info).toEqual({ changes: 1, lastInsertRowid: big });
    expect(db.prepare('SELECT id FROM t').safeIntegers().get()).toEqual({ id: big });
    expect(db.prepare('SELECT typeof(?) AS t').get(5n)).toEqual({ t: 'integer' });
    expect(db.prepare('SELECT typeof(?) AS t').get(5)).toEqual({ t: 'real' });
    expect(
      db
        .prepare('SELECT ? AS a')
        .safeIntegers()
        .get(-(2n ** 63n)),
    ).toEqual({ a: -(2n ** 63n) });
    expect(db.prepare('SELECT 5 AS a').get()).toEqual({ a: 5 });
    db.defaultSafeIntegers();
    expect(db.prepare('SELECT 5 AS a').get()).toEqual({ a: 5n });
    expect(db.prepare('SELECT 5 AS a').safeIntegers(false).get()).toEqual({ a: 5 });
    expect(db.pragma('user_version', { simple: true })).toBe(0n);
  });

  it('keeps bytes as Buffers, a single one and an empty one too', () => {
    const echo = db.prepare('SELECT ? AS b').pluck();
    for (const bytes of [Buffer.from([0, 1, 255]), Buffer.alloc(0)]) {
      const back = echo.get(bytes);
      expect(Buffer.isBuffer(back)).toBe(true);
      expect(back).toEqual(bytes);
    }
    expect(echo.get(new Uint8Array([9, 8, 7]).subarray(1))).toEqual(Buffer.from([8, 7]));
  });

  it('names the constraint that was broken', () => {
    db.pragma('foreign_keys = ON');
    db.exec('CREATE TABLE c (x REFERENCES t (id))');
    insert('x');
    const codes = [
      "INSERT INTO t (a, n) VALUES ('x', 1)",
      'INSERT INTO t (id, n) VALUES (1, 1)',
      'INSERT INTO t (n) VALUES (NULL)',
      'INSERT INTO t (n) VALUES (200)',
      "INSERT INTO t (n) VALUES ('many')",
      'INSERT INTO c VALUES (9)',
      'INSERT INTO nowhere VALUES (9)',
    ].map((sql) => [thrown(() => db.prepare(sql).run()), thrown(() => db.exec(sql))]);
    const twice = (code: string) => [code, code];
    expect(codes).toEqual([
      twice('SQLITE_CONSTRAINT_UNIQUE'),
      twice('SQLITE_CONSTRAINT_PRIMARYKEY'),
      twice('SQLITE_CONSTRAINT_NOTNULL'),
      twice('SQLITE_CONSTRAINT_CHECK'),
      twice('SQLITE_CONSTRAINT_DATATYPE'),
      twice('SQLITE_CONSTRAINT_FOREIGNKEY'),
      twice('SQLITE_ERROR'),
    ]);
    expect(() => insert('x')).toThrow(Sqlite.SqliteError);
    expect(count()).toBe(1);
  });

  it('returns rows from RETURNING', () => {
    const adding = db.prepare('INSERT INTO t (a, n) VALUES (?, 1), (?, 2) RETURNING id, a');
    expect(adding.reader).toBe(true);
    expect(adding.get('x', 'y')).toEqual({ id: 1, a: 'x' });
    expect(adding.run('v', 'w')).toEqual({ changes: 2, lastInsertRowid: 4 });
    expect(adding.all('p', 'q')).toEqual([
      { id: 5, a: 'p' },
      { id: 6, a: 'q' },
    ]);
    expect(count()).toBe(6);
  });

  it('commits, rolls back and nests transactions', () => {
    const failing = db.transaction(() => {
      insert('lost');
      throw new Error('inner');
    });
    const outer = db.transaction((name: string) => {
      insert(name);
      expect(db.inTransaction).toBe(true);
      expect(failing).toThrow('inner');
      return count();
    });
    expect(outer('kept')).toBe(1);
    expect(db.inTransaction).toBe(false);
    expect(outer.deferred('d')).toBe(2);
    expect(outer.immediate('i')).toBe(3);
    expect(outer.exclusive('e')).toBe(4);
    expect(failing).toThrow('inner');
    expect(db.prepare('SELECT a FROM t ORDER BY id').pluck().all()).toEqual(['kept', 'd', 'i', 'e']);
    expect(thrown(() => db.transaction(async () => insert('promised'))())).toContain(
      'cannot return a promise',
    );
    expect(count()).toBe(4);
    const lostByItself = db.transaction(() => db.exec('INSERT OR ROLLBACK INTO t (id, n) VALUES (1, 1)'));
    expect(thrown(lostByItself)).toBe('SQLITE_CONSTRAINT_PRIMARYKEY');
  });

  it('reads and sets pragmas', () => {
    expect(db.pragma('journal_mode = WAL', { simple: true })).toBe('wal');
    expect(db.pragma('user_version = 3')).toEqual([]);
    expect(db.pragma('user_version', { simple: true })).toBe(3);
    expect(db.pragma('user_version')).toEqual([{ user_version: 3 }]);
    db.pragma('synchronous = FULL');
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.pragma('busy_timeout', { simple: true })).toBe(5000);
  });

  it('gives up with SQLITE_BUSY where another connection holds the lock', () => {
    const other = new Sqlite(file, { timeout: 1 });
    db.exec('BEGIN IMMEDIATE');
    expect(thrown(() => other.exec('BEGIN IMMEDIATE'))).toBe('SQLITE_BUSY');
    expect(thrown(() => other.prepare('INSERT INTO t (n) VALUES (1)').run())).toBe('SQLITE_BUSY');
    expect(thrown(other.transaction(() => 1).immediate)).toBe('SQLITE_BUSY');
    db.exec('ROLLBACK');
    expect(other.prepare('INSERT INTO t (n) VALUES (1)').run().changes).toBe(1);
    other.close();
  });

  it.each(['reading', 'writing', 'returning'])('commits and sees all after %s met a lock', (kind) => {
    const statements = {
      reading: 'SELECT * FROM t WHERE n = ?',
      writing: 'INSERT INTO t (n) VALUES (?)',
      returning: 'INSERT INTO t (n) VALUES (?) RETURNING id',
    };
    const other = new Sqlite(file, { timeout: 1 });
    const locked = other.prepare(Object.entries(statements).find(([key]) => key === kind)?.[1] ?? '');
    db.exec('BEGIN EXCLUSIVE');
    expect(thrown(() => (locked.reader ? locked.all(1) : locked.run(1)))).toBe('SQLITE_BUSY');
    db.exec('COMMIT');
    expect(count()).toBe(0);
    db.pragma('journal_mode = WAL');
    other.prepare('INSERT INTO t (n) VALUES (2)').run();
    expect(count()).toBe(1);
    insert('x');
    expect(other.prepare('SELECT count(*) FROM t').pluck().get()).toBe(2);
    other.transaction(() => other.exec('INSERT INTO t (n) VALUES (3)'))();
    expect(count()).toBe(3);
    if (locked.reader) expect(locked.all(1)).toHaveLength(1);
    else expect(locked.run(1).changes).toBe(1);
    expect(count()).toBe(kind === 'reading' ? 3 : 4);
    expect(db.pragma('wal_checkpoint(TRUNCATE)')).toEqual([{ busy: 0, log: 0, checkpointed: 0 }]);
    other.close();
  });

  it('keeps the transaction open when its upgrade meets a lock', () => {
    db.pragma('journal_mode = WAL');
    const other = new Sqlite(file, { timeout: 1 });
    db.exec('BEGIN IMMEDIATE');
    other.exec('BEGIN');
    expect(other.prepare('SELECT count(*) FROM t').pluck().get()).toBe(0);
    expect(thrown(() => other.prepare('INSERT INTO t (n) VALUES (1)').run())).toBe('SQLITE_BUSY');
    expect(other.inTransaction).toBe(true);
    insert('x');
    db.exec('COMMIT');
    expect(thrown(() => other.prepare('INSERT INTO t (n) VALUES (1)').run())).toBe('SQLITE_BUSY_SNAPSHOT');
    other.exec('ROLLBACK');
    expect(other.transaction(() => other.exec('INSERT INTO t (n) VALUES (1)')).immediate).not.toThrow();
    expect(count()).toBe(2);
    other.close();
  });

  it('holds no read lock after get() and no lock after close()', () => {
    db.pragma('journal_mode = WAL');
    insert('x');
    insert('y');
    const reading = db.prepare('SELECT * FROM t');
    reading.get();
    const other = new Sqlite(file, { timeout: 1 });
    other.exec("INSERT INTO t (a, n) VALUES ('z', 1)");
    expect(other.pragma('wal_checkpoint(TRUNCATE)')).toEqual([{ busy: 0, log: 0, checkpointed: 0 }]);
    expect(reading.all()).toHaveLength(3);
    db.exec('BEGIN IMMEDIATE');
    db.close();
    other.exec('BEGIN EXCLUSIVE; ROLLBACK');
    other.close();
  });

  it('follows a changed schema', () => {
    const everything = db.prepare('SELECT * FROM t');
    insert('x');
    db.exec('ALTER TABLE t ADD COLUMN later TEXT');
    expect(everything.get()).toEqual({ id: 1, a: 'x', n: 1, b: null, later: null });
  });

  it('opens read-only, and only what exists', () => {
    const reader = new Sqlite(file, { readonly: true });
    expect(reader.readonly).toBe(true);
    expect(thrown(() => reader.exec('INSERT INTO t (n) VALUES (1)'))).toBe('SQLITE_READONLY');
    reader.close();
    const missing = join(folder, 'none.db');
    expect(thrown(() => new Sqlite(missing, { readonly: true }))).toBe('SQLITE_CANTOPEN');
    expect(thrown(() => new Sqlite(missing, { fileMustExist: true }))).toBe('SQLITE_CANTOPEN');
    expect(existsSync(missing)).toBe(false);
    expect(thrown(() => new Sqlite(folder))).toBe('SQLITE_CANTOPEN');
    expect(thrown(() => new Sqlite(join(folder, 'no', 'where.db')))).toContain('directory does not exist');
    writeFileSync(missing, 'no database at all'.repeat(100));
    const broken = new Sqlite(missing);
    expect(thrown(() => broken.prepare('SELECT * FROM sqlite_master').all())).toBe('SQLITE_NOTADB');
    broken.close();
  });

  it('closes once and refuses everything after', () => {
    const statement = db.prepare('SELECT 1 AS a');
    expect([db.open, db.memory, db.name]).toEqual([true, false, file]);
    db.close();
    db.close();
    expect(db.open).toBe(false);
    expect(thrown(() => statement.get())).toBe('TypeError: The database connection is not open');
    expect(thrown(() => db.prepare('SELECT 1'))).toBe('TypeError: The database connection is not open');
    expect(thrown(() => db.exec('SELECT 1'))).toBe('TypeError: The database connection is not open');
  });

  it('backs up the committed rows, over an older backup too', async () => {
    const target = join(folder, 'backup.db');
    insert('x');
    await db.backup(target);
    insert('y');
    expect((await db.backup(target)).remainingPages).toBe(0);
    const copy = new Sqlite(target, { readonly: true });
    expect(copy.prepare('SELECT a FROM t ORDER BY id').pluck().all()).toEqual(['x', 'y']);
    copy.close();
    await expect(db.backup(join(folder, 'no', 'where.db'))).rejects.toThrow('directory does not exist');
  });
});
