import type { Db } from './database/open.ts';
import { createSeals, noSeals } from './database/seals.ts';
import { createSettings, keptInMemory } from './database/settings-repository.ts';
import { createSharedCommit } from './database/shared-commit.ts';
import { createTogether } from './database/together.ts';
import type { Logger, LoopClock, Random } from './ports.ts';
import type { Changed } from './room.ts';
import { storeDay } from './store-time.ts';

export interface KernelNeeds {
  readonly db: Db;
  /** Null while it is lost: then nothing is sealed, and settings last only until the program ends. */
  readonly journalKey: Buffer | null;
  readonly storeTimeZone: string;
  readonly clock: LoopClock;
  readonly random: Random;
  readonly logger: Logger;
  readonly changed: Changed;
}

export type Kernel = ReturnType<typeof createKernel>;

/** The basis of every slice of an open till. */
export function createKernel(needs: KernelNeeds) {
  const { db, journalKey, storeTimeZone, clock, random, logger, changed } = needs;
  const seals = journalKey === null ? noSeals : createSeals(db, journalKey);
  const settings = journalKey === null ? keptInMemory(createSettings(db)) : createSettings(db, seals);
  const today = () => storeDay(clock.nowMs(), storeTimeZone);
  return {
    db,
    seals,
    settings,
    together: createTogether(db),
    sharedCommit: createSharedCommit(db, clock),
    storeTimeZone,
    today,
    isToday: (unixMs: number) => storeDay(unixMs, storeTimeZone) === today(),
    clock,
    random,
    logger,
    changed,
  };
}
