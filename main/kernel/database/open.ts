import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { type AppError, appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import { heldNow } from '../held-file.ts';
import type { Progress } from '../progress.ts';
import type { Db } from './db.ts';
import { DatabaseFailure, databaseFailure } from './failure.ts';
import type { Format } from './format.ts';
import { type Migration, migrations } from './migrations/index.ts';
import { schemaProblems } from './schema.ts';
import { planOnce } from './stable-plan.ts';
import { makeViews, outdatedViews, type View } from './views.ts';

export type { Db } from './db.ts';

const givenUp = err(appError('database-failed', { sqlite: 'given up' }));

/** 'CFTL': tells a Counterfoil database from any other SQLite file. */
const APPLICATION_ID = 0x4346544c;

/**
 * Opens (and where needed makes or migrates) the outbox's database. What is migrated and the views that are made anew
 * are one transaction: the old format or the new one, whole.
 *
 * WAL with `synchronous=FULL`, set on every open and asserted after a first write: better-sqlite3
 * falls to NORMAL in WAL, which loses acknowledged rows in a power cut.
 *
 * Errors: file-held, database-locked, -read-only, -corrupt, -newer, -failed, disk-full. Never repairs, never
 * deletes: what cannot be opened stays as it is. A page that opening does not read may be damaged all the same: whoever
 * sends has the whole file looked at first (ADR 38).
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
 * Opens it as `openDatabase` does, and lets the program live between two steps where views have to be made anew:
 * `goesOn` hears of each, and false gives it up. Then everything is as it was before.
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
    // Does nothing where it came to its end; else it is rolled back and closed.
    opening.return(givenUp);
  }
}

function* openInSteps(file: string, format: Format): Generator<Progress, Result<Db>> {
  let db: Db | null = null;
  let isReady = false;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const newer = existsSync(file) ? problemOfNewer(file, format.steps) : null;
    if (newer !== null) return err(newer);
    db = planOnce(new Database(file, { timeout: 5_000 }));
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

/**
 * Whoever closes a database that was opened for writing empties its log into it: what a newer program has left is looked
 * at by a reader, so that not one byte of it changes.
 */
function problemOfNewer(file: string, steps: readonly Migration[]): AppError | null {
  let db: Db | null = null;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true, timeout: 0 });
    const problem = recogniseVersion(db, steps);
    return problem?.code === 'database-newer' ? problem : null;
  } catch (thrown) {
    // The opening itself waits for whoever is at work on it, and tells what it meets.
    if (databaseFailure(thrown) === null) throw thrown;
    return null;
  } finally {
    db?.close();
  }
}

/**
 * For `--verify` and `--export`: nothing is made, migrated or written. The schema is not held against the
 * migrations here, so that what a damaged till knows can still be told and exported; `--verify` does it.
 */
export function openDatabaseReadOnly(file: string): Result<Db> {
  let db: Db | null = null;
  try {
    db = planOnce(new Database(file, { readonly: true, fileMustExist: true, timeout: 5_000 }));
    const problem = recogniseVersion(db, migrations);
    if (problem === null) return ok(db);
    db.close();
    return err(problem);
  } catch (thrown) {
    db?.close();
    return err(whyNotOpened(file, db, thrown));
  }
}

/** To read a database of whatever version, whose tables are not looked at. Throws as SQLite does. */
export function openAnyVersion(file: string, waitMs: number): Db {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: waitMs });
  db.pragma('trusted_schema = OFF');
  return db;
}

/** Throws what is a bug. Of a file that somebody holds SQLite says no more than that it cannot be opened. */
function whyNotOpened(file: string, db: Db | null, thrown: unknown): AppError {
  const failure = databaseFailure(thrown);
  if (failure === null) throw thrown;
  db?.close();
  return heldNow([file, `${file}-wal`, `${file}-shm`]) ?? failure;
}

function* prepare(db: Db, format: Format): Generator<Progress, AppError | null> {
  const { steps } = format;
  db.pragma('foreign_keys = ON');
  db.pragma('trusted_schema = OFF');
  const problem = recogniseVersion(db, steps) ?? recogniseSchema(db, format);
  if (problem !== null) return problem;
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('fullfsync = ON');
  yield* migrate(db, format);
  assertDurable(db);
  return null;
}

function recogniseVersion(db: Db, steps: readonly Migration[]): AppError | null {
  const version = Number(db.pragma('user_version', { simple: true }));
  const newest = steps.at(-1)?.formatVersion ?? 0;
  if (version > newest) return appError('database-newer', { found: String(version), known: String(newest) });
  const applicationId = Number(db.pragma('application_id', { simple: true }));
  if (version > 0 && applicationId !== APPLICATION_ID)
    return appError('database-corrupt', { sqlite: 'application_id' });
  return null;
}

/** Before anything is written: a trigger of somebody else's would already run while this till migrates. */
function recogniseSchema(db: Db, format: Format): AppError | null {
  const [first] = schemaProblems(db, format);
  return first === undefined
    ? null
    : appError('database-corrupt', { sqlite: `schema: ${first.slice(0, 200)}` });
}

/** One transaction, although the program may live between its steps: nobody else has this connection yet. */
function* migrate(db: Db, { steps, views }: Format): Generator<Progress, void> {
  db.exec('BEGIN IMMEDIATE');
  try {
    const found = Number(db.pragma('user_version', { simple: true }));
    for (const { formatVersion, sql } of steps) {
      if (found >= formatVersion) continue;
      db.exec(sql);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${formatVersion}`);
    }
    yield* makeViews(db, outdatedViews(db, views));
    db.exec('COMMIT');
  } finally {
    // A full disk may have rolled it back by itself.
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
