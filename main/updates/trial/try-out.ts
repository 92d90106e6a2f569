import { join } from 'node:path';
import { appError, err, type Result } from '../../../preload/contract/index.ts';
import type { Random } from '../../kernel/ports.ts';
import { ofTrial } from './answer.ts';
import { removeAside } from './mark.ts';
import { putAside } from './put-aside.ts';
import { comeBack } from './put-back.ts';
import type { RunProgram } from './run-program.ts';
import type { TillLock } from './till-lock.ts';
import { type Candidate, type TryParts, tryProgram } from './try-program.ts';

export interface TryOutParts extends TryParts {
  /** Of this program. */
  readonly version: string;
  readonly lock: TillLock;
  readonly random: Random;
}

export interface NewProgram extends Candidate {
  /** Puts it in place. */
  readonly commit: () => Promise<Result<unknown>>;
}

/** The copy, and what a migration writes of the database beside it. */
const COPIES = 2;

/**
 * Lets a new version at the till's own data before it takes this one's place, while no till is open: it opens the till,
 * draws it where nobody sees it, and says that it is ready. It takes and sends nothing meanwhile, so there are no entries
 * of that time. Only then it is put in place; else the data is put back as it was. A process that dies on the way leaves
 * this program in its place and a mark, by which the next start puts the data back (`settleTrial`).
 *
 * Errors: those of `tryProgram`, update-not-put-back, update-data-kept, second-copy, those of the commit.
 */
export const createTryOut =
  (parts: TryOutParts) =>
  async (next: NewProgram): Promise<Result<unknown>> => {
    const { folder, lock, random, version: from } = parts;
    const { version: to } = next;
    const seen = { wasRun: false };
    // Without this program's hand on the data.
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
      copy: () => putAside(parts, { from, to }, random),
      scratch: join(folder, 'updates', 'trial'),
      verdicts: ofTrial,
    });
    if (!seen.wasRun) {
      await removeAside(folder).catch(() => undefined);
      return ready;
    }
    const locked = lock.problem();
    // Whatever has the data now: whoever has it next puts it back.
    if (locked !== null) return err(locked);
    const done = ready.ok ? await next.commit() : ready;
    // The mark stays for the version that is in place now: it goes when that has drawn the till.
    if (done.ok) return done;
    const back = await comeBack(parts);
    if (!back.ok) lock.block(back.error);
    else if (back.value === 'kept') return err(appError('update-data-kept', { version: to }));
    return back.ok ? done : back;
  };
