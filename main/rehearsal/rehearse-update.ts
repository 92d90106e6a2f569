import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type AppError, appError, err, ok, type Result } from '../../preload/contract/index.ts';
import { backupFailure } from '../backups/backup-failure.ts';
import { hasRoomFor } from '../backups/disk-space.ts';
import { sizeOf } from '../backups/take-backup.ts';
import { databaseFile, liveFolder } from '../folders.ts';
import type { Logger } from '../ports.ts';
import { isWhatWasSigned } from '../updates/file-hash.ts';
import type { Offer } from '../updates/judge.ts';
import { judgeAnswer } from './answer.ts';
import { copyForRehearsal, type RealTill } from './rehearsal-folder.ts';
import type { RunProgram } from './run-program.ts';

export interface RehearsalParts extends RealTill {
  readonly free: (folder: string) => Promise<number | null>;
  readonly run: RunProgram;
  /** What the program must be told as well, to reach the same keyring. */
  readonly args: readonly string[];
  readonly logger: Logger;
}

/** The copy, and what a migration writes of it beside it. */
const COPIES = 3;

const notCopied = (thrown: unknown): AppError => {
  const { code, details } = backupFailure(thrown);
  return code === 'backup-no-room' ? appError('update-disk-full') : appError('update-not-rehearsed', details);
};

async function rehearsed(parts: RehearsalParts, base: string, { version, file }: Offer, path: string) {
  const { folder, run, args } = parts;
  const live = databaseFile(liveFolder(folder));
  const bytes = (await sizeOf(live)) + (await sizeOf(`${live}-wal`));
  if (!hasRoomFor(COPIES * bytes, await parts.free(folder))) return err(appError('update-disk-full'));
  const copy = join(base, 'data');
  await copyForRehearsal(parts, copy);
  if (!(await isWhatWasSigned(path, file))) return err(appError('update-file-changed'));
  await chmod(path, 0o700);
  const own = [`--rehearse=${copy}`, `--user-data-dir=${join(base, 'profile')}`];
  return judgeAnswer(await run(path, [...own, ...args]), version);
}

/**
 * Runs the version that was brought on a copy of the till's data, in a folder of its own, before it may take this
 * program's place. Only an AppImage runs from where it lies: the others are not rehearsed. Errors: update-rehearsal-failed,
 * update-not-rehearsed, update-disk-full, update-file-changed.
 */
export const createRehearsal =
  (parts: RehearsalParts) =>
  async (offer: Offer, path: string): Promise<Result<Record<string, never>>> => {
    const { logger } = parts;
    const { version, file } = offer;
    if (file.kind !== 'appimage') {
      logger.info('update.not-rehearsed', { version, kind: file.kind });
      return ok({});
    }
    const base = join(parts.folder, 'rehearsal');
    const remove = () => rm(base, { recursive: true, force: true });
    try {
      // Of a rehearsal that did not come to its end.
      await remove();
      const result = await rehearsed(parts, base, offer, path);
      const error = result.ok ? {} : { code: result.error.code, ...result.error.details };
      logger[result.ok ? 'info' : 'warn']('update.rehearsed', { version, ok: result.ok, ...error });
      return result;
    } catch (thrown) {
      const error = notCopied(thrown);
      logger.warn('update.not-rehearsed', { version, code: error.code, ...error.details });
      return err(error);
    } finally {
      await remove().catch(() => undefined);
    }
  };
