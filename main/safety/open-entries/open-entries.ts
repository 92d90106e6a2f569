import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import {
  appError,
  err,
  type LostEntry,
  lostEntrySchema,
  ok,
  type Result,
} from '../../../preload/contract/index.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import { whileRefused } from '../../kernel/held-file.ts';
import type { Random } from '../../kernel/ports.ts';
import { type Lock, openLock } from '../../kernel/sealing/lock.ts';
import { sealBytes, unsealBytes } from '../../kernel/sealing/sealed-file.ts';
import type { Increment } from '../../ledger/index.ts';

/** In the second place, beside the backups: what a lost till had open, to be shown and never sent. */
export const OPEN_ENTRIES_FILE = 'open-entries.cfsealed';

const MOST_BYTES = 16 * 1024 * 1024;

const contentSchema = z.object({ version: z.literal(1), entries: z.array(lostEntrySchema) });

const toLost = (entry: Increment): LostEntry => ({
  id: entry.id,
  atMs: entry.createdAtMs,
  customerUid: entry.customerUid,
  memberName: entry.customerName.slice(0, 200),
  memberNumber: entry.customerNumber.slice(-4),
  balance: entry.balanceIncrement,
  point: entry.pointIncrement,
  state: entry.state,
});

/** The plain text of the file; `lost` are those that an earlier restore lost and nobody has gone through. */
export const openEntriesText = (open: readonly Increment[], lost: readonly LostEntry[]): string =>
  JSON.stringify({ version: 1, entries: [...lost, ...open.map(toLost)] });

export const sealOpenEntries = (text: string, lock: Lock, random: Pick<Random, 'bytes'>): Buffer =>
  sealBytes(Buffer.from(text), lock, random);

/** Errors: `passphrase-wrong`, `backup-damaged`; throws as the file system does. */
export async function readOpenEntries(
  file: string,
  passphrase: string,
): Promise<Result<readonly LostEntry[]>> {
  const { size } = await stat(file);
  if (size > MOST_BYTES) return err(appError('backup-damaged', { what: 'size' }));
  const sealed = await whileRefused(() => readFile(file));
  const text = await unsealBytes(sealed, (lock) => openLock(lock, passphrase));
  if (!text.ok) return text;
  const read = contentSchema.safeParse(readJson(text.value.toString('utf8')));
  return read.success ? ok(read.data.entries) : err(appError('backup-damaged', { what: 'content' }));
}
