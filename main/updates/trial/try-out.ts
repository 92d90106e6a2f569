import { join } from 'node:path';
import { appError, err, type Result } from '../../../preload/contract/index.ts';
import type { Random } from '../../kernel/ports.ts';
import { ofTrial } from './answer.ts';
import { copyForRollback } from './copy-for-rollback.ts';
import { removeRollbackCopy } from './mark.ts';
import { comeBack } from './roll-back.ts';
import type { RunProgram } from './run-program.ts';
import type { TillLock } from './till-lock.ts';
import { type Candidate, type TryParts, tryProgram } from './try-program.ts';

export interface TryOutParts extends TryParts {
  /** This program's. */
  readonly version: string;
  readonly lock: TillLock;
  readonly random: Random;
}

export interface NewProgram extends Candidate {
  readonly commit: () => Promise<Result<unknown>>;
}

/** The copy, and what a migration adds. */
const COPIES = 2;

/**
 * Runs a new version on the till's own data, with no till open, before it takes this one's place: it opens the till,
 * renders it unseen and reports ready, without taking or sending anything. Then it is put in place; otherwise the data
 * is rolled back. If this process dies, the mark makes the next start roll back (`settleTrial`). Errors: those of
 * `tryProgram`, update-not-put-back, update-data-kept, second-copy, those of the commit.
 */
export const createTryOut =
  (parts: TryOutParts) =>
  async (next: NewProgram): Promise<Result<unknown>> => {
    const { folder, lock, random, version: from } = parts;
    const { version: to } = next;
    const seen = { wasRun: false };
    // The tried program needs the lock.
    const run: RunProgram = async (...how) => {
      seen.wasRun = true;
      lock.lend();
      try {
        return await parts.run(...how);
      } finally {
        lock.takeBack();
      }
    };
    const ready = await tryProgram({ ...parts, run }, next, {
      how: `--trial=${folder}`,
      copies: COPIES,
      copy: () => copyForRollback(parts, { from, to }, random),
      scratch: join(folder, 'updates', 'trial'),
      verdicts: ofTrial,
    });
    if (!seen.wasRun) {
      await removeRollbackCopy(folder).catch(() => undefined);
      return ready;
    }
    const locked = lock.problem();
    // Another program has the data, and rolls back.
    if (locked !== null) return err(locked);
    const done = ready.ok ? await next.commit() : ready;
    // The snapshot stays until the new version has drawn the till.
    if (done.ok) return done;
    const back = await comeBack(parts);
    if (!back.ok) lock.block(back.error);
    else if (back.value === 'kept') return err(appError('update-data-kept', { version: to }));
    return back.ok ? done : back;
  };
