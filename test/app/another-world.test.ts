import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, vi } from 'vitest';
import { isDataMissing } from '../../main/app/data-missing.ts';
import { lastMode } from '../../main/app/last-mode.ts';
import { readStation } from '../../main/app/support/station.ts';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { backupFolder, databaseFile, liveFolder, practiceFolder } from '../../main/kernel/folders.ts';
import type { ChannelArgs, ChannelName } from '../../preload/contract/index.ts';
import { LIVE_PIN, openLiveProgram } from '../kit/live-program.ts';
import { openProgram, topUp } from '../kit/program.ts';

// Practice is another world (ADR 62): nothing that it lets in reaches the live records, the window or the program.

const pins = { boss: '482915', mei: '391726' };

async function openShop() {
  const program = await openLiveProgram();
  const add = (version: number, name: string, role: 'cashier' | 'manager', newPin: string) =>
    program.must('people:add', { version, name, role, language: null, newPin, ...pinOf(version) });
  const idOf = (name: string) =>
    program.till.snapshot().people?.list.find((one) => one.name === name)?.id ?? '';
  const boss = () => ({ person: idOf('Boss'), pin: pins.boss });
  // The till's own PIN makes the first manager, who is signed in by it.
  const pinOf = (version: number) => ({ pin: version === 0 ? LIVE_PIN : boss() });
  await add(0, 'Boss', 'manager', pins.boss);
  await add(1, 'Mei', 'cashier', pins.mei);
  const signIn = (name: 'Boss' | 'Mei') =>
    program.must('people:signIn', { person: idOf(name), pin: name === 'Boss' ? pins.boss : pins.mei });
  /** A backup, and after it three top-ups that were paid for. */
  const paidSince = async () => {
    await program.must('members:find', { query: meiLing.number });
    await program.must('backups:now', {});
    for (const balanceIncrement of ['10.00', '20.00', '30.00'])
      await program.must('topUps:create', topUp(meiLing, { balanceIncrement, again: true }));
    await program.until(({ counts }) => counts.confirmed === 3);
  };
  const code = async <N extends ChannelName>(name: N, args: ChannelArgs<N>): Promise<string> => {
    const reply = await program.call(name, args);
    return reply.ok ? 'ok' : reply.error.code;
  };
  return { ...program, signIn, paidSince, code };
}

const setAside = (folder: string) =>
  readdirSync(liveFolder(folder)).filter((name) => name.startsWith('set-aside'));

type Shop = Awaited<ReturnType<typeof openShop>>;

/** Everything that puts a backup back, whatever each of it says. */
async function putBack({ code }: Shop): Promise<readonly string[]> {
  return [
    await code('restore:find', { elsewhere: false }),
    await code('restore:look', { id: '0' }),
    await code('restore:start', { id: '0', otherMachine: true }),
  ];
}

it('nobody signed in: the till goes to no practice store, and no backup takes its records’ place', async () => {
  const shop = await openShop();
  await shop.paidSince();
  await shop.must('people:lock', {});
  expect(await shop.code('setup:openPractice', {})).toBe('till-locked');
  expect(await putBack(shop)).toEqual(['till-locked', 'till-locked', 'till-locked']);
  expect(shop.till.session()?.mode).toBe('live');
  expect(setAside(shop.folder)).toEqual([]);
  expect(shop.till.session()?.ledger.outbox.counts().confirmed).toBe(3);
});

it('a cashier repeats no blind count: from the practice store nothing is put back', async () => {
  const shop = await openShop();
  await shop.must('shifts:open', { float: '100.00', drawer: 'own' });
  await shop.paidSince();
  await shop.signIn('Mei');
  await shop.must('shifts:beginCount', {});
  const count = { pieces: [{ value: '50', pieces: 2 }], tenders: [] };
  await shop.must('shifts:commitCount', { count });
  const { outcome } = shop.till.snapshot().shift.open ?? {};
  expect(outcome).not.toBeNull();
  await shop.must('setup:openPractice', {});
  const refused = 'not-from-practice';
  expect(await putBack(shop)).toEqual([refused, refused, refused]);
  // Nor by the way there or back, where no till is open that could say no.
  const [, ...onTheWay] = await Promise.all([shop.code('setup:leavePractice', {}), putBack(shop)]);
  expect(onTheWay.flat()).not.toContain('ok');
  expect(setAside(shop.folder)).toEqual([]);
  await shop.signIn('Mei');
  expect(shop.till.snapshot().shift.open).toMatchObject({ outcome });
  expect(shop.till.session()?.ledger.outbox.counts().confirmed).toBe(3);
});

it('a PIN of one’s own in the practice store moves no window, no start, no display and no version', async () => {
  const shop = await openShop();
  const kept = { startAtLogin: true, kiosk: true, customerDisplay: true };
  await shop.must('station:save', kept);
  await shop.signIn('Mei');
  await shop.must('setup:openPractice', {});
  const pin = '571904';
  await shop.must('manager:makePin', { pin, appKey: '' });
  await shop.must('manager:unlock', { pin });
  const none = { startAtLogin: false, kiosk: false, customerDisplay: false, pin };
  for (const answer of [
    shop.code('station:leaveKiosk', { pin }),
    shop.code('station:save', none),
    shop.code('updates:check', {}),
    shop.code('updates:download', { pin }),
    shop.code('updates:installNow', { pin }),
    shop.code('receipts:openDrawer', { pin }),
  ])
    expect(await answer).toBe('not-from-practice');
  expect(shop.station).toEqual({ isOn: true, isKiosk: true, isShown: true });
  expect(readStation(shop.folder)).toEqual({ kiosk: true, customerDisplay: true });
});

