import { closeSync, existsSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { type AppError, err, ok, type Result } from '../../preload/contract/index.ts';
import type { Db } from '../database/open.ts';
import { openDatabaseReadOnly } from '../database/open.ts';
import { createSettings } from '../database/settings-repository.ts';
import { createOutboxRepository, type OutboxRepository } from '../outbox/outbox-repository.ts';
import type { Clock, Random } from '../ports.ts';
import { signerOf } from './account.ts';
import { loadConfig } from './config.ts';
import { formatOf } from './export.ts';
import { type Verification, verifyOutbox } from './verify.ts';

/** The commands without a window. They open the database read-only, beside a running till if need be. */
export interface CommandParts {
  /** The live till's database, or the practice store's where there is no live one. */
  readonly file: string;
  readonly clock: Clock;
  readonly random: Random;
}

function openOutbox({ file, clock, random }: CommandParts): Result<{ db: Db; outbox: OutboxRepository }> {
  const opened = openDatabaseReadOnly(file);
  if (!opened.ok) return opened;
  const config = loadConfig(createSettings(opened.value));
  const identity = {
    till: '',
    accountHost: '',
    accountAppId: '',
    storeTimeZone: config?.storeTimeZone ?? 'UTC',
    tillNumber: 1,
    tillCount: 1,
  };
  return ok({ db: opened.value, outbox: createOutboxRepository(opened.value, identity, clock, random) });
}

const noEntries: Verification = {
  ok: true,
  entries: 0,
  states: { queued: 0, sending: 0, confirmed: 0, rejected: 0, unknown: 0, review: 0, cancelled: 0 },
  signatures: { valid: 0, invalid: 0, otherKey: 0 },
  problems: [],
};

/** `--verify`. A till that was never set up has nothing wrong with it. */
export function verifyCommand(
  parts: CommandParts,
  appKey: string | null,
): Verification | (Verification & { error: AppError }) {
  if (!existsSync(parts.file)) return noEntries;
  const opened = openOutbox(parts);
  if (!opened.ok)
    return { ...noEntries, ok: false, problems: [`database: ${opened.error.code}`], error: opened.error };
  const { db, outbox } = opened.value;
  try {
    return verifyOutbox(db, outbox, appKey === null ? null : signerOf(appKey));
  } finally {
    db.close();
  }
}

/** `--export=FILE`. Resolves to the number of entries; the file is whole or not there. */
export function exportCommand(parts: CommandParts, target: string): Result<number, string> {
  const format = formatOf(target);
  if (format === null) return err('Name the file .csv for CSV, or .jsonl for JSON lines.');
  if (!existsSync(parts.file))
    return err('There is nothing to export: no till is set up in this data folder.');
  const opened = openOutbox(parts);
  if (!opened.ok) return err(`The database cannot be read (${opened.error.code}).`);
  const { db, outbox } = opened.value;
  const partial = `${target}.part`;
  try {
    let lines = 0;
    const file = openSync(partial, 'w', 0o600);
    try {
      for (const line of format(outbox.all())) {
        writeSync(file, line);
        lines += 1;
      }
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(partial, target);
    return ok(/\.csv$/i.test(target) ? lines - 1 : lines);
  } catch (thrown) {
    return err(`The file cannot be written (${(thrown as NodeJS.ErrnoException).code ?? 'unknown'}).`);
  } finally {
    db.close();
  }
}
