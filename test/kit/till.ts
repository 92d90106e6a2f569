import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { configureLive } from '../../main/app/live-account.ts';
import type { OpenedSession } from '../../main/app/open-session.ts';
import { openLiveSession } from '../../main/app/open-session.ts';
import type { World } from '../../main/app/world.ts';
import type { TillConfig } from '../../main/hosts/config.ts';
import type { PracticeStore } from '../../main/hosts/practice/types.ts';
import { backupFolder } from '../../main/kernel/folders.ts';
import type { Logger } from '../../main/kernel/ports.ts';
import type { Topic } from '../../main/kernel/room.ts';
import { createTimeouts } from '../../main/kernel/timeouts.ts';
import { shownEntries } from '../../main/ledger/shown/shown-entry.ts';
import { createMemoryVault } from '../../main/people/credentials/vault.ts';
import { checkHere } from '../../main/safety/integrity/integrity.ts';
import type { BackupWorld } from '../../main/safety/slice.ts';
import { amount, type Entry, type EntryState } from '../../preload/contract/index.ts';
import { atTheTill } from './actors.ts';
import { realClock, realRandom } from './practice-store.ts';
import { ownClockStoreTimeZone, storeTimeZone } from './store-time-zone.ts';

export const silentLogger: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * What a PIN costs in tests: next to nothing. What it costs in a shop, a good part of a second each time, is held by
 * `credentials/manager-pin.test.ts` and security check 31.
 */
export const CHEAP_PINS = 2;

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface TestTill {
  readonly session: OpenedSession;
  readonly folder: string;
  /** What was told to have changed, until a test takes it out. */
  readonly told: Set<Topic>;
  entries(): readonly Entry[];
  /** Resolves once `holds`; checked after every change, so nothing sleeps. */
  until(holds: (till: TestTill) => boolean): Promise<void>;
  untilState(reference: string, state: EntryState): Promise<Entry>;
  topUp(customerUid: string, balance: string, point?: string): Entry;
  /** As a killed process leaves it: nothing is finished, nothing is closed in order. */
  close(): Promise<void>;
}

export const configFor = (store: PracticeStore, change: Partial<TillConfig> = {}): TillConfig => ({
  host: store.baseUrl,
  appId: store.appId,
  tillName: 'Counter 1',
  storeTimeZone,
  currency: 'SGD',
  language: 'en',
  tillNumber: 1,
  tillCount: 1,
  ...change,
});

/** The member as a cashier sees one on the card: what a top-up must name beside the uid. */
export function asSeen(session: OpenedSession, customerUid: string) {
  const known = session.members.directory.byUid(customerUid);
  return { customerUid, customerNumber: known?.number ?? '', customerName: known?.name ?? '' };
}

export interface TestTillOptions {
  readonly folder?: string;
  readonly appKey?: string;
  readonly world?: Partial<World>;
  readonly config?: Partial<TillConfig>;
  /** Another build's, in a check that has undone something of it. */
  readonly open?: typeof openLiveSession;
  /** Backups of this till are made in its folder; else there are none. */
  readonly backups?: Partial<BackupWorld>;
}

/** On the disk of the tests, in this very thread, with a person who chooses nothing. */
export const backupsOf = (folder: string, change: Partial<BackupWorld> = {}): BackupWorld => ({
  folder: backupFolder(folder),
  integrity: checkHere,
  disk: { free: async () => null },
  picker: { pick: async () => null },
  timeouts: createTimeouts(realClock),
  ...change,
});

/** A live till of the real parts against a practice store: real database, real sockets, no window. */
export async function openTestTill(store: PracticeStore, options: TestTillOptions = {}): Promise<TestTill> {
  const folder = options.folder ?? temporaryFolder();
  const journalKey = Buffer.alloc(32, 9);
  const ownZone = options.world?.clock === undefined ? {} : { storeTimeZone: ownClockStoreTimeZone };
  const config = configFor(store, { ...ownZone, ...options.config });
  const problem = configureLive(folder, config, journalKey);
  if (problem !== null) throw new Error(problem.code);
  const listeners = new Set<() => void>();
  const told = new Set<Topic>();
  const pinPepper = Buffer.alloc(32, 7);
  const world: World = {
    folder,
    headCopyFolder: join(folder, 'copy'),
    clock: realClock,
    // No jitter: every wait is the shortest there is.
    random: { ...realRandom, unit: () => 0 },
    logger: silentLogger,
    pinCost: CHEAP_PINS,
    vault: createMemoryVault({ appKey: options.appKey ?? store.appKey, pinPepper, journalKey }, realRandom),
    changed: (...topics) => {
      for (const topic of topics) told.add(topic);
      for (const listener of [...listeners]) listener();
    },
    ...(options.backups === undefined ? {} : { backups: backupsOf(folder, options.backups) }),
    ...options.world,
  };
  const opened = await (options.open ?? openLiveSession)(world);
  if (!opened.ok || opened.value === null) throw new Error('the till does not open');
  const session = opened.value;
  let closed = false;
  const till: TestTill = {
    ...{ session, folder, told },
    entries: () =>
      session.ledger.outbox
        .activity(session.kernel.today(), 500)
        .map(shownEntries(session.ledger.outbox, session.config.storeTimeZone)),
    until: (holds) =>
      new Promise((resolve) => {
        const check = () => {
          if (closed || !holds(till)) return;
          listeners.delete(check);
          resolve();
        };
        listeners.add(check);
        check();
      }),
    untilState: async (reference, state) => {
      const find = () =>
        till.entries().find((entry) => entry.reference === reference && entry.state === state);
      await till.until(() => find() !== undefined);
      return find() as Entry;
    },
    topUp: (customerUid, balance, point = '0') => {
      const saved = session.counter.topUps.create(
        {
          requestId: realRandom.uuid(),
          ...asSeen(session, customerUid),
          balanceIncrement: amount(balance),
          pointIncrement: amount(point),
          note: '',
        },
        atTheTill,
      );
      if (!saved.ok) throw new Error(saved.error.code);
      session.sending.loop.wake();
      return shownEntries(session.ledger.outbox, 'Asia/Singapore')(saved.value);
    },
    close: async () => {
      if (closed) return;
      closed = true;
      await session.close(0);
    },
  };
  onTestFinished(() => till.close());
  return till;
}
