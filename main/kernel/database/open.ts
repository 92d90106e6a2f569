import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type AppError, appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import { heldNow } from '../held-file.ts';
import type { Progress } from '../progress.ts';
import { connect } from './connect.ts';
import type { Db } from './db.ts';
import { DatabaseFailure, databaseFailure } from './failure.ts';
import { type Format, newestFormat } from './format.ts';
import { type Migration, migrations } from './migrations/index.ts';
import { schemaProblems } from './schema.ts';
import { planOnce } from './stable-plan.ts';
import { makeViews, outdatedViews, type View } from './views.ts';

export type { Db } from './db.ts';

const givenUp = err(appError('database-failed', { sqlite: 'given up' }));

/** 'CFTL': identifies a Counterfoil database among SQLite files. */
const APPLICATION_ID = 0x4346544c;

/**
 * Opens the outbox's database, creates or migrates it where needed. Migration and rebuilt views are one transaction:
 * the old format or the new one, whole. WAL with `synchronous=FULL` is set on every open and asserted after a first
 * write: better-sqlite3 falls to NORMAL in WAL, which loses acknowledged rows in a power cut. Errors: file-held,
 * database-locked, -read-only, -corrupt, -newer, -failed, disk-full. Never repairs or deletes. Pages that opening
 * does not read may still be damaged: the whole file is checked before anything is sent (ADR 38).
 */
export function openDatabase(
  file: string,
  views: readonly View[],
  steps: readonly Migration[] = migrations,
): Result<Db> {
  const opening = openInSteps(file, { steps, views });
  for (;;) {
    const step = opening.next();
    if (step.done === true) return step.value;
  }
}

/**
 * Opens it like `openDatabase`, but yields between two steps of rebuilding views: `goesOn` is called at each, and
 * returning false cancels and rolls back.
 */
export async function openDatabaseUnhurried(
  file: string,
  views: readonly View[],
  goesOn: (progress: Progress) => Promise<boolean>,
): Promise<Result<Db>> {
  const opening = openInSteps(file, { steps: migrations, views });
  try {
    for (;;) {
      const step = opening.next();
      if (step.done === true) return step.value;
      if (!(await goesOn(step.value))) return givenUp;
    }
  } finally {
    // A no-op once finished; otherwise this rolls back and closes.
    opening.return(givenUp);
  }
}

function* openInSteps(file: string, format: Format): Generator<Progress, Result<Db>> {
  let db: Db | null = null;
  let isReady = false;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const newer = existsSync(file) ? problemOfNewer(file, format) : null;
    if (newer !== null) return err(newer);
    db = planOnce(connect(file, { timeout: 5_000 }));
    const problem = yield* prepare(db, format);
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

/** Checks a newer program's database read-only: closing a writable one would checkpoint its log and change the file. */
function problemOfNewer(file: string, format: Format): AppError | null {
  let db: Db | null = null;
  try {
    db = connect(file, { readonly: true, fileMustExist: true, timeout: 0 });
    const problem = recogniseVersion(db, format);
    return problem?.code === 'database-newer' ? problem : null;
  } catch (thrown) {
    // The actual open waits for locks, and reports what it finds.
    if (databaseFailure(thrown) === null) throw thrown;
    return null;
  } finally {
    db?.close();
  }
}

/**
 * Opens for `--verify` and `--export`: creates, migrates and writes nothing. The schema is not checked here, so that
 * a damaged till can still be exported; `--verify` checks it.
 */
export function openDatabaseReadOnly(file: string, views: readonly View[]): Result<Db> {
  let db: Db | null = null;
  try {
    db = planOnce(connect(file, { readonly: true, fileMustExist: true, timeout: 5_000 }));
    const problem = recogniseVersion(db, { steps: migrations, views });
    if (problem === null) return ok(db);
    db.close();
    return err(problem);
  } catch (thrown) {
    db?.close();
    return err(whyNotOpened(file, db, thrown));
  }
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

function* prepare(db: Db, format: Format): Generator<Progress, AppError | null> {
  db.pragma('foreign_keys = ON');
  db.pragma('trusted_schema = OFF');
  const problem = recogniseVersion(db, format) ?? recogniseSchema(db, format);
  if (problem !== null) return problem;
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('fullfsync = ON');
  yield* migrate(db, format);
  assertDurable(db);
  return null;
}

function recogniseVersion(db: Db, format: Format): AppError | null {
  const version = Number(db.pragma('user_version', { simple: true }));
  const newest = newestFormat(format);
  if (version > newest) return appError('database-newer', { found: String(version), known: String(newest) });
  const applicationId = Number(db.pragma('application_id', { simple: true }));
  if (version > 0 && applicationId !== APPLICATION_ID)
    return appError('database-corrupt', { sqlite: 'application_id' });
  return null;
}

/** Checks the schema before the first write: a foreign trigger would already run during migration. */
function recogniseSchema(db: Db, format: Format): AppError | null {
  const [first] = schemaProblems(db, format);
  return first === undefined
    ? null
    : appError('database-corrupt', { sqlite: `schema: ${first.slice(0, 200)}` });
}

/** One transaction although other code runs between its steps: nobody else has this connection yet. */
function* migrate(db: Db, format: Format): Generator<Progress, void> {
  db.exec('BEGIN IMMEDIATE');
  try {
    const found = Number(db.pragma('user_version', { simple: true }));
    for (const { formatVersion, sql } of format.steps) {
      if (found >= formatVersion) continue;
      db.exec(sql);
      db.pragma(`application_id = ${APPLICATION_ID}`);
    }
    const newest = newestFormat(format);
    if (found < newest) db.pragma(`user_version = ${newest}`);
    yield* makeViews(db, outdatedViews(db, format.views));
    db.exec('COMMIT');
  } finally {
    // A full disk may have rolled back already.
    if (db.inTransaction) db.exec('ROLLBACK');
  }
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
