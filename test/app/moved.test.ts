import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLiveSession } from '../../main/app/open-session.ts';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { openDatabase } from '../../main/kernel/database/open.ts';
import { backupFolder, databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { type Lock, openLock } from '../../main/kernel/sealing/lock.ts';
import { unsealFile } from '../../main/kernel/sealing/sealed-file.ts';
import { createTimeouts } from '../../main/kernel/timeouts.ts';
import { createMemoryVault } from '../../main/people/credentials/vault.ts';
import { moveTill } from '../../main/safety/backups/move.ts';
import { readSecrets, secretsBytes } from '../../main/safety/backups/move-file.ts';
import { restoreBackup } from '../../main/safety/backups/restore.ts';
import { checkHere } from '../../main/safety/integrity/integrity.ts';
import { marksOf } from '../../main/safety/machine/marks.ts';
import { realClock, realRandom, startPracticeStore } from '../kit/practice-store.ts';
import { openTestTill, silentLogger, temporaryFolder } from '../kit/till.ts';

const passphrase = 'seven kopi peng at noon';
const machineOf = (board: string) => ({
  marks: async () => marksOf({ installation: 'i', board, disk: null }),
});

/** A till with one entry that waits, closed. */
async function waiting() {
  const store = await startPracticeStore();
  const secrets = { appKey: store.appKey, pinPepper: Buffer.alloc(32, 7), journalKey: Buffer.alloc(32, 9) };
  const till = await openTestTill(store, { world: { machine: machineOf('old') } });
  till.session.start();
  await till.session.members.lookUp.find(meiLing.number);
  await store.setPlug(false);
  const { id } = till.topUp(meiLing.customerUid, '10.00');
  await till.close();
  const world = {
    ...{ clock: realClock, random: realRandom, logger: silentLogger, integrity: checkHere },
  };
  const timeouts = createTimeouts(realClock);
  const folders = (folder: string) => ({
    ...{ liveFolder: liveFolder(folder), backupFolder: backupFolder(folder) },
    headCopyFolder: join(folder, 'copy'),
  });
  const vault = createMemoryVault(secrets, realRandom);
  const move = (to: string) =>
    moveTill(
      { ...world, ...folders(till.folder), vault, timeouts },
      { folder: to, passphrase, who: theManager },
    );
  const openAgain = () =>
    openLiveSession({
      ...{ ...world, folder: till.folder, headCopyFolder: join(till.folder, 'copy'), vault },
      changed: () => undefined,
    });
  /** The file on another computer, which then opens there. */
  const arrive = async (file: string) => {
    const there = temporaryFolder();
    // The program was opened there, and no till was set up.
    mkdirSync(liveFolder(there));
    const empty = openDatabase(databaseFile(liveFolder(there)));
    if (empty.ok) empty.value.close();
    const opened = join(there, 'opened');
    let taken: ReturnType<typeof readSecrets> = null;
    await unsealFile(...([file, opened, (lock: Lock) => openLock(lock, passphrase)] as const), (first) => {
      taken = readSecrets(first);
    });
    const newVault = createMemoryVault(null, realRandom);
    const restored = await restoreBackup(
      { ...{ ...world, ...folders(there), vault: newVault, protocol: kybio }, machine: machineOf('new') },
      { file: opened, madeAtMs: 1, otherMachine: false, open: [], secrets: taken },
    );
    expect(restored).toEqual({ ok: true, value: {} });
    const open = (board: string) =>
      openTestTill(store, { folder: there, world: { vault: newVault, machine: machineOf(board) } });
    return { taken: taken as typeof secrets | null, open };
  };
  return {
    store,
    secrets,
    id,
    folder: till.folder,
    world: { ...world, timeouts },
    folders,
    move,
    arrive,
    openAgain,
  };
}

describe('a till that is moved to another computer', () => {
  it('is retired here, goes on there with what was open under review, and is sent by nobody else', async () => {
    const { store, secrets, id, move, arrive, openAgain } = await waiting();
    const stick = temporaryFolder();
    expect(await move(stick)).toEqual({ ok: true, value: {} });
    expect(await openAgain()).toMatchObject({ ok: false, error: { code: 'till-retired' } });
    const [name = ''] = readdirSync(stick);
    expect(name).toMatch(/-move\.cfsealed$/);
    const bytes = readFileSync(join(stick, name));
    for (const secret of [store.appKey, meiLing.name, secrets.journalKey.toString('base64')])
      expect(bytes.includes(secret)).toBe(false);

    const arrived = await arrive(join(stick, name));
    expect(arrived.taken).toEqual(secrets);
    await store.setPlug(true);
    const { session } = await arrived.open('new');
    session.start();
    expect(session.ledger.outbox.byId(id)).toMatchObject({ state: 'review', cause: 'restored' });
    // Neither an alarm nor a pause: the old computer takes no more entries, and what was open is a manager's.
    expect(session.hosts.link.state.pauses).toEqual([]);
    expect(session.journalProblem).toBeNull();
    expect(session.kernel.settings.get('restored')).toMatch(/"lostRows":0.*"isMoved":true/);
    expect(store.increments()).toHaveLength(0);
  });

  it('waits for a manager where its disk was copied before the first start there', async () => {
    const { move, arrive } = await waiting();
    const stick = temporaryFolder();
    await move(stick);
    const arrived = await arrive(join(stick, readdirSync(stick)[0] ?? ''));
    const { session } = await arrived.open('copied');
    session.start();
    expect(session.hosts.link.state.pauses).toMatchObject([{ reason: 'other-machine' }]);
  });

  it('stays where it is, with everything that it had, where the file cannot be written', async () => {
    const { id, move, openAgain, folder } = await waiting();
    const inTheWay = join(temporaryFolder(), 'file');
    writeFileSync(inTheWay, '');
    expect(await move(inTheWay)).toMatchObject({ ok: false });
    expect(await move(join(inTheWay, 'gone'))).toMatchObject({
      ok: false,
      error: { code: 'backup-place-gone' },
    });
    const opened = await openAgain();
    if (!opened.ok || opened.value === null) throw new Error('it does not open');
    expect(opened.value.journalProblem).toBeNull();
    expect(opened.value.ledger.outbox.byId(id)?.state).toBe('queued');
    await opened.value.close(0);
    expect(readdirSync(backupFolder(folder)).length).toBeGreaterThan(0);
  });

  it('is not moved where its keys are not at hand', async () => {
    const { world, folders, folder } = await waiting();
    const vault = createMemoryVault(null, realRandom);
    const wish = { folder: temporaryFolder(), passphrase, who: theManager };
    expect(await moveTill({ ...world, ...folders(folder), vault }, wish)).toMatchObject({
      ok: false,
      error: { code: 'key-lost' },
    });
  });

  it('never takes the place of a till that is at home there', async () => {
    const { secrets, world, folders, folder } = await waiting();
    const other = { ...secrets, journalKey: Buffer.alloc(32, 3) };
    const restored = await restoreBackup(
      {
        ...{ ...world, ...folders(temporaryFolder()), protocol: kybio, machine: null },
        vault: createMemoryVault(other, realRandom),
      },
      { file: databaseFile(liveFolder(folder)), madeAtMs: 1, otherMachine: true, open: [], secrets },
    );
    expect(restored).toMatchObject({ ok: false, error: { code: 'backup-other-till' } });
  });
});

it('secrets are read as they were written, and nothing else is', () => {
  const secrets = { appKey: 'k', pinPepper: Buffer.alloc(32, 1), journalKey: Buffer.alloc(32, 2) };
  expect(readSecrets(secretsBytes(secrets))).toEqual(secrets);
  for (const text of ['', '{}', 'SQLite format 3', JSON.stringify({ version: 2 })])
    expect(readSecrets(Buffer.from(text))).toBeNull();
});
