import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type AppError, err, ok, type Result } from '../../preload/contract/index.ts';
import { formatOf } from '../day/index.ts';
import { loadConfig } from '../hosts/index.ts';
import type { HostProtocol } from '../hosts/port/index.ts';
import { databaseFailure } from '../kernel/database/failure.ts';
import type { Db } from '../kernel/database/open.ts';
import { openDatabaseReadOnly } from '../kernel/database/open.ts';
import { schemaProblems } from '../kernel/database/schema.ts';
import { createSettings } from '../kernel/database/settings-repository.ts';
import { isThere } from '../kernel/held-file.ts';
import type { Clock, Random } from '../kernel/ports.ts';
import { ignoreProgress, inPercent, type OnProgress } from '../kernel/progress.ts';
import { createOutboxRepository, incrementsOf, noRecorder, type OutboxRepository } from '../ledger/index.ts';
import { isHeadStored } from '../ledger/journal/index.ts';
import {
  type JournalHeads,
  readHeads,
  type Verification,
  verifyOutbox,
  type WhereHeadsLie,
} from './verify.ts';

/** Commands without a window; they open the database read-only, also beside a running till. */
export interface CommandParts {
  /** The live till's, or the practice store's where there is none. */
  readonly file: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly protocol: Pick<HostProtocol, 'signerOf' | 'readIncrement'>;
}

/** A read-only outbox. */
export function outboxFor(db: Db, { clock, random }: CommandParts): OutboxRepository {
  const config = loadConfig(createSettings(db));
  const identity = {
    accountHost: '',
    accountAppId: '',
    till: '',
    storeTimeZone: config?.storeTimeZone ?? 'UTC',
    tillNumber: 1,
    tillCount: 1,
  };
  return createOutboxRepository(db, identity, clock, random, noRecorder);
}

const isSetUp = (db: Db): boolean => loadConfig(createSettings(db)) !== null;

/** It has rows, which exist only after a set-up. */
const isUsed = (db: Db): boolean =>
  db.prepare('SELECT 1 AS used FROM increment UNION ALL SELECT 1 FROM journal LIMIT 1').get() !== undefined;

/** A till was set up in this file at some time, whatever is left of it. */
export function isTillFile(file: string): boolean {
  const opened = isThere(file) ? openDatabaseReadOnly(file) : null;
  // A file that cannot be opened counts as a till: its command must report the error.
  if (opened === null || !opened.ok) return opened !== null;
  try {
    return isSetUp(opened.value) || isUsed(opened.value) || isHeadStored(dirname(file));
  } catch {
    return true;
  } finally {
    opened.value.close();
  }
}

const noEntries: Verification = {
  ok: true,
  entries: 0,
  states: { queued: 0, sending: 0, confirmed: 0, rejected: 0, unknown: 0, review: 0, cancelled: 0 },
  signatures: { valid: 0, invalid: 0, otherKey: 0 },
  journal: null,
  problems: [],
};

const withProblems = (found: Verification, problems: readonly string[]): Verification =>
  problems.length === 0 ? found : { ...found, ok: false, problems: [...problems, ...found.problems] };

const unreadable = (error: AppError, problems: readonly string[] = []) => ({
  ...withProblems(noEntries, [...problems, `database: ${error.code}`]),
  error,
});

/** The first start makes an empty database before any set-up; then no checkpoint has rows. */
function verifyNotSetUp(db: Db, heads: JournalHeads | null): Verification {
  const covered = Math.max(heads?.near?.count ?? 0, heads?.far?.count ?? 0);
  const wasSetUp = isUsed(db) || covered > 0;
  return wasSetUp ? withProblems(noEntries, ['the settings of the till are gone']) : noEntries;
}

/** `--verify`. A till that was never set up has no problems. */
export function verifyCommand(
  parts: CommandParts,
  appKey: string | null,
  headsAt: WhereHeadsLie | null = null,
  onProgress: OnProgress = ignoreProgress,
): Verification | (Verification & { error: AppError }) {
  if (!isThere(parts.file)) return noEntries;
  const opened = openDatabaseReadOnly(parts.file);
  if (!opened.ok) return unreadable(opened.error);
  const db = opened.value;
  // Before the database is read: see `verifyOutbox`.
  const heads = headsAt === null ? null : readHeads(headsAt);
  let schema: readonly string[] = [];
  try {
    // First, since a foreign schema may be the cause of everything else.
    schema = schemaProblems(db).map((problem) => `schema: ${problem}`);
    const config = loadConfig(createSettings(db));
    if (config === null) return withProblems(verifyNotSetUp(db, heads), schema);
    const signer = appKey === null ? null : parts.protocol.signerOf(appKey);
    const { clock } = parts;
    const readIncrement = incrementsOf(config.appId, parts.protocol.readIncrement);
    const found = verifyOutbox(db, outboxFor(db, parts), signer, heads, clock, { readIncrement }, onProgress);
    return withProblems(found, schema);
  } catch (thrown) {
    // A damaged page shows only when it is read.
    const failure = databaseFailure(thrown);
    if (failure === null) throw thrown;
    return unreadable(failure, schema);
  } finally {
    db.close();
  }
}

/** `--export=FILE`. Resolves to the number of entries; the file is complete or absent. */
export function exportCommand(
  parts: CommandParts,
  target: string,
  onProgress: OnProgress = ignoreProgress,
): Result<number, string> {
  const format = formatOf(target);
  if (format === null) return err('Name the file .csv for CSV, or .jsonl for JSON lines.');
  if (!isThere(parts.file)) return err('There is nothing to export: no till is set up in this data folder.');
  const partial = `${target}.part`;
  let db: Db | null = null;
  try {
    const opened = openDatabaseReadOnly(parts.file);
    if (!opened.ok) return err(`The database cannot be read (${opened.error.code}).`);
    db = opened.value;
    const outbox = outboxFor(db, parts);
    const known = Object.values(outbox.counts()).reduce((all, count) => all + count, 0);
    const lines = writeLines(partial, format(outbox.all()), inPercent(known, onProgress));
    renameSync(partial, target);
    return ok(/\.csv$/i.test(target) ? lines - 1 : lines);
  } catch (thrown) {
    rmSync(partial, { force: true });
    const code = (thrown as NodeJS.ErrnoException).code ?? 'unknown';
    return err(
      `${code.startsWith('SQLITE') ? 'The database cannot be read' : 'The file cannot be written'} (${code}).`,
    );
  } finally {
    db?.close();
  }
}

/** A write costs as much as many lines. */
const LINES_AT_ONCE = 1_000;

/** Complete and on disk when it returns. */
export function writeLines(path: string, lines: Iterable<string>, goOn: (more: number) => void): number {
  let written = 0;
  let waiting: string[] = [];
  const file = openSync(path, 'w', 0o600);
  const write = () => {
    writeFileSync(file, waiting.join(''));
    written += waiting.length;
    goOn(waiting.length);
    waiting = [];
  };
  try {
    for (const line of lines) if (waiting.push(line) === LINES_AT_ONCE) write();
    write();
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return written;
}
