import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type AppError, appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import { removeFile, renameFile, syncFile, syncFolder } from '../../kernel/atomic-file.ts';
import type { Logger } from '../../kernel/ports.ts';
import type { OnProgress } from '../../kernel/progress.ts';
import type { ChainHead } from '../../ledger/journal/index.ts';
import type { Integrity } from '../integrity/integrity.ts';
import { backupFailure } from './backup-failure.ts';
import { type BackupName, PART_ENDING, readBackupName } from './backup-name.ts';
import { whichToRemove } from './which-to-keep.ts';

export interface NewBackup {
  readonly folder: string;
  readonly name: string;
  /** Writes the copy into a new file. */
  readonly write: (file: string) => Promise<void>;
  /** Verifies the copy; null where it is complete, otherwise what is wrong. */
  readonly check: (file: string) => Promise<string | null>;
}

/** Empty where the folder is missing. */
export async function backupsIn(folder: string): Promise<readonly BackupName[]> {
  try {
    return (await readdir(folder)).map(readBackupName).filter((backup) => backup !== null);
  } catch {
    return [];
  }
}

/** The newest backup of a place, and the last error. */
export interface PlaceState {
  readonly folder: string;
  readonly newestAtMs: number | null;
  readonly count: number;
  readonly problem: AppError | null;
}

export const placeState = (
  folder: string,
  found: readonly BackupName[],
  problem: AppError | null,
): PlaceState => ({
  folder,
  problem,
  count: found.length,
  newestAtMs: found.reduce<number | null>((latest, { atMs }) => Math.max(latest ?? 0, atMs), null),
});

/** How many lie there, and when the newest was made. */
export async function backupsOf(folder: string): Promise<Pick<PlaceState, 'count' | 'newestAtMs'>> {
  const { count, newestAtMs } = placeState(folder, await backupsIn(folder), null);
  return { count, newestAtMs };
}

/** A file that cannot be removed does not make the new backup fail. */
export async function prune(folder: string, nowMs: number, logger: Logger): Promise<void> {
  for (const { name } of whichToRemove(await backupsIn(folder), nowMs))
    await rm(join(folder, name), { force: true }).catch((thrown: unknown) =>
      logger.warn('backup.not-removed', { name, error: String(thrown) }),
    );
}

/** Incomplete files of a process that died. */
async function removeParts(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.includes(PART_ENDING)) await removeFile(join(folder, name));
}

/**
 * Makes one backup atomically: written under another name, synced, verified, and only then renamed. Errors:
 * `backup-no-room`, `backup-place-gone`, `backup-damaged`, `backup-failed`.
 */
export async function takeBackup({
  folder,
  name,
  write,
  check,
}: NewBackup): Promise<Result<Record<string, never>>> {
  const part = join(folder, `${name}${PART_ENDING}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await removeParts(folder);
    await write(part);
    await syncFile(part);
    const problem = await check(part);
    if (problem !== null) {
      await rm(part, { force: true });
      return err(appError('backup-damaged', { what: problem.slice(0, 200) }));
    }
    await renameFile(part, join(folder, name));
    await syncFolder(folder);
    return ok({});
  } catch (thrown) {
    await rm(part, { force: true }).catch(() => undefined);
    return err(backupFailure(thrown));
  }
}

/**
 * Null where the copy opens and has the journal as of its beginning. A broken journal is copied as it is: the till
 * reports it anyway.
 */
export async function checkDatabase(
  integrity: Integrity,
  file: string,
  key: Buffer | null,
  { chain, count }: Pick<ChainHead, 'chain' | 'count'>,
  onProgress?: OnProgress,
): Promise<string | null> {
  const found = await integrity.check(file, key, onProgress);
  if (!found.ok) return found.error.details?.['sqlite'] ?? found.error.code;
  const { head } = found.value;
  const isWhole = head.chain > chain || (head.chain === chain && head.count >= count);
  return isWhole ? null : `journal: ${head.count} of ${count}`;
}

/** 0 where the file is missing. */
export async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch {
    return 0;
  }
}
