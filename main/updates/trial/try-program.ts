import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type AppError, appError, err, type Result } from '../../../preload/contract/index.ts';
import type { Logger } from '../../kernel/ports.ts';
import { backupFailure, hasRoomFor } from '../../safety/index.ts';
import { notNow } from '../standing.ts';
import { judgeAnswer, type Verdicts } from './answer.ts';
import { bytesOf, type DataPlaces } from './put-aside.ts';
import type { RunProgram } from './run-program.ts';

export interface TryParts extends DataPlaces {
  readonly free: (folder: string) => Promise<number | null>;
  readonly run: RunProgram;
  /** What the program must be told as well, to reach the same keyring. */
  readonly args: readonly string[];
  readonly logger: Logger;
}

export interface Candidate {
  readonly version: string;
  /** Where it can be run from, before it is in place. */
  readonly program: string;
  /** Called right before it is run; where absent, whether it is there: another set-up may have taken it away. */
  readonly isWhole?: () => Promise<boolean>;
  /** This program is ending: nothing is put in place any more. */
  readonly ending?: AbortSignal;
}

/** What a program is let at, and how. */
export interface Ground {
  /** The switch that it is started with. */
  readonly how: string;
  /** How often the till's data must have room on the disk. */
  readonly copies: number;
  /** Makes the copy; throws what the disk says. */
  readonly copy: () => Promise<unknown>;
  /** A folder for nothing else, which is taken away before and after. */
  readonly scratch: string;
  readonly verdicts: Verdicts;
}

/** Chromium's own name for what it stores of a profile as a whole. */
const LOCAL_STATE = 'Local State';

/**
 * Lets a program with a profile of its own open what this one has sealed. On Windows the key that seals lies in the
 * profile, sealed itself by Windows for this user, and a new profile makes another; elsewhere the keyring has it, by the
 * program's name. `folder` is the till's own profile, which its data lie in. Throws what the disk says.
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
  return ending?.aborted ? err(notNow(['ending'])) : judgeAnswer(ended, version, verdicts);
}

/**
 * Runs a new version on data that a copy was made of, or on the copy, with a profile of its own and the till's keyring,
 * and judges what it says. Never throws. Errors: update-disk-full, update-file-changed, update-not-now, and the verdicts.
 */
export async function tryProgram(
  parts: TryParts,
  candidate: Candidate,
  ground: Ground,
): Promise<Result<Record<string, never>>> {
  const { scratch, verdicts } = ground;
  // Windows holds for a moment what a program that has just ended had open.
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
