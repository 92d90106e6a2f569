import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { configureLive } from '../../main/app/live-account.ts';
import { openLiveSession } from '../../main/app/open-session.ts';
import { signerOf } from '../../main/hosts/kybio/kybio.ts';
import type { MemberHost } from '../../main/hosts/port/member-host.ts';
import { createMemoryVault } from '../../main/people/credentials/vault.ts';
import { createTestClock } from './clock.ts';
import { keys } from './closed-till-keys.ts';
import { draft } from './outbox.ts';
import { realRandom } from './practice-store.ts';
import { silentLogger, temporaryFolder } from './till.ts';

const ENTRIES = 12;

const config = {
  host: 'https://kybio.example',
  appId: 'APP',
  tillName: 'Counter 1',
  storeTimeZone: 'Asia/Singapore',
  currency: 'SGD',
  language: 'en',
  tillNumber: 1,
  tillCount: 1,
};

/** Writes into `folder` what a till leaves there that was closed while entries wait. */
async function makeOne(folder: string): Promise<void> {
  const problem = configureLive(folder, config, keys.journalKey);
  if (problem !== null) throw new Error(problem.code);
  const clock = createTestClock();
  const opened = await openLiveSession({
    folder,
    headCopyFolder: join(folder, 'copy'),
    clock,
    random: realRandom,
    vault: createMemoryVault(keys, realRandom),
    logger: silentLogger,
    changed: () => undefined,
    connect: () => ({ close: async () => undefined }) as MemberHost,
  });
  if (!opened.ok || opened.value === null) throw new Error('the till does not open');
  const { ledger, close } = opened.value;
  for (let entry = 0; entry < ENTRIES; entry += 1) {
    const added = ledger.outbox.add(draft(), signerOf(keys.appKey).sign);
    if (!added.ok) throw new Error(added.error.code);
    clock.pass(3_000);
  }
  await close(0);
}

/** The files of that folder by their path in it. Kept in memory: the module serves many test files in one process. */
async function filesOfOne(): Promise<ReadonlyMap<string, Buffer>> {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-closed-'));
  await makeOne(folder);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map((found) => join(found.parentPath, found.name));
  const contents = new Map(files.map((file) => [relative(folder, file), readFileSync(file)]));
  rmSync(folder, { recursive: true });
  return contents;
}

const made = await filesOfOne();

/** Writes a copy of it; by default one that is gone with the test. */
export function copyOfClosedTill(data = join(temporaryFolder(), 'data')): string {
  for (const [path, bytes] of made) {
    mkdirSync(dirname(join(data, path)), { recursive: true });
    writeFileSync(join(data, path), bytes);
  }
  return data;
}