it('a start opens the live till, whatever was open last: what waits is sent again', async () => {
  const shop = await openShop();
  await shop.signIn('Mei');
  await shop.must('members:find', { query: meiLing.number });
  await shop.store.setPlug(false);
  await shop.must('topUps:create', topUp(meiLing));
  await shop.must('setup:openPractice', {});
  await shop.till.stop(0);
  await shop.store.setPlug(true);
  const after = openProgram({ folder: shop.folder, vault: shop.vault });
  await after.till.start();
  expect(after.till.snapshot()).toMatchObject({ mode: 'live', people: { signedIn: null } });
  await after.until(({ counts }) => counts.confirmed === 1);
  expect(shop.store.increments()).toHaveLength(1);
});

const spoilt = 'no made-up money stands here any more\n'.repeat(40);

it.each([
  [
    'its ledger is damaged',
    'database-corrupt',
    (folder) => writeFileSync(join(folder, 'ledger.jsonl'), spoilt),
  ],
  ['its database is damaged', 'database-corrupt', (folder) => writeFileSync(databaseFile(folder), spoilt)],
  [
    'its ledger cannot be opened',
    'database-failed',
    (folder) => replaceByFolder(join(folder, 'ledger.jsonl')),
  ],
  ['a newer version made it', 'database-newer', (folder) => madeByNewer(databaseFile(folder))],
] as const satisfies readonly [string, string, (folder: string) => void][])(
  'a practice that does not open, where %s, keeps no live till shut and puts nothing in its place',
  async (_, reason, spoil) => {
    const shop = await openShop();
    await shop.paidSince();
    await shop.signIn('Mei');
    await shop.must('setup:openPractice', {});
    await shop.must('setup:leavePractice', {});
    await shop.signIn('Mei');
    spoil(practiceFolder(shop.folder));
    await shop.store.setPlug(false);
    await shop.must('topUps:create', topUp(meiLing, { balanceIncrement: '77.00', again: true }));
    await shop.store.setPlug(true);
    expect(await shop.call('setup:openPractice', {})).toEqual({
      ...{ ok: false, error: { code: 'practice-not-opened', details: { reason } } },
    });
    expect(shop.till.snapshot()).toMatchObject({ mode: 'live', problem: null, people: { signedIn: null } });
    expect(await shop.code('restore:moved', {})).toBe('till-locked');
    expect(await putBack(shop)).toEqual(['till-locked', 'till-locked', 'till-locked']);
    await shop.until(({ counts }) => counts.confirmed === 4);
    expect(shop.store.increments()).toHaveLength(4);
    expect(setAside(shop.folder)).toEqual([]);
  },
);

function replaceByFolder(file: string): void {
  rmSync(file);
  mkdirSync(file);
}

function madeByNewer(file: string): void {
  const db = new Database(file);
  db.pragma('user_version = 999');
  db.close();
}

it('a practice store that alone is set up and does not open says so, and stays as it is', async () => {
  const first = openProgram();
  await first.till.start();
  await first.must('setup:openPractice', {});
  await first.till.stop(0);
  writeFileSync(join(practiceFolder(first.folder), 'ledger.jsonl'), spoilt);
  const after = openProgram({ folder: first.folder });
  await after.till.start();
  expect(after.till.snapshot()).toMatchObject({ mode: 'broken', problem: { code: 'database-corrupt' } });
  expect(after.till.brokenBy()).toBeNull();
  expect(readFileSync(join(practiceFolder(first.folder), 'ledger.jsonl'), 'utf8')).toBe(spoilt);
});

it('whoever touches the page keeps practice open, also where nobody is set up in it', async () => {
  const shop = await openShop();
  await shop.signIn('Mei');
  await shop.must('setup:openPractice', {});
  const touched = vi.spyOn(shop.till, 'inUse');
  await shop.must('people:inUse', {});
  expect(touched).toHaveBeenCalledOnce();
});

it('a practice that was open last hides no records that are gone', async () => {
  const shop = await openShop();
  await shop.signIn('Mei');
  await shop.must('setup:openPractice', {});
  await shop.till.stop(0);
  rmSync(liveFolder(shop.folder), { recursive: true });
  expect(isDataMissing(shop.folder, join(shop.folder, 'copy'))).toBe(true);
  expect(lastMode(shop.folder)).toBe('live');
});

it('a start opens the practice store where nothing else was ever set up', async () => {
  const first = openProgram();
  await first.till.start();
  await first.must('setup:openPractice', {});
  await first.till.stop(0);
  const after = openProgram({ folder: first.folder });
  await after.till.start();
  expect(after.till.snapshot().mode).toBe('practice');
});

it('what was let in by one till is not done at the next one', async () => {
  const shop = await openShop();
  await shop.must('backups:now', {});
  await shop.signIn('Mei');
  // Both are let in; the first one's turn closes the till that let the second one in.
  const [place, practice] = await Promise.all([
    shop.code('setup:setPlace', {
      tillNumber: 2,
      tillCount: 2,
      pin: { person: bossOf(shop), pin: pins.boss },
    }),
    shop.code('setup:openPractice', {}),
  ]);
  expect([place, practice].filter((one) => one === 'ok')).toHaveLength(1);
  expect([place, practice]).toContain('till-opening');
  expect(existsSync(backupFolder(shop.folder))).toBe(true);
  // That a live till was open here is never forgotten for a practice.
  expect(readFileSync(join(shop.folder, 'mode.json'), 'utf8')).toContain('live');
});

const bossOf = (shop: Shop): string =>
  shop.till.snapshot().people?.list.find(({ name }) => name === 'Boss')?.id ?? '';
