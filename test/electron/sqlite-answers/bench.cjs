// What the answers are asked with. An answer is plain JSON: bigints and bytes are written out, errors by their code.
const { createHash } = require('node:crypto');
const { join } = require('node:path');
const { inspect } = require('node:util');
const Database = require('better-sqlite3');

const schema =
  'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE, n INTEGER NOT NULL CHECK (n < 100), b BLOB) STRICT';

let opened = 0;

/** A database in a file of its own, with one table. */
function open(folder, options) {
  const file = join(folder, `${++opened}.db`);
  const db = new Database(file, options);
  // What a disk does is torture's: nothing is asked of it here, until a question says so.
  db.pragma('synchronous = OFF');
  db.exec(schema);
  return { db, file, insert: (a, n = 1) => db.prepare('INSERT INTO t (a, n) VALUES (?, ?)').run(a, n) };
}

function plain(value) {
  if (value === undefined) return 'undefined';
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number')
    return Number.isFinite(value) && !Object.is(value, -0) ? value : inspect(value);
  if (typeof value === 'string') return value.length > 100 ? `${value.length}: ${hash(value)}` : value;
  if (value instanceof Error) return said(value);
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} ${value.length}: ${hash(value)}`;
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === 'object')
    return Object.entries(value).map(([name, of]) => [name, plain(of)]);
  return value;
}

const hash = (data) => createHash('sha256').update(data).digest('hex');

const said = (error) => [error.constructor.name, error.code ?? null, error.message];

/** What comes of it, an error included. */
function tried(work) {
  try {
    return plain(work());
  } catch (error) {
    return error instanceof Error ? said(error) : ['thrown', plain(error)];
  }
}

module.exports = { Database, open, plain, said, tried };
