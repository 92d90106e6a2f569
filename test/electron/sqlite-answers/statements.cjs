const { open, tried } = require('./bench.cjs');

function reading({ db, insert }) {
  const all = db.prepare('SELECT id, a FROM t ORDER BY id');
  const two = db.prepare('SELECT 3 AS a, 4 AS a UNION ALL SELECT 5, 6');
  return {
    added: [tried(() => insert('x')), tried(() => insert('y')), tried(() => insert('中\u{1F600}'))],
    get: tried(() => all.get()),
    all: tried(() => all.all()),
    iterated: tried(() => [...all.iterate()]),
    none: tried(() => db.prepare('SELECT 1 WHERE 0').get()),
    changes: tried(() => db.prepare('UPDATE t SET n = 3').run()),
    noReader: tried(() => db.prepare('DELETE FROM t').get()),
    twoOfAName: tried(() => two.get()),
    raw: tried(() => two.raw().all()),
    plucked: tried(() => two.pluck().all()),
    expanded: tried(() => db.prepare('SELECT t.id, t.a, 1 AS one FROM t').expand().get()),
    columns: tried(() => db.prepare('SELECT id AS z, n + 1 AS m FROM t').columns()),
    returning: tried(() => db.prepare('INSERT INTO t (a, n) VALUES (?, 1) RETURNING id, a').get('r')),
    later: tried(() => {
      const everything = db.prepare('SELECT * FROM t');
      db.exec('ALTER TABLE t ADD COLUMN later TEXT');
      return everything.get();
    }),
  };
}

function binding({ db }) {
  const one = db.prepare('SELECT ? AS a');
  const many = db.prepare('SELECT :a, @b, $c, :d, :e, :f, :g, :h, :i, :a');
  const named = db.prepare('SELECT :a AS a');
  const values = { a: 1.5, b: 'x', c: null, d: 2n, e: 'y', f: '', g: 'z', h: -0, i: Buffer.from('i') };
  const refused = [true, new Date(0), () => 1, Symbol('x'), {}, 2n ** 63n];
  return {
    byPosition: tried(() => db.prepare('SELECT ? AS a, ? AS b').get([1, 'x'])),
    byName: tried(() => many.raw().get(values)),
    byNameAgain: tried(() => many.get(values)),
    bound: tried(() => db.prepare('SELECT ? AS a').bind(3).get()),
    boundTwice: tried(() => db.prepare('SELECT ? AS a').bind(3).bind(4)),
    tooFew: tried(() => one.get()),
    tooMany: tried(() => one.get(1, 2)),
    noName: tried(() => named.get()),
    missingName: tried(() => named.get({})),
    getter: tried(() =>
      named.get({
        get a() {
          throw new RangeError('mine');
        },
      }),
    ),
    refused: refused.map((value) => [tried(() => one.get(value)), tried(() => named.get({ a: value }))]),
    notOne: ['SELECT 1; SELECT 2', ' -- nothing', 'SELECT', 'SELECT * FROM nowhere'].map((sql) =>
      tried(() => db.prepare(sql)),
    ),
  };
}

function values({ db }) {
  const echo = db.prepare('SELECT :v AS v, typeof(:v) AS t');
  const exact = db.prepare('SELECT ? AS v').safeIntegers();
  const big = 2n ** 53n + 1n;
  const bytes = Buffer.alloc(5_000_000, 'Ab\0');
  return {
    numbers: [0, -0, 5, 0.1, 1e300, Number.MAX_SAFE_INTEGER, Number.NaN, Infinity].map((value) =>
      tried(() => echo.get({ v: value })),
    ),
    bigints: [0n, big, -(2n ** 63n), 2n ** 63n - 1n].map((value) => tried(() => exact.get(value))),
    // Rounded without a word, which is why the app asks for bigints.
    rounded: tried(() => echo.get({ v: big })),
    rowid: tried(() => db.prepare('INSERT INTO t (id, n) VALUES (?, 1)').safeIntegers().run(big)),
    texts: ['', 'a\0b', '中\u{1F600}', 'ü'.repeat(1_000_000)].map((value) =>
      tried(() => echo.get({ v: value })),
    ),
    blobs: [Buffer.alloc(0), Buffer.from([0, 1, 255]), bytes, new Uint8Array([9, 8, 7]).subarray(1)].map(
      (value) => tried(() => echo.get({ v: value })),
    ),
    kept: tried(() => {
      db.prepare('INSERT INTO t (a, n, b) VALUES (?, 2, ?)').run('bytes', bytes);
      return bytes.equals(db.prepare("SELECT b FROM t WHERE a = 'bytes'").pluck().get());
    }),
    byDefault: tried(() => db.defaultSafeIntegers().prepare('SELECT 5 AS a').get()),
    simple: tried(() => db.pragma('user_version', { simple: true })),
  };
}

function constraints({ db, insert }) {
  db.pragma('foreign_keys = ON');
  db.exec('CREATE TABLE c (x REFERENCES t (id)); CREATE TABLE w (k TEXT PRIMARY KEY) WITHOUT ROWID');
  db.exec("CREATE TRIGGER no BEFORE DELETE ON t BEGIN SELECT raise(ABORT, 'kept'); END");
  insert('x');
  const broken = [
    "INSERT INTO t (a, n) VALUES ('x', 1)",
    'INSERT INTO t (id, n) VALUES (1, 1)',
    'INSERT INTO t (n) VALUES (NULL)',
    'INSERT INTO t (n) VALUES (200)',
    "INSERT INTO t (n) VALUES ('many')",
    'INSERT INTO c VALUES (9)',
    'INSERT INTO w VALUES (NULL)',
    'DELETE FROM t',
    'PRAGMA query_only = ON; DELETE FROM w; INSERT INTO t (n) VALUES (1)',
  ];
  return broken.map((sql) => [tried(() => db.prepare(sql).run()), tried(() => db.exec(sql) === db)]);
}

module.exports = (folder) => ({
  reading: reading(open(folder)),
  binding: binding(open(folder)),
  values: values(open(folder)),
  constraints: constraints(open(folder)),
});
