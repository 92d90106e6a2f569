import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type AppError, appError, err, type Result } from '../../../preload/contract/index.ts';
import type { Random } from '../../kernel/ports.ts';
import { backupFailure, hasRoomFor } from '../../safety/index.ts';
import { judgeAnswer, ofTrial } from '../rehearsal/answer.ts';
import { lendKeyring } from '../rehearsal/keyring.ts';
import type { RunProgram } from '../rehearsal/run-program.ts';
import { notNow } from '../standing.ts';
import { type ComeBackParts, comeBack } from './come-back.ts';
import { removeAside } from './mark.ts';
import { bytesToPutAside, putAside } from './put-aside.ts';
import type { TillLock } from './till-lock.ts';

export interface TryOutParts extends ComeBackParts {
  /** Of this program. */
  readonly version: string;
  readonly lock: TillLock;
  readonly free: (folder: string) => Promise<number | null>;
  readonly run: RunProgram;
  /** What the program must be told as well, to reach the same keyring. */
  readonly args: readonly string[];
  readonly random: Random;
}

export interface NewProgram {
  readonly version: string;
  /** Where it can be run from, before it is in place. */
  readonly program: string;
  /** This program is ending: nothing is put in place any more. */
  readonly ending: AbortSignal;
  /** Puts it in place. */
  readonly commit: () => Promise<Result<unknown>>;
}

/** The copy, and what a migration writes of the database beside it. */
const COPIES = 2;

/** The trial's own: whatever the system keeps of a profile lies there. */
const profileOf = (folder: string): string => join(folder, 'updates', 'trial');

async function putAllAside(parts: TryOutParts, to: string): Promise<AppError | null> {
  const { folder, version, free, random, logger } = parts;
  try {
    const room = COPIES * (await bytesToPutAside(parts));
    if (!hasRoomFor(room, await free(folder))) return appError('update-disk-full');
    await putAside(parts, { from: version, to }, random);
    await lendKeyring(folder, profileOf(folder));
    return null;
  } catch (thrown) {
    const { code, details } = backupFailure(thrown);
    logger.warn('trial.not-put-aside', { code, ...details });
    await removeAside(folder).catch(() => undefined);
    return code === 'backup-no-room' ? appError('update-disk-full') : appError('update-not-tried', details);
  }
}

/** Runs it on the till's own data, without this program's hand on that. */
async function tried(parts: TryOutParts, { version, program, ending }: NewProgram): Promise<Result<unknown>> {
  const { folder, lock, run, args } = parts;
  const profile = profileOf(folder);
  lock.lend();
  try {
    const own = [`--trial=${folder}`, `--user-data-dir=${profile}`];
    const ended = await run(program, [...own, ...args], ending);
    return ending.aborted ? err(notNow(['ending'])) : judgeAnswer(ended, version, ofTrial);
  } finally {
    lock.takeBack();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
  }
}

/**
 * Lets a new version at the till's own data before it takes this one's place, while no till is open: it opens the till,
 * draws it where nobody sees it, and says that it is ready. It takes and sends nothing meanwhile, so there are no entries
 * of that time. Only then it is put in place; else the data is put back as it was. A process that dies on the way leaves
 * this program in its place and a mark, by which the next start puts the data back (`settle.ts`).
 *
 * Errors: update-file-changed, update-trial-failed, update-not-tried, update-disk-full, update-not-now,
 * update-not-put-back, second-copy, those of the commit.
 */
export const createTryOut =
  (parts: TryOutParts) =>
  async (next: NewProgram): Promise<Result<unknown>> => {
    const { logger, lock } = parts;
    const { version } = next;
    // Another set-up may have taken it away: no fault of its own.
    if (!existsSync(next.program)) return err(appError('update-file-changed'));
    const problem = await putAllAside(parts, version);
    if (problem !== null) return err(problem);
    const ready = await tried(parts, next);
    const why = ready.ok ? {} : { code: ready.error.code, ...ready.error.details };
    logger[ready.ok ? 'info' : 'warn']('update.tried', { version, ok: ready.ok, ...why });
    const locked = lock.problem();
    // Whatever has the data now: whoever has it next puts it back.
    if (locked !== null) return err(locked);
    const done = ready.ok ? await next.commit() : ready;
    // The mark stays for the version that is in place now: it goes when that has drawn the till.
    if (done.ok) return done;
    const back = await comeBack(parts);
    if (back.kind === 'failed') lock.block(back.problem);
    if (back.kind === 'kept') return err(appError('update-data-kept', { version }));
    return back.kind === 'failed' ? err(back.problem) : done;
  };
