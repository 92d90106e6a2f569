import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, both, openBench, thrown } from './sqlite-bench.ts';

describe.each(both)('%s', (_name, Sqlite) => {
  let db: Bench['db'];
  let insert: Bench['insert'];
  let count: Bench['count'];
  let close: Bench['close'];

  beforeEach(() => {
    ({ db, insert, count, close } = openBench(Sqlite));
  });
  afterEach(() => close());

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
});
