import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type AppError, appError, err, type Result } from '../../../preload/contract/index.ts';
import type { Logger } from '../../kernel/ports.ts';
import { backupFailure, hasRoomFor } from '../../safety/index.ts';
import { notNow } from '../update-state.ts';
import { evaluateAnswer, type Verdicts } from './answer.ts';
import { bytesOf, type DataPlaces } from './copy-for-rollback.ts';
import type { RunProgram } from './run-program.ts';

export interface TryParts extends DataPlaces {
  readonly free: (folder: string) => Promise<number | null>;
  readonly run: RunProgram;
  /** Arguments for reaching the same keyring. */
  readonly args: readonly string[];
  readonly logger: Logger;
}

export interface Candidate {
  readonly version: string;
  /** Runnable before it is in place. */
  readonly program: string;
  /** Called just before the run; by default whether the file exists, for another set-up may have removed it. */
  readonly isWhole?: () => Promise<boolean>;
  /** This program is ending: nothing is installed any more. */
  readonly ending?: AbortSignal;
}

export interface Ground {
  /** Its command line switch. */
  readonly how: string;
  /** Copies of the till's data that must fit on the disk. */
  readonly copies: number;
  /** Throws as the file system does. */
  readonly copy: () => Promise<unknown>;
  /** An exclusive folder, removed before and after. */
  readonly scratch: string;
  readonly verdicts: Verdicts;
}

/** Chromium's file for profile-wide state. */
const LOCAL_STATE = 'Local State';

/**
 * Lets a program with a profile of its own open what this one has sealed. On Windows the key is in the
 * profile, protected for this user; elsewhere it is in the keyring under the program's name. `folder` is the
 * till's own profile. Throws as the file system does.
 */
export async function lendKeyring(
  folder: string,
  profile: string,
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  await mkdir(profile, { recursive: true, mode: 0o700 });
  const from = join(folder, LOCAL_STATE);
  if (platform === 'win32' && existsSync(from)) await copyFile(from, join(profile, LOCAL_STATE));
}

function notRun(thrown: unknown, verdicts: Verdicts): AppError {
  const { code, details } = backupFailure(thrown);
  return code === 'backup-no-room' ? appError('update-disk-full') : appError(verdicts.notRun, details);
}

async function judged(
  parts: TryParts,
  { version, program, ending, isWhole = async () => existsSync(program) }: Candidate,
  { how, copies, copy, scratch, verdicts }: Ground,
): Promise<Result<Record<string, never>>> {
  const { folder, free, run, args } = parts;
  const profile = join(scratch, 'profile');
  if (!hasRoomFor(copies * (await bytesOf(parts)), await free(folder)))
    return err(appError('update-disk-full'));
  await copy();
  await lendKeyring(folder, profile);
  if (!(await isWhole())) return err(appError('update-file-changed'));
  const ended = await run(program, [how, `--user-data-dir=${profile}`, ...args], ending);
  return ending?.aborted ? err(notNow(['ending'])) : evaluateAnswer(ended, version, verdicts);
}

/**
 * Runs a new version on the data, or a copy, with its own profile and the till's keyring, and judges its
 * result. Never throws. Errors: update-disk-full, update-file-changed, update-not-now, and those of
 * `verdicts`.
 */
export async function tryProgram(
  parts: TryParts,
  candidate: Candidate,
  ground: Ground,
): Promise<Result<Record<string, never>>> {
  const { scratch, verdicts } = ground;
  // Windows holds files of a process that has just ended for a moment.
  const remove = () => rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  const result = await remove()
    .then(() => judged(parts, candidate, ground))
    .catch((thrown: unknown) => err(notRun(thrown, verdicts)));
  await remove().catch(() => undefined);
  const why = result.ok ? {} : { code: result.error.code, ...result.error.details };
  const told = { version: candidate.version, ok: result.ok, ...why };
  parts.logger[result.ok ? 'info' : 'warn'](verdicts.event, told);
  return result;
}
