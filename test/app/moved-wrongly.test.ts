import { readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openLiveSession } from '../../main/app/open-session.ts';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { backupFolder, databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { createTimeouts } from '../../main/kernel/timeouts.ts';
import { createMemoryVault, type Vault } from '../../main/people/credentials/vault.ts';
import { type MoveParts, moveTill } from '../../main/safety/backups/move.ts';
import { type RestoreWish, restoreBackup } from '../../main/safety/backups/restore.ts';
import { checkHere } from '../../main/safety/integrity/integrity.ts';
import { createTestClock } from '../kit/clock.ts';
import { copyOf } from '../kit/data-folder.ts';
import { realClock, realRandom, startPracticeStore } from '../kit/practice-store.ts';
import { openTestTill, silentLogger, temporaryFolder } from '../kit/till.ts';

const passphrase = 'seven kopi peng at noon';

/** A till with one entry that waits, closed; and a copy of it as a file that was moved away would bring it. */
async function waiting(keyByte = 9) {
  const store = await startPracticeStore();
  const journalKey = Buffer.alloc(32, keyByte);
  const secrets = { appKey: store.appKey, pinPepper: Buffer.alloc(32, 7), journalKey };
  const vault = createMemoryVault(secrets, realRandom);
  const till = await openTestTill(store, { world: { vault } });
  till.session.start();
  await till.session.members.lookUp.find(meiLing.number);
  await store.setPlug(false);
  const { id } = till.topUp(meiLing.customerUid, '10.00');
  await till.close();
  const { folder } = till;
  const file = join(copyOf(liveFolder(folder)), 'counterfoil.db');
  const move = (change: Partial<MoveParts> = {}) => {
    const to = temporaryFolder();
    const world = { clock: realClock, logger: silentLogger, ...change };
    const moved = moveTill(
      {
        ...{ random: realRandom, integrity: checkHere, vault, timeouts: createTimeouts(realClock) },
        ...{ liveFolder: liveFolder(folder), backupFolder: backupFolder(folder) },
        ...world,
      },
      { folder: to, passphrase, who: theManager },
    );
    return { to, moved };
  };
  return { store, secrets, vault, id, folder, file, move };
}

const putBack = (folder: string, vault: Vault, wish: Partial<RestoreWish> & { readonly file: string }) =>
  restoreBackup(
    {
      ...{ clock: realClock, random: realRandom, logger: silentLogger, integrity: checkHere },
      ...{ protocol: kybio, machine: null, vault },
      ...{ liveFolder: liveFolder(folder), backupFolder: backupFolder(folder) },
      headCopyFolder: join(folder, 'copy'),
    },
    { madeAtMs: 1, otherMachine: false, open: [], secrets: null, ...wish },
  );

const opens = async (folder: string, vault: Vault): Promise<string> => {
  const opened = await openLiveSession({
    ...{ clock: realClock, random: realRandom, logger: silentLogger, folder, vault },
    ...{ headCopyFolder: join(folder, 'copy'), changed: () => undefined },
  });
  if (!opened.ok) return opened.error.code;
  await opened.value?.close(0);
  return 'open';
};

it('what fails once the file is there leaves the till retired: two must never send', async () => {
  const { folder, vault, move } = await waiting();
  const logger = {
    ...silentLogger,
    info: () => {
      throw new Error('the disk of the log is full');
    },
  };
  const { to, moved } = move({ logger });
  await moved.catch(() => undefined);
  expect(readdirSync(to)).toHaveLength(1);
  expect(await opens(folder, vault)).toBe('till-retired');
});

const failing = (code: string) => Object.assign(new Error(code), { code });

it('a name of which the system says that it was not given, and that is there, was given', async () => {
  const { folder, vault, move } = await waiting();
  const rename = async (from: string, to: string) => {
    renameSync(from, to);
    throw failing('EIO');
  };
  const { to, moved } = move({ rename });
  expect(await moved).toEqual({ ok: true, value: {} });
  expect(readdirSync(to).map((name) => name.split('.')[1])).toEqual(['cfsealed']);
  expect(await opens(folder, vault)).toBe('till-retired');
});

it('a name that was not given leaves the till here, and nothing there', async () => {
  const { folder, vault, move } = await waiting();
  const { to, moved } = move({ rename: () => Promise.reject(failing('EIO')) });
  expect(await moved).toMatchObject({ ok: false, error: { code: 'backup-place-gone' } });
  expect(readdirSync(to)).toEqual([]);
  expect(await opens(folder, vault)).toBe('open');
});

it.each([
  ['given', true],
  ['not given', false],
])(
  'a stick that is gone when the name was %s leaves the till retired: it may be there',
  async (_, isGiven) => {
    const { folder, vault, move } = await waiting();
    const rename = async (from: string, to: string) => {
      if (isGiven) renameSync(from, to);
      renameSync(dirname(to), `${dirname(to)} away`);
      onTestFinished(() => rmSync(`${dirname(to)} away`, { recursive: true }));
      throw failing('ENODEV');
    };
    expect(await move({ rename }).moved).toMatchObject({ ok: false, error: { code: 'move-uncertain' } });
    expect(await opens(folder, vault)).toBe('till-retired');
    // A person who has looked at the stick goes on here.
    const copy = readdirSync(backupFolder(folder)).find((name) => name.endsWith('.cfbackup')) ?? '';
    const file = join(backupFolder(folder), copy);
    expect(await putBack(folder, vault, { file, otherMachine: true })).toMatchObject({ ok: true });
    expect(await opens(folder, vault)).toBe('open');
  },
);

it('a share that hangs while it gives the name leaves the till retired, and the program goes on', async () => {
  const { folder, vault, move } = await waiting();
  const hands = createTestClock();
  let isNaming = false;
  const rename = () => {
    isNaming = true;
    return new Promise<void>(() => undefined);
  };
  const { moved } = move({ rename, timeouts: createTimeouts(hands) });
  while (!isNaming) await new Promise((resolve) => setImmediate(resolve));
  hands.advance(3_600_000);
  expect(await moved).toMatchObject({ ok: false, error: { code: 'move-uncertain' } });
  expect(await opens(folder, vault)).toBe('till-retired');
});

it('a share that hangs already takes nothing, and the till stays', async () => {
  const { folder, vault, move } = await waiting();
  const hanging = { run: () => Promise.reject(failing('ETIMEDOUT')), isBusy: () => true };
  const { to, moved } = move({ timeouts: hanging });
  expect(await moved).toMatchObject({ ok: false, error: { code: 'backup-place-hangs' } });
  expect(readdirSync(to)).toEqual([]);
  expect(await opens(folder, vault)).toBe('open');
});

it('a disk that is full when the till is to be retired is told, and the till stays', async () => {
  const { folder, vault, move } = await waiting();
  let calls = 0;
  const nowMs = () => {
    calls += 1;
    if (calls > 1) throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' });
    return realClock.nowMs();
  };
  const { to, moved } = move({ clock: { ...realClock, nowMs } });
  expect(await moved).toMatchObject({ ok: false, error: { code: 'backup-no-room' } });
  expect(readdirSync(to)).toEqual([]);
  expect(await opens(folder, vault)).toBe('open');
});

it('a backup is put back over a retired till only where a person says that the other is gone', async () => {
  const { folder, file, vault, move } = await waiting();
  expect(await move().moved).toEqual({ ok: true, value: {} });
  expect(await putBack(folder, vault, { file })).toMatchObject({
    ok: false,
    error: { code: 'till-retired' },
  });
  expect(await opens(folder, vault)).toBe('till-retired');
  expect(await putBack(folder, vault, { file, otherMachine: true })).toMatchObject({ ok: true });
  expect(await opens(folder, vault)).toBe('open');
});

it('the file of a move, used once more over the till that it became, does not say that nothing is lost', async () => {
  const { store, secrets, file } = await waiting();
  const folder = temporaryFolder();
  const vault = createMemoryVault(null, realRandom);
  expect(await putBack(folder, vault, { file, secrets })).toMatchObject({ ok: true });
  const there = await openTestTill(store, { folder, world: { vault }, backups: {} });
  there.session.start();
  there.topUp(meiLing.customerUid, '20.00');
  await there.close();
  expect(await putBack(folder, vault, { file, secrets })).toMatchObject({ ok: true });
  const again = await openTestTill(store, { folder, world: { vault }, backups: {} });
  again.session.start();
  const restored = again.session.rooms.find(({ name }) => name === 'backups')?.shows?.restored?.();
  expect(restored?.lostRows).toBeGreaterThan(0);
  expect(restored?.entries.map(({ balance }) => balance)).toEqual(['20']);
});

const locked = (reason: 'cannot-decrypt' | 'keyring-unavailable'): Vault => ({
  load: async () => ({ state: 'lost', reason }),
  save: async () => {
    throw new Error('the keys of the till that is at home here would be gone');
  },
});

it.each([
  ['the file of a move', true],
  ['a backup', false],
])('%s of another till takes no till’s place whose keyring is locked for a while', async (_, isMove) => {
  const { folder, vault } = await waiting(9);
  const other = await waiting(3);
  const secrets = isMove ? other.secrets : null;
  expect(
    await putBack(folder, locked('cannot-decrypt'), { file: other.file, secrets, otherMachine: true }),
  ).toMatchObject({ ok: false, error: { code: 'backup-other-till' } });
  expect(await opens(folder, vault)).toBe('open');
});

it('its own is put back although its keyring is locked, and where there is nothing any more', async () => {
  const { folder, file } = await waiting();
  expect(await putBack(folder, locked('keyring-unavailable'), { file })).toMatchObject({ ok: true });
  rmSync(databaseFile(liveFolder(folder)));
  expect(await putBack(folder, locked('keyring-unavailable'), { file })).toMatchObject({ ok: true });
});
