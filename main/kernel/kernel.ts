import type { SetAbove } from '../../preload/contract/index.ts';
import type { Db } from './database/open.ts';
import { createRunInTransaction } from './database/run-in-transaction.ts';
import { createSeals, noSeals } from './database/seals.ts';
import { cachedInMemory, createSettings } from './database/settings-repository.ts';
import type { Clock, Logger, Random } from './ports.ts';
import type { Changed } from './room.ts';
import { storeDay } from './store-time.ts';

export interface KernelNeeds {
  readonly db: Db;
  /** Null while it is lost: then nothing is sealed, and settings last only until the program ends. */
  readonly journalKey: Buffer | null;
  readonly storeTimeZone: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly changed: Changed;
  /** What is not a manager's to change; of a later slice. */
  readonly above: () => SetAbove;
}

export type Kernel = ReturnType<typeof createKernel>;

/** The basis of every slice of an open till. */
export function createKernel(needs: KernelNeeds) {
  const { db, journalKey, storeTimeZone, clock, random, logger, changed, above } = needs;
  const seals = journalKey === null ? noSeals : createSeals(db, journalKey);
  const settings = journalKey === null ? cachedInMemory(createSettings(db)) : createSettings(db, seals);
  const today = () => storeDay(clock.nowMs(), storeTimeZone);
  return {
    db,
    seals,
    settings,
    runInTransaction: createRunInTransaction(db),
    storeTimeZone,
    today,
    isToday: (unixMs: number) => storeDay(unixMs, storeTimeZone) === today(),
    clock,
    random,
    logger,
    changed,
    above,
  };
}
