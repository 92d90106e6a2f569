'use strict';
// better-sqlite3's synchronous interface over libsql, for the substitute runtime only, whose
// Node is too old for better-sqlite3's native part. Compared call by call with the real one in
// test/scripts/sqlite-*.test.ts.
const fs = require('node:fs');
const path = require('node:path');
const Native = require('libsql');
const { SqliteError, guarded } = require('./sqlite-error.cjs');
const { parseParameters, bindParameters } = require('./sql-parameters.cjs');
const { natives, assertOpen, query, totalChanges, settle, checkpoint } = require('./sqlite-native.cjs');

class Statement {
  #native;
  #names;
  #columns = null;
  #bound = null;
  #mode = 'object';
  #safeIntegers;

  constructor(database, native, sql, safeIntegers) {
    this.database = database;
    this.source = sql;
    this.#native = native;
    this.#names = parseParameters(sql);
    this.reader = native.reader;
    this.#safeIntegers = safeIntegers;
    native.safeIntegers(safeIntegers);
    // Raw rows always: libsql adds a `_metadata` property to the row objects of get().
    if (this.reader) native.raw(true);
  }

  #parameters(args) {
    assertOpen(this.database);
    if (!this.#bound) return bindParameters(this.#names, args);
    if (args.length > 0) throw new TypeError('This statement already has bound parameters');
    return this.#bound;
  }

  #assertReader() {
    if (!this.reader) throw new TypeError('This statement does not return data. Use run() instead');
  }

  #shape(row) {
    if (this.#mode === 'raw') return row;
    if (this.#mode === 'pluck') return row[0];
    // The schema may have changed under a `SELECT *` since the names were read.
    if (this.#columns?.length !== row.length)
      this.#columns = this.#native.columns().map((column) => column.name);
    const shaped = {};
    for (let index = 0; index < row.length; index++) shaped[this.#columns[index]] = row[index];
    return shaped;
  }

  run(...args) {
    const parameters = this.#parameters(args);
    return this.#execute(() => {
      if (this.reader) {
        const before = totalChanges(this.database);
        this.#native.all(parameters);
        return this.#info(totalChanges(this.database) === before ? 0 : undefined);
      }
      const { changes, lastInsertRowid } = this.#native.run(parameters);
      return this.#safeIntegers ? this.#info(changes) : { changes, lastInsertRowid };
    });
  }

  #execute(work) {
    try {
      return guarded(work);
    } catch (error) {
      if (String(error.code).startsWith('SQLITE_BUSY')) settle(this.database, this.#native, this);
      throw error;
    }
  }

  #info(changesKnown) {
    const [[changes, lastInsertRowid]] = query(this.database, 'SELECT changes(), last_insert_rowid()');
    return {
      changes: changesKnown ?? Number(changes),
      lastInsertRowid: this.#safeIntegers ? lastInsertRowid : Number(lastInsertRowid),
    };
  }

  get(...args) {
    return this.all(...args)[0];
  }

  all(...args) {
    this.#assertReader();
    const parameters = this.#parameters(args);
    return this.#execute(() => this.#native.all(parameters)).map((row) => this.#shape(row));
  }

  /** All rows are read first: better-sqlite3 lets nothing else run on the connection meanwhile anyway. */
  iterate(...args) {
    return this.all(...args)[Symbol.iterator]();
  }

  bind(...args) {
    if (this.#bound) throw new TypeError('The bind() method can only be invoked once per statement object');
    this.#bound = bindParameters(this.#names, args);
    return this;
  }

  #setMode(mode, enabled) {
    if (!this.reader) throw new TypeError(`The ${mode}() method is only for statements that return data`);
    if (enabled) this.#mode = mode;
    else if (this.#mode === mode) this.#mode = 'object';
    return this;
  }

  pluck(enabled = true) {
    return this.#setMode('pluck', enabled);
  }

  raw(enabled = true) {
    return this.#setMode('raw', enabled);
  }

  safeIntegers(enabled = true) {
    this.#safeIntegers = enabled;
    this.#native.safeIntegers(enabled);
    return this;
  }

  columns() {
    if (!this.reader) throw new TypeError('The columns() method is only for statements that return data');
    return this.#native.columns();
  }
}

function checkOptions(filename, options) {
  if (typeof filename !== 'string') throw new TypeError('Expected first argument to be a string');
  if (typeof options !== 'object') throw new TypeError('Expected second argument to be an options object');
  const timeout = 'timeout' in options ? options.timeout : 5000;
  if (!Number.isInteger(timeout) || timeout < 0) {
    throw new TypeError('Expected the "timeout" option to be a positive integer');
  }
  for (const key of ['readonly', 'fileMustExist']) {
    if (key in options && typeof options[key] !== 'boolean') {
      throw new TypeError(`Expected the "${key}" option to be a boolean`);
    }
  }
  return timeout;
}

class Database {
  #safeIntegers = false;

