import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AppError, appError } from '../../../preload/contract/index.ts';
import { LOCK_FILE, takeProcessLock } from '../../kernel/database/process-lock.ts';
import { isNoted, markFile } from './mark.ts';

/** One drainer: who has the data folder's lock may open what is in it. It goes with the process. */
export interface TillLock {
  /** Why nothing may be opened, whatever has the lock; null where this program may. */
  problem(): AppError | null;
  /** Until it is taken back another program may have it. */
  lend(): void;
  /** Waits a little for a program that is ending. Null where this one has it again. */
  takeBack(): AppError | null;
  /** Nothing may be opened from now on, although this program has it. */
  block(problem: AppError): void;
}

/** What was killed a moment ago may still be going. */
const PATIENCE_MS = 5_000;

/** What hangs in a trial that nobody waits for any more is ended first. */
export function takeTillLock(folder: string, patienceMs = PATIENCE_MS): TillLock {
  const file = join(folder, LOCK_FILE);
  const take = (ms: number) => takeProcessLock(file, ms);
  const problemOf = (taken: ReturnType<typeof take>) => (taken.ok ? null : taken.error);
  let taken = take(endStrays(folder) ? patienceMs : 0);
  let problem = problemOf(taken);
  return {
    problem: () => problem,
    lend: () => {
      if (taken.ok) taken.value.release();
      problem = appError('second-copy');
    },
    takeBack: () => {
      taken = take(patienceMs);
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
 * Ends a version that is still being tried on this data although the program that started it was killed. It ends by itself
 * when that goes, unless it hangs; then it would keep the data from whoever puts it back. On Windows the system ends it with
 * the program that started it (`run-program.ts`), hanging or not. To be called by the one program that has this data folder's window. Whether there was any.
 */
function endStrays(folder: string): boolean {
  if (!existsSync(markFile(folder)) || !isNoted(folder, 'onlyTried') || !existsSync('/proc')) return false;
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const strays = pids.filter((pid) => commandOf(pid).includes(`--trial=${folder}`));
  for (const pid of strays) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It has ended meanwhile, or is somebody else's.
    }
  }
  return strays.length > 0;
}
