import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type AppError, appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import { removeFile, renameFile, syncFile, syncFolder } from '../../kernel/atomic-file.ts';
import type { Logger } from '../../kernel/ports.ts';
import type { Tell } from '../../kernel/progress.ts';
import type { ChainHead } from '../../ledger/journal/index.ts';
import type { Integrity } from '../integrity/integrity.ts';
import { backupFailure } from './backup-failure.ts';
import { type BackupName, PART_ENDING, readBackupName } from './backup-name.ts';
import { whichToRemove } from './which-to-keep.ts';

export interface NewBackup {
  readonly folder: string;
  readonly name: string;
  /** Writes the copy into this file, which is not there yet. */
  readonly write: (file: string) => Promise<void>;
  /** Opens what was written and looks at it; null where it is a whole backup, else what is wrong with it. */
  readonly check: (file: string) => Promise<string | null>;
}

/** The backups in a folder; none where it is not there. */
export async function backupsIn(folder: string): Promise<readonly BackupName[]> {
  try {
    return (await readdir(folder)).map(readBackupName).filter((backup) => backup !== null);
  } catch {
    return [];
  }
}

/** The newest backup in a place, and what stopped the last try; null where there is none. */
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

/** The oldest go first; one that cannot be removed is no reason to say that the new one failed. */
export async function prune(folder: string, nowMs: number, logger: Logger): Promise<void> {
  for (const { name } of whichToRemove(await backupsIn(folder), nowMs))
    await rm(join(folder, name), { force: true }).catch((thrown: unknown) =>
      logger.warn('backup.not-removed', { name, error: String(thrown) }),
    );
}

/** What a process that died has left half written; never a backup. */
async function removeParts(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.includes(PART_ENDING)) await removeFile(join(folder, name));
}

/**
 * One backup, whole or not there: written under another name, on the disk, opened and looked at, and only then named.
 * What was there before stays. Errors: `backup-no-room`, `backup-place-gone`, `backup-damaged`, `backup-failed`.
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
 * A database that opens, with all of the journal that there was when the copy was begun. A journal that is broken at the
 * till is copied as it is: the till tells of it, and the copy shows the same.
 */
export async function checkDatabase(
  integrity: Integrity,
  file: string,
  key: Buffer | null,
  { chain, count }: Pick<ChainHead, 'chain' | 'count'>,
  tell?: Tell,
): Promise<string | null> {
  const found = await integrity.check(file, key, tell);
  if (!found.ok) return found.error.details?.['sqlite'] ?? found.error.code;
  const { head } = found.value;
  const isWhole = head.chain > chain || (head.chain === chain && head.count >= count);
  return isWhole ? null : `journal: ${head.count} of ${count}`;
}

/** What a file takes; 0 where it is not there. */
export async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch {
    return 0;
  }
}