  constructor(filename = '', options = {}) {
    const timeout = checkOptions(filename, options ?? {});
    const file = filename.trim();
    const memory = file === '' || file === ':memory:';
    const { readonly = false, fileMustExist = false } = options ?? {};
    if (readonly && memory) throw new TypeError('In-memory/temporary databases cannot be readonly');
    if (!memory && !fs.existsSync(path.dirname(file))) {
      throw new TypeError('Cannot open database because the directory does not exist');
    }
    if (!memory && (readonly || fileMustExist) && !fs.existsSync(file)) {
      throw new SqliteError('unable to open database file', 'SQLITE_CANTOPEN');
    }
    const native = guarded(() => new Native(memory ? ':memory:' : file, { timeout }));
    natives.set(this, native);
    if (readonly) native.exec('PRAGMA query_only = ON');
    Object.defineProperties(this, {
      name: { value: filename, enumerable: true },
      memory: { value: memory, enumerable: true },
      readonly: { value: readonly, enumerable: true },
      open: { get: () => native.open, enumerable: true },
      inTransaction: { get: () => native.open && native.inTransaction, enumerable: true },
    });
  }

  prepare(sql) {
    if (typeof sql !== 'string') throw new TypeError('Expected first argument to be a string');
    assertOpen(this);
    parseParameters(sql);
    return guarded(() => new Statement(this, natives.get(this).prepare(sql), sql, this.#safeIntegers));
  }

  exec(sql) {
    if (typeof sql !== 'string') throw new TypeError('Expected first argument to be a string');
    assertOpen(this);
    guarded(() => natives.get(this).exec(sql));
    return this;
  }

  pragma(source, options = {}) {
    if (typeof source !== 'string') throw new TypeError('Expected first argument to be a string');
    const statement = this.prepare(`PRAGMA ${source}`);
    if (!statement.reader) {
      statement.run();
      return options?.simple ? undefined : [];
    }
    return options?.simple ? statement.pluck().get() : statement.all();
  }

  transaction(work) {
    if (typeof work !== 'function') throw new TypeError('Expected first argument to be a function');
    const variants = {};
    for (const [name, begin] of Object.entries(begins)) {
      variants[name] = { value: wrapTransaction(this, work, begin) };
    }
    variants.database = { value: this, enumerable: true };
    for (const name of Object.keys(begins)) Object.defineProperties(variants[name].value, variants);
    return variants.default.value;
  }

  async backup(filename) {
    if (typeof filename !== 'string' || !filename.trim()) {
      throw new TypeError('Expected first argument to be a string');
    }
    const target = filename.trim();
    if (!fs.existsSync(path.dirname(target))) {
      throw new TypeError('Cannot save backup because the directory does not exist');
    }
    const partial = `${target}.partial-${process.pid}`;
    fs.rmSync(partial, { force: true });
    this.prepare('VACUUM INTO ?').run(partial);
    fs.renameSync(partial, target);
    return { totalPages: this.pragma('page_count', { simple: true }), remainingPages: 0 };
  }

  defaultSafeIntegers(enabled = true) {
    this.#safeIntegers = enabled;
    return this;
  }

  close() {
    const native = natives.get(this);
    if (!native.open) return this;
    // Statements not yet collected keep libsql's connection open: let go of what SQLite would at its end.
    if (native.inTransaction) native.exec('ROLLBACK');
    if (!this.readonly && !this.memory) checkpoint(this);
    native.close();
    return this;
  }
}

const begins = {
  default: 'BEGIN',
  deferred: 'BEGIN DEFERRED',
  immediate: 'BEGIN IMMEDIATE',
  exclusive: 'BEGIN EXCLUSIVE',
};

function wrapTransaction(database, work, begin) {
  return function sqliteTransaction(...args) {
    const nested = database.inTransaction;
    const savepoint = '`\t_bs3.\t`';
    database.exec(nested ? `SAVEPOINT ${savepoint}` : begin);
    try {
      const result = work.apply(this, args);
      if (typeof result?.then === 'function')
        throw new TypeError('Transaction function cannot return a promise');
      database.exec(nested ? `RELEASE ${savepoint}` : 'COMMIT');
      return result;
    } catch (error) {
      // SQLite rolls back by itself after some errors (a full disk): a second ROLLBACK would hide them.
      if (database.inTransaction) {
        database.exec(nested ? `ROLLBACK TO ${savepoint}` : 'ROLLBACK');
        if (nested) database.exec(`RELEASE ${savepoint}`);
      }
      throw error;
    }
  };
}

for (const name of [
  'function',
  'aggregate',
  'table',
  'serialize',
  'explain',
  'loadExtension',
  'unsafeMode',
]) {
  Database.prototype[name] = () => {
    throw new TypeError(`${name}() is not available on the substitute runtime`);
  };
}

module.exports = Database;
module.exports.SqliteError = SqliteError;
