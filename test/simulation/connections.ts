import { readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { disk } from './disk.ts';

/**
 * Where the till's database is while it works, and after its process has died: in memory, with the real SQLite. Its
 * file has what was there when it was last closed in order. The next process takes over the connection of one that
 * died: what was not committed is rolled back as on a closed one, and what the dead one still tries fails as there.
 * To write pages into files, open them and prepare every statement anew took an eighth of all time; torture does.
 */
const left = new Map<string, Opened>();

interface Opened {
  readonly file: string;
  readonly real: Database.Database;
  readonly statements: Map<string, Database.Statement>;
}

/** The connection as one process has it: it ends with the process. */
interface OfProcess {
  readonly opened: Opened;
  isDead: boolean;
}

/** Back into its file. */
function put({ file, real }: Opened): void {
  writeFileSync(file, real.serialize());
  real.close();
}

const processes = new WeakMap<Database.Database, OfProcess>();

function mustLive({ isDead }: OfProcess): void {
  if (isDead) throw new TypeError('The database connection is not open');
}

type Call = (...values: unknown[]) => unknown;

/** Each of these methods, as long as the process lives. */
function whileAlive<T extends object>(own: OfProcess, of: T, names: readonly (keyof T & string)[]): T {
  const calls = names.map((name): [string, Call] => {
    const call = of[name] as Call;
    return [
      name,
      (...values) => {
        mustLive(own);
        return call.apply(of, values);
      },
    ];
  });
  return Object.fromEntries(calls) as T;
}

const transactionKinds = ['default', 'deferred', 'immediate', 'exclusive'] as const;

function connectionOf(opened: Opened): Database.Database {
  const { real, statements } = opened;
  const own: OfProcess = { opened, isDead: false };
  const db = Object.create(real, {
    open: { get: () => !own.isDead && real.open },
    inTransaction: { get: () => !own.isDead && real.inTransaction },
  }) as Database.Database;
  const callsOf = (key: string, make: () => Database.Statement) => {
    mustLive(own);
    const statement = statements.get(key) ?? make();
    statements.set(key, statement);
    const calls = whileAlive(own, statement, ['run', 'get', 'all', 'iterate']);
    return Object.assign(calls, { source: statement.source });
  };
  const prepare = (sql: string): Database.Statement => {
    // Another statement than the one of the same words that gives whole rows.
    const pluck = () => callsOf(`pluck ${sql}`, () => real.prepare(sql).pluck());
    return Object.assign(
      callsOf(sql, () => real.prepare(sql)),
      { pluck },
    );
  };
  const transaction = (work: Call) => {
    const made = real.transaction(work) as unknown as Record<(typeof transactionKinds)[number], Call>;
    const calls = whileAlive(own, made, transactionKinds);
    return Object.assign(calls.default, calls);
  };
  const close = () => {
    // What a dead process still closes may be the next one's by now.
    if (!own.isDead) put(opened);
    own.isDead = true;
  };
  Object.assign(db, { prepare, transaction, close });
  processes.set(db, own);
  return db;
}

/** In the place of the driver's own constructor. */
function Connection(file: string, options?: Database.Options): Database.Database {
  if (file === ':memory:') return new Database(file, options);
  const opened = left.get(file);
  left.delete(file);
  if (disk.watching) {
    return connectionOf(
      opened ?? { file, real: new Database(readFileSync(file), options), statements: new Map() },
    );
  }
  if (opened !== undefined) put(opened);
  return new Database(file, options);
}

export default Object.assign(Connection, { SqliteError: Database.SqliteError });

/** The process that has this connection is gone. */
export function letDie(db: Database.Database): void {
  const own = processes.get(db);
  if (own === undefined || !db.open) return void db.close();
  own.isDead = true;
  const { opened } = own;
  if (opened.real.inTransaction) opened.real.exec('ROLLBACK');
  left.set(opened.file, opened);
}

/** Before the files are taken away or read by others. */
export function closeLeft(): void {
  for (const opened of left.values()) put(opened);
  left.clear();
}

/** What `main/` of this root imports as the driver is the connection above. */
export function connectMain(root: string): void {
  const main = pathToFileURL(join(root, 'main/')).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'better-sqlite3' && context.parentURL?.startsWith(main) === true
        ? { url: import.meta.url, format: 'module-typescript', shortCircuit: true }
        : next(specifier, context),
  });
}
