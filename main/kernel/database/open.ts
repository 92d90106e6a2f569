import { closeSync, existsSync, mkdirSync, openSync, readSync } from 'node:fs';
import { dirname } from 'node:path';
import { type AppError, appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import { heldNow } from '../held-file.ts';
import { connect } from './connect.ts';
import type { Db } from './db.ts';
import { DatabaseFailure, databaseFailure } from './failure.ts';
import {
  APPLICATION_ID,
  DEVELOPMENT_ID,
  firstFormat,
  type Migration,
  migrations,
  newestFormat,
} from './format.ts';
import { createRunInTransaction } from './run-in-transaction.ts';
import { schemaProblems } from './schema.ts';
import { planOnce } from './stable-plan.ts';

export type { Db } from './db.ts';

/**
 * Opens the outbox's database, creates or migrates it where needed. Migration is one transaction: the old format or the
 * new one, whole. WAL with `synchronous=FULL` is set on every open and asserted after a first write: better-sqlite3
 * falls to NORMAL in WAL, which loses acknowledged rows in a power cut. Errors: file-held, database-locked, -read-only,
 * -corrupt, -newer, -development, -failed, disk-full. Never repairs or deletes. Pages that opening does not read may
 * still be damaged: the whole file is checked before anything is sent (ADR 38).
 */
export function openDatabase(file: string, steps: readonly Migration[] = migrations): Result<Db> {
  let db: Db | null = null;
  let isReady = false;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const other = existsSync(file) ? problemOfOther(file, steps) : null;
    if (other !== null) return err(other);
    db = planOnce(connect(file, { timeout: 5_000 }));
    const problem = prepare(db, steps);
    if (problem !== null) return err(problem);
    isReady = true;
    return ok(db);
  } catch (thrown) {
    if (thrown instanceof DatabaseFailure) return err(thrown.appError);
    return err(whyNotOpened(file, db, thrown));
  } finally {
    if (!isReady) db?.close();
  }
}

/**
 * Checks another format's database read-only: closing a writable one would checkpoint its log and change the file. One of a
 * development format is known by its header, and not even opened.
 */
function problemOfOther(file: string, steps: readonly Migration[]): AppError | null {
  if (isOfDevelopment(file)) return appError('database-development');
  let db: Db | null = null;
  try {
    db = connect(file, { readonly: true, fileMustExist: true, timeout: 0 });
    const problem = recogniseVersion(db, steps);
    return problem === null || problem.code === 'database-corrupt' ? null : problem;
  } catch (thrown) {
    // The actual open waits for locks, and reports what it finds.
    if (databaseFailure(thrown) === null) throw thrown;
    return null;
  } finally {
    db?.close();
  }
}

/** Where SQLite's header has the application id. */
const ID_AT = 68;

function isOfDevelopment(file: string): boolean {
  let opened: number | null = null;
  try {
    opened = openSync(file, 'r');
    const id = Buffer.alloc(4);
    return readSync(opened, id, 0, 4, ID_AT) === 4 && id.readUInt32BE() === DEVELOPMENT_ID;
  } catch {
    // The actual open reports it.
    return false;
  } finally {
    if (opened !== null) closeSync(opened);
  }
}

/**
 * Opens for `--verify` and `--export`: creates, migrates and writes nothing. The schema is not checked here, so that
 * a damaged till can still be exported; `--verify` checks it.
 */
export function openDatabaseReadOnly(file: string): Result<Db> {
  if (isOfDevelopment(file)) return err(appError('database-development'));
  let db: Db | null = null;
  try {
    db = planOnce(connect(file, { readonly: true, fileMustExist: true, timeout: 5_000 }));
    const problem = recogniseVersion(db, migrations);
    if (problem === null) return ok(db);
    db.close();
    return err(problem);
  } catch (thrown) {
    db?.close();
    return err(whyNotOpened(file, db, thrown));
  }
}

/** Whether opening it migrates it; false where that cannot be read, which opening reports. */
export function isToBeMigrated(file: string, steps: readonly Migration[] = migrations): boolean {
  if (steps.length === 0 || !existsSync(file)) return false;
  const opened = openDatabaseReadOnly(file);
  if (!opened.ok) return false;
  const found = formatOf(opened.value);
  opened.value.close();
  return found > 0 && found < newestFormat(steps);
}

/** Opens a database of any version read-only, without looking at its tables. Throws as SQLite does. */
export function openAnyVersion(file: string, waitMs: number): Db {
  const db = connect(file, { readonly: true, fileMustExist: true, timeout: waitMs });
  db.pragma('trusted_schema = OFF');
  return db;
}

/** The error of a failed open; rethrows bugs. For a locked file SQLite says only that it cannot be opened. */
function whyNotOpened(file: string, db: Db | null, thrown: unknown): AppError {
  const failure = databaseFailure(thrown);
  if (failure === null) throw thrown;
  db?.close();
  return heldNow([file, `${file}-wal`, `${file}-shm`]) ?? failure;
}

function prepare(db: Db, steps: readonly Migration[]): AppError | null {
  db.pragma('foreign_keys = ON');
  db.pragma('trusted_schema = OFF');
  const problem = recogniseVersion(db, steps) ?? recogniseSchema(db, steps);
  if (problem !== null) return problem;
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('fullfsync = ON');
  migrate(db, steps);
  assertDurable(db);
  return null;
}

const formatOf = (db: Db): number => Number(db.pragma('user_version', { simple: true }));

function recogniseVersion(db: Db, steps: readonly Migration[]): AppError | null {
  const found = formatOf(db);
  const applicationId = Number(db.pragma('application_id', { simple: true }));
  if (applicationId === DEVELOPMENT_ID) return appError('database-development');
  const known = newestFormat(steps);
  if (found > known) return appError('database-newer', { found: String(found), known: String(known) });
  if (found > 0 && applicationId !== APPLICATION_ID)
    return appError('database-corrupt', { sqlite: 'application_id' });
  return null;
}

/** Checks the schema before the first write: a foreign trigger would already run during migration. */
function recogniseSchema(db: Db, steps: readonly Migration[]): AppError | null {
  const [first] = schemaProblems(db, steps);
  return first === undefined
    ? null
    : appError('database-corrupt', { sqlite: `schema: ${first.slice(0, 200)}` });
}

/** In one transaction, which a killed process leaves undone. */
function migrate(db: Db, steps: readonly Migration[]): void {
  createRunInTransaction(db)(() => {
    const found = formatOf(db);
    if (found === newestFormat(steps)) return;
    if (found === 0) {
      db.exec(firstFormat);
      db.pragma(`application_id = ${APPLICATION_ID}`);
    }
    for (const { to, sql } of steps) if (found < to) db.exec(sql);
    db.pragma(`user_version = ${newestFormat(steps)}`);
  });
}

function assertDurable(db: Db): void {
  db.prepare(
    "INSERT INTO setting (key, value) VALUES ('opened', '1') ON CONFLICT (key) DO UPDATE SET value = '1'",
  ).run();
  const journal = db.pragma('journal_mode', { simple: true });
  const synchronous = Number(db.pragma('synchronous', { simple: true }));
  if (journal !== 'wal' || synchronous !== 2) {
    throw new DatabaseFailure(
      appError('database-failed', { sqlite: `journal ${String(journal)}, synchronous ${synchronous}` }),
      null,
    );
  }
}
