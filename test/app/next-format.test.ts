import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { World } from '../../main/app/world.ts';
import { backupFolder, databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import type { BackupWorld } from '../../main/safety/slice.ts';
import { appError, err } from '../../preload/contract/index.ts';
import { copyOfClosedTill } from '../kit/closed-till.ts';
import { keys } from '../kit/closed-till-keys.ts';

const format = '../../main/kernel/database/format.ts';

/** Opens a till's folder as a program of tomorrow does, whose format has one more table. */
async function openTomorrow(folder: string, change: Partial<BackupWorld> = {}) {
  const forget = () => {
    vi.doUnmock(format);
    vi.resetModules();
  };
  forget();
  vi.doMock(format, async (load) => ({
    ...(await load<typeof import('../../main/kernel/database/format.ts')>()),
    migrations: [{ to: 2, sql: 'CREATE TABLE voucher (number TEXT PRIMARY KEY) STRICT' }],
  }));
  onTestFinished(forget);
  const { openLiveSession } = await import('../../main/app/open-session.ts');
  const { createMemoryVault } = await import('../../main/people/credentials/vault.ts');
  const { realClock, realRandom } = await import('../kit/practice-store.ts');
  const { backupsOf, silentLogger } = await import('../kit/till.ts');
  const world: World = {
    folder,
    headCopyFolder: join(folder, 'copy'),
    clock: realClock,
    random: realRandom,
    vault: createMemoryVault(keys, realRandom),
    logger: silentLogger,
    changed: () => undefined,
    backups: backupsOf(folder, change),
  };
  return await openLiveSession(world);
}

function formatOf(file: string): unknown {
  const db = new Database(file, { readonly: true });
  const found = db.pragma('user_version', { simple: true });
  db.close();
  return found;
}

it('a till is backed up before its records get a later format, and opens with all its entries', async () => {
  const folder = copyOfClosedTill();
  const live = databaseFile(liveFolder(folder));
  for (const _ of [1, 2]) {
    const opened = await openTomorrow(folder);
    if (!opened.ok || opened.value === null) throw new Error('the till does not open');
    const { journalProblem, ledger } = opened.value;
    expect([journalProblem, ledger.outbox.counts().queued]).toEqual([null, 12]);
    await opened.value.close(0);
    expect(formatOf(live)).toBe(2);
    const [backup = '', ...more] = readdirSync(backupFolder(folder));
    expect(backup).toMatch(/-update\.cfbackup$/);
    expect(more).toEqual([]);
    expect(formatOf(join(backupFolder(folder), backup))).toBe(1);
  }
});

it('a till that cannot be backed up before that does not open, and has the format that it had', async () => {
  const folder = copyOfClosedTill();
  const { checkHere } = await import('../../main/safety/integrity/integrity.ts');
  const full = () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
  const opened = await openTomorrow(folder, { integrity: { ...checkHere, copy: full } });
  expect(opened).toMatchObject(err(appError('backup-no-room')));
  expect(formatOf(databaseFile(liveFolder(folder)))).toBe(1);
});
