const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { Database, open, plain, said, tried } = require('./bench.cjs');

function transactions({ db, insert }) {
  const names = () => db.prepare('SELECT a FROM t ORDER BY id').pluck().all();
  const failing = db.transaction(() => {
    insert('lost');
    throw new Error('inner');
  });
  const outer = db.transaction((name) => {
    insert(name);
    return [db.inTransaction, tried(failing)];
  });
  return {
    nested: tried(() => outer('kept')),
    kinds: ['deferred', 'immediate', 'exclusive'].map((kind) => tried(() => outer[kind](kind))),
    alone: [tried(failing), db.inTransaction],
    promised: tried(db.transaction(async () => insert('promised'))),
    byItself: tried(db.transaction(() => db.exec('INSERT OR ROLLBACK INTO t (id, n) VALUES (1, 1)'))),
    open: db.inTransaction,
    names: names(),
  };
}

function locks({ db, file, insert }) {
  const other = new Database(file, { timeout: 1 });
  const add = () => other.prepare('INSERT INTO t (n) VALUES (1)').run();
  const count = () => other.prepare('SELECT count(*) FROM t').pluck().get();
  const answers = {};
  db.exec('BEGIN EXCLUSIVE');
  answers.busy = [tried(() => other.exec('BEGIN IMMEDIATE')), tried(add), tried(count)];
  db.exec('COMMIT');
  answers.pragmas = [
    'journal_mode = WAL',
    'synchronous = FULL',
    'synchronous',
    'busy_timeout',
    'user_version = 3',
  ].map((pragma) => tried(() => db.pragma(pragma)));
  db.exec('BEGIN IMMEDIATE');
  other.exec('BEGIN');
  answers.upgrade = [tried(count), tried(add), other.inTransaction];
  insert('x');
  db.exec('COMMIT');
  answers.stale = [tried(add), tried(count), tried(() => other.exec('ROLLBACK').inTransaction), tried(count)];
  db.prepare('SELECT * FROM t').get();
  answers.after = [tried(add), tried(() => other.pragma('wal_checkpoint(TRUNCATE)'))];
  db.exec('BEGIN IMMEDIATE');
  db.close();
  answers.closed = [tried(add), tried(() => db.prepare('SELECT 1')), tried(() => db.close().open)];
  answers.integrity = tried(() => other.pragma('integrity_check', { simple: true }));
  other.close();
  return answers;
}

function opening({ file }, folder) {
  const missing = join(folder, 'none.db');
  const broken = join(folder, 'broken.db');
  writeFileSync(broken, 'no database at all'.repeat(100));
  const reader = new Database(file, { readonly: true });
  return {
    readonly: [reader.readonly, tried(() => reader.exec('INSERT INTO t (n) VALUES (1)'))],
    missing: [
      tried(() => new Database(missing, { readonly: true })),
      tried(() => new Database(missing, { fileMustExist: true })),
    ],
    folder: [tried(() => new Database(folder)), tried(() => new Database(join(folder, 'no', 'where.db')))],
    broken: tried(() => new Database(broken).prepare('SELECT * FROM sqlite_master').all()),
    closed: reader.close().open,
  };
}

/** What is interrupted or left half done while it iterates. */
function iterating({ db, insert }) {
  for (const name of ['x', 'y', 'z']) insert(name);
  const all = db.prepare('SELECT a FROM t ORDER BY id').pluck();
  const seen = [];
  for (const name of all.iterate()) {
    seen.push(
      name,
      tried(() => insert('no')),
      tried(() => all.get()),
      tried(() => db.close()),
    );
    if (seen.length > 4) break;
  }
  const abandoned = tried(() => {
    for (const name of all.iterate()) throw new RangeError(name);
  });
  return { seen, abandoned, after: tried(() => insert('yes')), all: tried(() => all.all()) };
}

async function backups({ db, insert }, folder) {
  const target = join(folder, 'backup.db');
  insert('x');
  const first = await db.backup(target);
  for (let n = 0; n < 40; n++) insert(`row ${n}`.padEnd(2_000, '.'));
  const steps = [];
  await db.backup(target, { progress: (step) => steps.push(step) && 5 });
  const stopped = await db
    .backup(join(folder, 'stopped.db'), {
      progress: () => {
        throw new RangeError('enough');
      },
    })
    .catch(said);
  const nowhere = await db.backup(join(folder, 'no', 'where.db')).catch(said);
  const copy = new Database(target, { readonly: true });
  const rows = copy.prepare('SELECT count(*), sum(length(a)) FROM t').raw().get();
  copy.close();
  const bytes = db.serialize();
  const again = new Database(bytes).prepare('SELECT count(*) FROM t').pluck().get();
  return plain({ first, steps, stopped, nowhere, rows, again, size: bytes.length });
}

module.exports = async (folder) => ({
  transactions: transactions(open(folder)),
  locks: locks(open(folder)),
  opening: opening(open(folder), folder),
  iterating: iterating(open(folder)),
  backups: await backups(open(folder), folder),
});
