import { existsSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { isDataMissing } from '../../../main/app/data-missing.ts';
import { enterFolder } from '../../../main/app/electron/compose-till.ts';
import { isLiveConfigured, liveConfig } from '../../../main/app/live-account.ts';
import { openLiveSession } from '../../../main/app/open-session.ts';
import type { World } from '../../../main/app/world.ts';
import { LOCK_FILE } from '../../../main/kernel/database/process-lock.ts';
import { databaseFile, liveFolder } from '../../../main/kernel/folders.ts';
import { headFiles } from '../../../main/ledger/journal/head.ts';
import { createVault } from '../../../main/people/credentials/vault.ts';
import { copyForRollback } from '../../../main/updates/trial/copy-for-rollback.ts';
import { markFile } from '../../../main/updates/trial/mark.ts';
import { type AppError, appError, err } from '../../../preload/contract/index.ts';
import { number, uid } from '../../kit/losing.ts';
import { realRandom, startPracticeStore } from '../../kit/practice-store.ts';
import { openTestTill, silentLogger, temporaryFolder } from '../../kit/till.ts';
import { keyring, random } from '../../people/credentials/support.ts';
import { append, aTill, isAside, versions } from '../../updates/trial/support.ts';
import { hold, PASSES_BY_MS } from './support/holder.ts';
import { itOnWindows } from './support/marks.ts';

/** A till with an entry that waits for the network, closed. */
async function closedTill() {
  const store = await startPracticeStore();
  const folder = temporaryFolder();
  const seen: { world?: World } = {};
  const first = await openTestTill(store, {
    folder,
    open: (world) => {
      seen.world = world;
      return openLiveSession(world);
    },
  });
  await first.session.members.lookUp.find(number);
  await store.setPlug(false);
  const { id } = first.topUp(uid, '10.00');
  await first.close();
  return { folder, id, world: seen.world as World };
}

/** Why it does not open; null where it does, with its entry as it was and nothing for a manager to look at. */
async function problemOf({ world, id }: Awaited<ReturnType<typeof closedTill>>): Promise<AppError | null> {
  const opened = await openLiveSession(world);
  if (!opened.ok) return opened.error;
  const session = opened.value;
  session?.start();
  expect(session?.journalProblem).toBeNull();
  expect(session?.ledger.outbox.byId(id)).toMatchObject({ state: 'queued', cause: null });
  await session?.close(0);
  return null;
}

const database = (folder: string) => databaseFile(liveFolder(folder));
const head = (folder: string) => join(liveFolder(folder), headFiles[0]);
const copyOfHead = (folder: string) => join(folder, 'copy', 'live', headFiles[1]);

for (const [name, pathIn] of Object.entries({ database, head, copyOfHead })) {
  itOnWindows(`a till waits for its ${name}, which somebody holds for a moment`, async () => {
    const till = await closedTill();
    const holder = await hold(pathIn(till.folder));
    const [problem] = await Promise.all([problemOf(till), holder.release(PASSES_BY_MS)]);
    expect(problem).toBeNull();
  });
}

for (const [name, pathIn] of Object.entries({ database, head })) {
  itOnWindows(
    `a till names its ${name}, which stays held, and opens as it was once that is free`,
    async () => {
      const till = await closedTill();
      const path = pathIn(till.folder);
      const holder = await hold(path);
      const held = appError('file-held', { file: basename(path) });
      expect(await problemOf(till)).toEqual(held);
      // Whoever asks for what is kept, or would set it up anew, is told the same.
      if (pathIn === database) expect(liveConfig(till.folder)).toEqual(err(held));
      expect(isLiveConfigured(till.folder)).toBe(true);
      expect(isDataMissing(till.folder, join(till.folder, 'copy'))).toBe(false);
      await holder.release();
      expect(await problemOf(till)).toBeNull();
    },
  );
}

itOnWindows('sealed keys that somebody holds are neither lost nor made anew', async () => {
  const folder = temporaryFolder();
  const vault = createVault({ folder, secrets: keyring(Buffer.alloc(32, 1)), random });
  const saved = await vault.save('key');
  const secrets = saved.ok ? saved.value : null;
  const passing = await hold(join(folder, 'vault.json'));
  const [loaded] = await Promise.all([vault.load(), passing.release(PASSES_BY_MS)]);
  expect(loaded).toEqual({ state: 'present', secrets });
  const staying = await hold(join(folder, 'vault.json'));
  await expect(vault.save('other')).rejects.toMatchObject({ code: 'EBUSY' });
  await staying.release();
  expect(await vault.load()).toEqual({ state: 'present', secrets });
});

itOnWindows("the data folder's lock is waited for, and named where it stays held", async () => {
  const folder = temporaryFolder();
  const parts = { folder, headCopyFolder: join(folder, 'copy'), logger: silentLogger };
  writeFileSync(join(folder, LOCK_FILE), '');
  const passing = await hold(join(folder, LOCK_FILE));
  const [{ lock }] = await Promise.all([enterFolder(parts, versions.to), passing.release(PASSES_BY_MS)]);
  expect(lock.problem()).toBeNull();
  lock.lend();
  const staying = await hold(join(folder, LOCK_FILE));
  const blocked = await enterFolder(parts, versions.to);
  expect(blocked.lock.problem()).toEqual(appError('file-held', { file: LOCK_FILE }));
  await staying.release();
  const free = await enterFolder(parts, versions.to);
  expect(free.lock.problem()).toBeNull();
  free.lock.lend();
});

itOnWindows('what a trial put aside is put back, however its mark or a file in its way is held', async () => {
  const till = aTill();
  await copyForRollback(till, versions, realRandom);
  append(till.live, 'noted');
  const enter = async () => {
    const { lock, settled } = await enterFolder(till, versions.from);
    const problem = lock.problem();
    lock.lend();
    return { problem, told: settled.notice?.code ?? null };
  };
  for (const path of [markFile(till.folder), till.live]) {
    const holder = await hold(path);
    const { problem } = await enter();
    expect(problem?.code).toMatch(/^(file-held|update-not-put-back)$/);
    expect(existsSync(markFile(till.folder))).toBe(true);
    await holder.release();
  }
  const passing = await hold(markFile(till.folder));
  const [entered] = await Promise.all([enter(), passing.release(PASSES_BY_MS)]);
  expect(entered).toEqual({ problem: null, told: 'update-cut-off' });
  expect(isAside(till.folder)).toBe(false);
});
