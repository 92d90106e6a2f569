import type { KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAppImageInstaller } from '../../main/updates/appimage.ts';
import type { Installed } from '../../main/updates/evaluate-release.ts';
import type { TillNow } from '../../main/updates/may-install.ts';
import type { ReleaseList } from '../../main/updates/release-list.ts';
import { createUpdates, type Updates, type UpdatesParts } from '../../main/updates/updates.ts';
import { type AppError, ok, type Result } from '../../preload/contract/index.ts';
import { createTestClock, type TestClock } from '../kit/clock.ts';
import { realRandom } from '../kit/practice-store.ts';
import { temporaryFolder } from '../kit/till.ts';
import { fileOf, listOf, newKey, programOf, publish, ranged, startFeed, type TestFeed } from './feed.ts';

/** A PC with version 1.0.0 on it, and a feed that has 1.1.0. */
export interface Shop {
  readonly clock: TestClock;
  readonly feed: TestFeed;
  readonly key: KeyObject;
  readonly folder: string;
  /** The program's file. */
  readonly program: string;
  readonly before: Buffer;
  readonly next: Buffer;
  readonly updates: Updates;
  /** Codes that were logged, and what was done. */
  readonly log: string[];
  readonly till: { -readonly [K in keyof TillNow]: TillNow[K] };
  /** The next start of the program, on the same folders. */
  again(change?: Partial<UpdatesParts>): Updates;
  /** Changes what lies in the updates' folder. */
  file(name: string): string;
  /** That what runs is still what ran before, whole, and nothing half made lies beside it. */
  isUntouched(): boolean;
}

export const installed: Installed = {
  ...{ product: 'app.counterfoil.till', version: '1.0.0' },
  ...{ platform: 'linux', arch: 'x64', kind: 'appimage' },
};

const files = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);

export async function openShop(change: Partial<UpdatesParts> = {}): Promise<Shop> {
  const clock = createTestClock();
  const feed = await startFeed();
  const { publicKey, privateKey: key } = newKey();
  const folder = join(temporaryFolder(), 'updates');
  const place = temporaryFolder();
  const program = join(place, 'Counterfoil.AppImage');
  const before = programOf('1.0.0');
  writeFileSync(program, before, { mode: 0o755 });
  const next = programOf('1.1.0');
  const file = fileOf('1.1.0', next);
  publish(feed, listOf('1.1.0', file), key);
  feed.served.set(file.name, ranged(next));
  const log: string[] = [];
  const note = (event: string, values?: Readonly<Record<string, string | number | boolean | null>>) =>
    void log.push(values?.['code'] === undefined ? event : `${event} ${values['code']}`);
  const opened: Updates[] = [];
  let page: TillNow['page'] = 'free';
  const till: Shop['till'] = {
    ...{ sending: 0, checkUpOpen: false, countOpen: false },
    get page() {
      return page;
    },
    set page(use) {
      page = use;
      for (const updates of opened) updates.page(use);
    },
  };
  const again: Shop['again'] = (later = {}) => {
    const updates = createUpdates({
      ...{ installed, keys: [newKey().publicKey, publicKey], clock, random: realRandom, folder },
      feed: { url: feed.url, fetch, clock },
      logger: { info: note, warn: note, error: note },
      freeBytes: async () => 10_000_000_000,
      installer: createAppImageInstaller({ program, random: realRandom }),
      beforeInstall: async () => ok({}),
      found: null,
      replace: async ({ commit }) => {
        log.push('closed');
        return { result: await commit(), goesOn: false };
      },
      onChange: () => undefined,
      ...{ ...change, ...later },
    });
    opened.push(updates);
    updates.page(page);
    updates.attach({
      ...{ now: () => till, quiet: () => ({ fromMinute: 120, toMinute: 300 }) },
      // As in the tests' clock: past noon. Whoever wants the night sets another.
      ...{ minute: () => 780, bytesPerSecond: () => 1_000_000_000, onPress: () => false },
      backUp: async () => ok({}),
    });
    return updates;
  };
  return {
    ...{ clock, feed, key, folder, program, before, next, log, till, again, updates: again() },
    file: (name) => {
      mkdirSync(join(folder, 'files'), { recursive: true });
      return join(folder, 'files', name);
    },
    isUntouched: () => readFileSync(program).equals(before) && files(place).length === 1,
  };
}

/** Publishes 1.1.0 with something else said of it. */
export const offer = ({ feed, key, next }: Shop, change: Partial<ReleaseList>): void =>
  publish(feed, listOf('1.1.0', fileOf('1.1.0', next), change), key);

/** The code of what was refused; null where it went. */
export const codeOf = (result: Result<unknown, AppError>): string | null =>
  result.ok ? null : result.error.code;
