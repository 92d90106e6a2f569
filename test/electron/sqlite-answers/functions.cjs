const { Database, open, tried } = require('./bench.cjs');

const rows = 'INSERT INTO t (a, n) VALUES (?, ?)';

function scalars({ db }) {
  db.function('plus', { deterministic: true }, (a, b) => a + b);
  db.function('kinds', { varargs: true }, (...values) => values.map((value) => typeof value).join());
  db.function('echo', (value) => value);
  db.function('exact', { safeIntegers: true }, (value) => value + 1n);
  db.function('fails', () => {
    throw new RangeError('mine');
  });
  db.function('returns', (kind) => ({ promise: Promise.resolve(), truth: true, none: undefined })[kind]);
  db.function('asks', (sql) => db.prepare(sql).pluck().get());
  const one = (sql, ...values) =>
    tried(() =>
      db
        .prepare(`SELECT ${sql}`)
        .pluck()
        .get(...values),
    );
  return {
    sums: [one('plus(1, 2)'), one("plus('a', 2)"), one('plus(NULL, 1)')],
    kinds: [one("kinds(1, 'x', NULL, x'00', 1.5)"), one('kinds()')],
    echo: ['', 'ü', 1, 2n, null, Buffer.from('b')].map((value) => one('echo(?)', value)),
    exact: tried(() =>
      db
        .prepare('SELECT exact(?)')
        .safeIntegers()
        .pluck()
        .get(2n ** 53n),
    ),
    fails: [one('fails()'), one('plus(1)')],
    returns: ['promise', 'truth', 'none'].map((kind) => one('returns(?)', kind)),
    within: [one("asks('SELECT 1')"), one("asks('nothing')")],
    after: one('plus(1, 1)'),
  };
}

/** References to plain values: what an aggregate begins with and has come to, beside one that throws. */
function aggregates({ db }) {
  for (const [name, n] of Object.entries({ a: 1, b: 2, c: 3, d: 4 })) db.prepare(rows).run(name, n);
  const starts = {
    text: '',
    number: 0.5,
    bigint: 1n,
    nothing: null,
    truth: true,
    symbol: Symbol.iterator,
    none: undefined,
  };
  for (const [name, start] of Object.entries(starts)) {
    db.aggregate(`of_${name}`, { start, step: (total, value) => `${String(total)}${value}` });
    db.aggregate(`kept_${name}`, {
      start,
      step: (_total, _value) => undefined,
      result: (total) => String(total),
    });
  }
  db.aggregate('list', {
    start: () => [],
    step: (list, value) => void list.push(value),
    result: (list) => list.join('-'),
  });
  db.aggregate('moving', {
    start: '',
    step: (text, value) => text + value,
    inverse: (text, value) => text.replace(value, ''),
    result: (text) => `<${text}>`,
  });
  const fails = () => {
    throw new RangeError('mine');
  };
  db.aggregate('fails_late', { start: 'x', step: (text, value) => (value === 'c' ? fails() : text) });
  db.aggregate('fails_at_once', { start: fails, step: (_total, value) => value });
  db.aggregate('fails_at_last', { start: 'x', step: (text, _value) => text, result: fails });
  // With nothing thrown, node-addon-api aborts where it meets the exception a second time.
  db.aggregate('fails_with', {
    start: 'x',
    step: (_text, value) => {
      throw value;
    },
  });
  const all = (columns, rest = '') => tried(() => db.prepare(`SELECT ${columns} FROM t ${rest}`).raw().all());
  const failing = ['fails_late(a)', 'fails_at_once(a)', 'fails_at_last(a)', 'fails_with(b)'];
  return {
    starts: Object.keys(starts).map((name) => [all(`of_${name}(a)`), all(`kept_${name}(a)`)]),
    list: all('list(a), of_text(a)', 'GROUP BY n % 2'),
    moving: all('moving(a) OVER (ORDER BY id ROWS 1 PRECEDING)'),
    failing: failing.map((one) => [
      all(one),
      all(`of_text(a), ${one}, moving(a), kept_number(a), list(a)`),
      all(`moving(a), ${one}`, 'GROUP BY n % 2'),
    ]),
    after: all('of_text(a), moving(a)'),
  };
}

function tables({ db }) {
  db.table('series', {
    columns: ['value', 'words'],
    parameters: ['start', 'stop'],
    *rows(start, stop) {
      for (let value = start; value <= stop; value++) yield { value, words: 'w'.repeat(value) };
    },
  });
  db.table('broken', {
    columns: ['value'],
    *rows() {
      yield [1];
      throw new RangeError('mine');
    },
  });
  return [
    'SELECT * FROM series(2, 4)',
    'SELECT sum(value) FROM series(1, 1000)',
    'SELECT * FROM series(1)',
    'SELECT * FROM broken',
  ].map((sql) => tried(() => db.prepare(sql).all()));
}

function logging(folder) {
  const lines = [];
  const { db } = open(folder, { verbose: (sql) => lines.push(sql) });
  db.prepare('SELECT ? AS a, :b').all(1, { b: "it's" });
  return lines;
}

module.exports = (folder) => ({
  sqlite: new Database(':memory:').prepare('SELECT sqlite_version()').pluck().get(),
  scalars: scalars(open(folder)),
  aggregates: aggregates(open(folder)),
  tables: tables(open(folder)),
  logging: logging(folder),
});
