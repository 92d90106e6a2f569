import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AppError, appError } from '../../../preload/contract/index.ts';
import { LOCK_FILE, takeProcessLock } from '../../kernel/database/process-lock.ts';
import { isNoted, markFile } from './mark.ts';

/** Only one process may open the data folder: the one with its lock, which the system releases. */
export interface TillLock {
  /** Why this program may open nothing; null where it may. */
  problem(): AppError | null;
  /** Another program may have it until `takeBack`. */
  lend(): void;
  /** Waits for a program that is ending; null where this one has it again. */
  takeBack(): AppError | null;
  /** Forbids opening although this program has the lock. */
  block(problem: AppError): void;
}

/** A killed process may take a moment to end. */
const TIMEOUT_MS = 5_000;

/** A trial that hangs without its parent is ended first. */
export function takeTillLock(folder: string, timeoutMs = TIMEOUT_MS): TillLock {
  const file = join(folder, LOCK_FILE);
  const take = (ms: number) => takeProcessLock(file, ms);
  const problemOf = (taken: ReturnType<typeof take>) => (taken.ok ? null : taken.error);
  let taken = take(endStrays(folder) ? timeoutMs : 0);
  let problem = problemOf(taken);
  return {
    problem: () => problem,
    lend: () => {
      if (taken.ok) taken.value.release();
      problem = appError('second-copy');
    },
    takeBack: () => {
      taken = take(timeoutMs);
      problem = problemOf(taken);
      return problem;
    },
    block: (by) => {
      problem = by;
    },
  };
}

const commandOf = (pid: string): readonly string[] => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
};

/**
 * Ends a trial on this data whose parent was killed and that hangs, which would keep the lock; Windows ends it with its
 * parent (`run-program.ts`). Call it only from the process that owns this data folder. Returns whether there was one.
 */
function endStrays(folder: string): boolean {
  if (!existsSync(markFile(folder)) || !isNoted(folder, 'onlyTried') || !existsSync('/proc')) return false;
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const strays = pids.filter((pid) => commandOf(pid).includes(`--trial=${folder}`));
  for (const pid of strays) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It has ended, or belongs to another user.
    }
  }
  return strays.length > 0;
}
