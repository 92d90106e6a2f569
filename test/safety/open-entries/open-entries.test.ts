import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { withPause } from '../../../main/hosts/link/index.ts';
import { limWei, meiLing } from '../../../main/hosts/practice/members.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import { PLACE_FOLDER } from '../../../main/safety/backups/second-place.ts';
import { OPEN_ENTRIES_FILE, readOpenEntries } from '../../../main/safety/open-entries/open-entries.ts';
import { keepRestored } from '../../../main/safety/restored.ts';
import { amount } from '../../../preload/contract/index.ts';
import { entry, openLosing, uid } from '../../kit/losing.ts';
import { describeOnPosix } from '../../kit/posix.ts';
import { temporaryFolder } from '../../kit/till.ts';

const passphrase = 'seven kopi peng at noon';

const nextTick = () => new Promise<void>((resolve) => setImmediate(resolve));

/** The one folder of a till on this stick. */
function placeOn(stick: string): string {
  const [till = ''] = readdirSync(join(stick, PLACE_FOLDER));
  return join(stick, PLACE_FOLDER, till);
}

/** A running till without a network whose second place is a stick, and what its log says. */
async function shop() {
  const stick = temporaryFolder();
  const driven = await openLosing({}, null, { backups: {} });
  const { session } = driven.till;
  const { backups, openEntries } = session.safety;
  if (backups === null || openEntries === null) throw new Error('no backups');
  await session.members.lookUp.find(limWei.number);
  await driven.store.setPlug(false);
  await driven.settle();
  expect(await backups.choosePlace({ folder: stick, passphrase }, theManager)).toEqual({
    ok: true,
    value: {},
  });
  await openEntries.catchUp();
  const folder = placeOn(stick);
  const file = join(folder, OPEN_ENTRIES_FILE);
  const listed = async (at = file) => {
    const read = await readOpenEntries(at, passphrase);
    return read.ok ? read.value.map(({ balance }) => balance) : read.error.code;
  };
  const { logger } = session.kernel;
  const said = [vi.spyOn(logger, 'warn'), vi.spyOn(logger, 'info')];
  onTestFinished(() => void vi.restoreAllMocks());
  const told = () =>
    said
      .flatMap(({ mock }) => mock.calls.map(([event]) => event))
      .filter((event) => event.startsWith('open-'));
  return { driven, stick, folder, file, listed, told, openEntries, backups };
}

describe('the list of open entries in the second place', () => {
  it('has what is open with its member, and no longer what has arrived', async () => {
    const { driven, file, listed, openEntries } = await shop();
    const { id } = driven.till.topUp(uid, '5.00');
    driven.till.topUp(limWei.customerUid, '20.00', '7');
    await openEntries.catchUp();
    const read = await readOpenEntries(file, passphrase);
    expect(read).toMatchObject({
      ok: true,
      value: [
        { id, customerUid: uid, memberName: meiLing.name, balance: '5', point: '0', state: 'queued' },
        {
          memberName: limWei.name,
          memberNumber: limWei.number.slice(-4),
          balance: '20',
          point: '7',
          state: 'queued',
        },
      ],
    });
    await driven.store.setPlug(true);
    await driven.drive(() => entry(driven, id).state === 'confirmed');
    await driven.drive(() => driven.till.session.ledger.outbox.open().length === 0);
    await openEntries.catchUp();
    expect(await listed()).toEqual([]);
  });

  it('follows by itself, and is not written again while nothing changed', async () => {
    const { driven, file, listed, openEntries } = await shop();
    const { size } = statSync(file);
    // An attempt to send would change the entry's state.
    driven.till.session.hosts.link.update((now, at) => withPause(now, 'till-copy', '', at.nowMs));
    driven.till.topUp(uid, '5.00');
    await driven.pass(2_000);
    while (statSync(file).size === size) await nextTick();
    expect(await listed()).toEqual(['5']);
    const { ino } = statSync(file);
    await driven.pass(120_000);
    await openEntries.catchUp();
    expect(statSync(file).ino).toBe(ino);
  });

  it('is written once more when the till is closed', async () => {
    const { driven, listed } = await shop();
    driven.till.topUp(uid, '5.00');
    await driven.till.close();
    expect(await listed()).toEqual(['5']);
  });

  it('keeps what an earlier restore lost until a manager has gone through it', async () => {
    const { driven, listed, openEntries } = await shop();
    const { settings } = driven.till.session.kernel;
    keepRestored(settings, {
      ...{ backupAtMs: 1, restoredAtMs: 2, lostRows: 1, lostUntilMs: 2, setAside: null, isMoved: false },
      entries: [
        {
          ...{ id: 'lost', atMs: 1, customerUid: uid, memberName: meiLing.name, memberNumber: '0042' },
          ...{ balance: amount('9'), point: amount('0'), state: 'queued' },
        },
      ],
    });
    driven.till.topUp(uid, '5.00');
    await openEntries.catchUp();
    expect(await listed()).toEqual(['9', '5']);
    keepRestored(settings, null);
    await openEntries.catchUp();
    expect(await listed()).toEqual(['5']);
  });

  it('shows nothing to whoever has no passphrase, and says what is wrong with a damaged one', async () => {
    const { driven, file, listed, openEntries } = await shop();
    driven.till.topUp(uid, '5.00');
    await openEntries.catchUp();
    expect(readFileSync(file, 'latin1')).not.toContain(meiLing.name);
    expect(await readOpenEntries(file, 'another one')).toMatchObject({
      ok: false,
      error: { code: 'passphrase-wrong' },
    });
    const whole = readFileSync(file);
    for (let at = 0; at < whole.length; at += 97) {
      const worn = Buffer.from(whole);
      worn.writeUInt8(worn.readUInt8(at) ^ 1, at);
      writeFileSync(`${file}.worn`, worn);
      expect(typeof (await listed(`${file}.worn`))).toBe('string');
      truncateSync(`${file}.worn`, at);
      expect(await listed(`${file}.worn`)).toBe('backup-damaged');
    }
    writeFileSync(`${file}.worn`, Buffer.concat([whole, whole]));
    expect(await listed(`${file}.worn`)).toBe('backup-damaged');
    truncateSync(`${file}.worn`, 17 * 1024 * 1024);
    expect(await listed(`${file}.worn`)).toBe('backup-damaged');
  });
});

