import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configureLive } from '../../../main/app/live-account.ts';
import { POLICY_KEY } from '../../../main/hosts/host/evidence-policy.ts';
import { createPracticeStore } from '../../../main/hosts/practice/store.ts';
import type { PracticeStore } from '../../../main/hosts/practice/types.ts';
import { type Db, openDatabase } from '../../../main/kernel/database/open.ts';
import { createSettings } from '../../../main/kernel/database/settings-repository.ts';
import { databaseFile, liveFolder } from '../../../main/kernel/folders.ts';
import type { Clock } from '../../../main/kernel/ports.ts';
import { realClock, realRandom } from '../../kit/practice-store.ts';
import { endWithTest } from './left-over.ts';
import { tortureMembers } from './members.ts';
import type { Orders } from './orders.ts';

export const journalKey = Buffer.alloc(32, 9);

/** A data folder in memory (a kill does not ask whether the disk turned) beside a store of its own. */
export interface TillFolder {
  readonly folder: string;
  readonly database: string;
  readonly store: PracticeStore;
  /** Both clocks, the till's and the store's, are this far ahead: a new day has calls to spare. */
  nextDay(): void;
  orders(change: Partial<Orders>): Orders;
  remove(): Promise<void>;
}

const DAY_MS = 86_400_000;

export const memoryFolder = (): string =>
  mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'counterfoil-torture-'));

export async function createTillFolder(): Promise<TillFolder> {
  const folder = memoryFolder();
  let shiftMs = 0;
  const clock: Clock = { ...realClock, nowMs: () => realClock.nowMs() + shiftMs };
  const store = await createPracticeStore({
    ...{ clock, random: realRandom, members: tortureMembers },
    profile: { compression: 'none' },
  });
  const remove = async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  };
  const forget = endWithTest(remove);
  const { baseUrl: host, appId } = store;
  const place = { tillNumber: 1, tillCount: 1 };
  const words = { storeTimeZone: 'Asia/Singapore', currency: 'SGD', language: 'en' };
  const problem = configureLive(folder, { host, appId, tillName: 'Counter 1', ...words, ...place });
  if (problem !== null) throw new Error(problem.code);
  const database = databaseFile(liveFolder(folder));
  const policy = { tillNumbersDeclared: true, callsPerDay: 100_000, repeatWithinMs: 0 };
  inDatabase(database, (db) => createSettings(db).set(POLICY_KEY, JSON.stringify(policy)));
  return {
    ...{ folder, database, store },
    nextDay: () => {
      shiftMs += DAY_MS;
    },
    orders: (change) => ({
      ...{
        folder,
        appKey: store.appKey,
        mode: 'loop',
        members: tortureMembers.length,
        topUps: 1_000_000,
        pauseMs: 4,
        speed: 1,
        shiftMs,
      },
      ...change,
    }),
    remove: () => {
      forget();
      return remove();
    },
  };
}

export function inDatabase<T>(file: string, work: (db: Db) => T): T {
  const opened = openDatabase(file);
  if (!opened.ok) throw new Error(`${file}: ${JSON.stringify(opened.error)}`);
  try {
    return work(opened.value);
  } finally {
    opened.value.close();
  }
}
