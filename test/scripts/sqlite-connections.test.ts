import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, both, openBench, thrown } from './sqlite-bench.ts';

describe.each(both)('%s', (_name, Sqlite) => {
  let folder: Bench['folder'];
  let file: Bench['file'];
  let db: Bench['db'];
  let insert: Bench['insert'];
  let count: Bench['count'];
  let close: Bench['close'];

  beforeEach(() => {
    ({ folder, file, db, insert, count, close } = openBench(Sqlite));
  });
  afterEach(() => close());

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
