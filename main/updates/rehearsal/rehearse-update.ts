import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type AppError, appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import { databaseFile, liveFolder } from '../../kernel/folders.ts';
import type { Logger } from '../../kernel/ports.ts';
import { backupFailure, hasRoomFor, sizeOf } from '../../safety/index.ts';
import { isWhatWasSigned } from '../file-hash.ts';
import type { Prepared } from '../installer.ts';
import type { Offer } from '../judge.ts';
import { judgeAnswer } from './answer.ts';
import { lendKeyring } from './keyring.ts';
import { copyForRehearsal, type RealTill } from './rehearsal-folder.ts';
import type { RunProgram } from './run-program.ts';

export interface OnCopyParts extends RealTill {
  readonly free: (folder: string) => Promise<number | null>;
  readonly run: RunProgram;
  /** What the program must be told as well, to reach the same keyring. */
  readonly args: readonly string[];
}

export interface Candidate {
  readonly version: string;
  /** What is run. */
  readonly program: string;
  /** Asked right before it is run; where absent, whether it is there: another set-up may have taken it away. */
  readonly isWhole?: () => Promise<boolean>;
}

/** The copy, and what a migration writes of it beside it. */
const COPIES = 3;

const notCopied = (thrown: unknown): AppError => {
  const { code, details } = backupFailure(thrown);
  return code === 'backup-no-room' ? appError('update-disk-full') : appError('update-not-rehearsed', details);
};

async function rehearsed(parts: OnCopyParts, base: string, candidate: Candidate) {
  const { folder, run, args } = parts;
  const { version, program, isWhole = async () => existsSync(program) } = candidate;
  const live = databaseFile(liveFolder(folder));
  const bytes = (await sizeOf(live)) + (await sizeOf(`${live}-wal`));
  if (!hasRoomFor(COPIES * bytes, await parts.free(folder))) return err(appError('update-disk-full'));
  const [copy, profile] = [join(base, 'data'), join(base, 'profile')];
  await copyForRehearsal(parts, copy);
  await lendKeyring(folder, profile);
  if (!(await isWhole())) return err(appError('update-file-changed'));
  const own = [`--rehearse=${copy}`, `--user-data-dir=${profile}`];
  return judgeAnswer(await run(program, [...own, ...args]), version);
}

/**
 * Runs a program on a copy of the till's data, beside a till that is open on it if need be. The copy lies in `base`, a folder
 * for nothing else, which is taken away. Never throws. Errors: update-rehearsal-failed, update-not-rehearsed,
 * update-disk-full, update-file-changed.
 */
export async function rehearseOnCopy(
  parts: OnCopyParts,
  base: string,
  candidate: Candidate,
): Promise<Result<Record<string, never>>> {
  // Windows holds for a moment what a program that has just ended had open.
  const remove = () => rm(base, { recursive: true, force: true, maxRetries: 5 });
  try {
    // Of one that did not come to its end.
    await remove();
    return await rehearsed(parts, base, candidate);
  } catch (thrown) {
    return err(notCopied(thrown));
  } finally {
    await remove().catch(() => undefined);
  }
}

/**
 * Runs the version that lies ready on a copy of the till's data before it may take this program's place. What cannot be run
 * from where it lies is not rehearsed. Errors: those of `rehearseOnCopy`.
 */
export const createRehearsal =
  (parts: OnCopyParts & { readonly logger: Logger }) =>
  async (
    { version, file }: Offer,
    { program }: Pick<Prepared, 'program'>,
  ): Promise<Result<Record<string, never>>> => {
    const { logger } = parts;
    if (program === undefined) {
      logger.info('update.not-rehearsed', { version, kind: file.kind });
      return ok({});
    }
    // What Windows' installer has unpacked it holds against a list of its own, each time that it is run.
    const isWhole = file.kind === 'appimage' ? () => isWhatWasSigned(program, file) : undefined;
    const result = await rehearseOnCopy(parts, join(parts.folder, 'rehearsal'), {
      version,
      program,
      ...(isWhole === undefined ? {} : { isWhole }),
    });
    const error = result.ok ? {} : { code: result.error.code, ...result.error.details };
    logger[result.ok ? 'info' : 'warn']('update.rehearsed', { version, ok: result.ok, ...error });
    return result;
  };
