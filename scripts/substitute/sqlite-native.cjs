'use strict';
// libsql's own connections behind the adapter's, and what must be asked of them directly.
const { parseParameters } = require('./sql-parameters.cjs');

const natives = new WeakMap();

function assertOpen(database) {
  if (!database.open) throw new TypeError('The database connection is not open');
}

function query(database, sql) {
  const statement = natives.get(database).prepare(sql);
  statement.safeIntegers(true);
  statement.raw(true);
  return statement.all([]);
}

const totalChanges = (database) => query(database, 'SELECT total_changes()')[0][0];

/**
 * Ends a statement that met a lock. libsql leaves it active, and as long as one is, SQLite neither
 * commits what others on the connection write (while reporting success) nor moves their snapshot
 * on. libsql has no reset of its own: each execution begins with one, so execute again in a way
 * that cannot do anything: a writer under `query_only`, a reader interrupted before its first step.
 */
function settle(database, native, { reader, source }) {
  const connection = natives.get(database);
  const parameters = parseParameters(source).map(() => null);
  const attempt = () => {
    try {
      native.all(parameters);
    } catch {
      // Failing is what it is for.
    }
  };
  if (!reader || /\breturning\b/i.test(source)) {
    const [[wasOn]] = query(database, 'PRAGMA query_only');
    connection.exec('PRAGMA query_only = ON');
    attempt();
    if (!wasOn) connection.exec('PRAGMA query_only = OFF');
    return;
  }
  // An interrupt counts only while some statement is active: this one is, after its first row.
  const active = connection.prepare('SELECT 1 UNION ALL SELECT 2');
  active.iterate([]);
  connection.interrupt();
  attempt();
  active.all([]);
}

function checkpoint(database) {
  try {
    query(database, 'PRAGMA wal_checkpoint(PASSIVE)');
  } catch {
    // Not a database, or locked: as at SQLite's own last close, then there is nothing to do.
  }
}

module.exports = { natives, assertOpen, query, totalChanges, settle, checkpoint };