describe('a second place that does not take it', () => {
  it('is told once, keeps no entry from being made, and gets the list when it is back', async () => {
    const { driven, stick, listed, told, openEntries } = await shop();
    renameSync(join(stick, PLACE_FOLDER), join(stick, 'away'));
    for (const sum of ['5.00', '6.00', '7.00']) {
      driven.till.topUp(uid, sum);
      await openEntries.catchUp();
    }
    expect(openEntries.problem()?.code).toBe('backup-place-gone');
    expect(told()).toEqual(['open-entries.stopped']);
    renameSync(join(stick, 'away'), join(stick, PLACE_FOLDER));
    await driven.drive(() => openEntries.problem() === null);
    expect(await listed()).toEqual(['5', '6', '7']);
    expect(told()).toEqual(['open-entries.stopped', 'open-entries.goes-on']);
  });

  it('gets the list again when somebody deleted or replaced it', async () => {
    const { driven, file, listed } = await shop();
    driven.till.topUp(uid, '5.00');
    for (const spoil of [() => rmSync(file), () => writeFileSync(file, 'another program')]) {
      spoil();
      await driven.drive(() => existsSync(file) && statSync(file).size > 100);
      expect(await listed()).toEqual(['5']);
    }
  });

  it('is asked for another file where a folder has the name, which stays', async () => {
    const { driven, file, openEntries } = await shop();
    rmSync(file);
    mkdirSync(file);
    writeFileSync(join(file, 'mine'), 'x');
    driven.till.topUp(uid, '5.00');
    await openEntries.catchUp();
    expect(openEntries.problem()).not.toBeNull();
    expect(readdirSync(file)).toEqual(['mine']);
  });

  it('is no longer written to once another one is chosen', async () => {
    const { driven, listed, openEntries, backups } = await shop();
    const other = temporaryFolder();
    expect((await backups.choosePlace({ folder: other, passphrase }, theManager)).ok).toBe(true);
    driven.till.topUp(uid, '5.00');
    await openEntries.catchUp();
    expect(await listed()).toEqual([]);
    expect(await listed(join(placeOn(other), OPEN_ENTRIES_FILE))).toEqual(['5']);
  });
});

describeOnPosix('a second place with links', () => {
  it.each(['', '.1f.new'])(
    'with a link of its name%s: what the link leads to stays as it is',
    async (ending) => {
      const { driven, stick, file, listed, openEntries } = await shop();
      const precious = join(stick, 'precious');
      writeFileSync(precious, 'mine');
      rmSync(`${file}${ending}`, { force: true });
      symlinkSync(precious, `${file}${ending}`);
      expect(readlinkSync(`${file}${ending}`)).toBe(precious);
      driven.till.topUp(uid, '5.00');
      await openEntries.catchUp();
      expect(readFileSync(precious, 'utf8')).toBe('mine');
      expect(await listed()).toEqual(['5']);
      expect(readdirSync(placeOn(stick)).filter((name) => name.endsWith('.new'))).toEqual([]);
    },
  );
});
