import { join } from 'node:path';
import { type AppError, appError } from '../../../preload/contract/index.ts';
import { LOCK_FILE, takeProcessLock } from '../../kernel/database/process-lock.ts';
import { endStrays } from './end-strays.ts';

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
