import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import type { PracticeStore } from '../../main/hosts/practice/types.ts';
import { databaseFile, liveFolder, practiceFolder } from '../../main/kernel/folders.ts';
import { createMemoryVault } from '../../main/people/credentials/vault.ts';
import { itOnPosix } from '../kit/posix.ts';
import { realRandom, startPracticeStore } from '../kit/practice-store.ts';
import { openProgram, stranger, topUp } from '../kit/program.ts';

const connection = (store: PracticeStore, change: object = {}) => ({
  host: store.baseUrl,
  appId: store.appId,
  appKey: store.appKey,
  tillName: 'Counter 1',
  storeTimeZone: 'Asia/Singapore',
  currency: 'SGD',
  language: 'en',
  ...change,
});

const newTill = (store: PracticeStore, change: object = {}) => ({
  ...connection(store, change),
  managerPin: '864209',
});

describe('setting up', () => {
  it('tests, keeps nothing of a test, and keeps what was connected over a restart', async () => {
    const store = await startPracticeStore();
    const program = openProgram();
    await program.till.start();
    expect(await program.must('setup:test', connection(store))).toMatchObject({ members: 100 });
    expect((await program.must('app:snapshot', {})).mode).toBe('first-run');
    expect(await program.vault.load()).toEqual({ state: 'absent' });
    await program.must('setup:connect', newTill(store, { tillName: '  Counter 2 ' }));
    expect(await program.must('app:snapshot', {})).toMatchObject({
      mode: 'live',
      till: { name: 'Counter 2' },
    });
    expect(JSON.stringify(program.pushed)).not.toContain(store.appKey);
    await program.till.stop(0);
    const after = openProgram({ folder: program.folder, vault: program.vault });
    await after.till.start();
    expect((await after.must('app:snapshot', {})).mode).toBe('live');
  });

  it.each([
    [{ appKey: 'wrong' }, 'key-refused'],
    [{ appKey: '  ' }, 'invalid-request'],
    [{ appId: '' }, 'invalid-request'],
    [{ storeTimeZone: 'Asia/Atlantis' }, 'invalid-request'],
    [{ currency: 'ZZZ' }, 'invalid-request'],
    [{ language: 'de' }, 'invalid-request'],
    [{ language: 'fr-FR' }, 'invalid-request'],
    [{ language: 'xx' }, 'invalid-request'],
    [{ language: '' }, 'invalid-request'],
    [{ host: 'http://kybio.example' }, 'host-insecure'],
    [{ host: 'not a host' }, 'host-invalid'],
    [{ host: 'http://127.0.0.1:1' }, 'host-unreachable'],
  ])('with %j is refused, and nothing is kept', async (change, code) => {
    const store = await startPracticeStore();
    const program = openProgram();
    await program.till.start();
    const refused = { ok: false, error: { code } };
    expect(await program.call('setup:test', connection(store, change))).toMatchObject(refused);
    expect(await program.call('setup:connect', newTill(store, change))).toMatchObject(refused);
    expect((await program.must('app:snapshot', {})).mode).toBe('first-run');
    expect(await program.vault.load()).toEqual({ state: 'absent' });
  });

  it('tests a connection before the till has a name, and keeps nothing of a till without one', async () => {
    const store = await startPracticeStore();
    const program = openProgram();
    await program.till.start();
    const nameless = { tillName: ' ' };
    expect(await program.call('setup:test', connection(store, nameless))).toMatchObject({ ok: true });
    expect(await program.call('setup:connect', newTill(store, nameless))).toMatchObject({
      ok: false,
      error: { code: 'invalid-request' },
    });
    expect(await program.vault.load()).toEqual({ state: 'absent' });
  });

  it('says a portal for a portal, and is refused over a till that is live', async () => {
    const store = await startPracticeStore();
    store.addFault({ fault: { kind: 'portal' }, times: 1 });
    const program = openProgram();
    await program.till.start();
    expect(await program.call('setup:connect', newTill(store))).toMatchObject({
      error: { code: 'captive-portal' },
    });
    await program.must('setup:connect', newTill(store));
    expect(await program.call('setup:connect', newTill(store))).toMatchObject({
      error: { code: 'invalid-request' },
    });
    expect(await program.call('practice:setPlug', { in: false })).toMatchObject({
      error: { code: 'not-in-practice' },
    });
    // Nor from the practice store, where nobody was asked for a PIN.
    await program.must('setup:openPractice', {});
    const other = newTill(store, { tillName: 'Somebody else’s' });
    expect(await program.call('setup:connect', other)).toMatchObject({
      error: { code: 'not-from-practice' },
    });
    await program.must('setup:leavePractice', {});
    expect(program.till.snapshot().till?.name).toBe('Counter 1');
  });

  it('with the key lost opens all the same, keeps every entry and sends none until there is a key', async () => {
    const store = await startPracticeStore();
    const program = openProgram();
    await program.till.start();
    await program.must('setup:connect', newTill(store));
    await program.must('members:find', { query: meiLing.number });
    await store.setPlug(false);
    await program.must('topUps:create', topUp(meiLing));
    await program.till.stop(0);
    await store.setPlug(true);
    const after = openProgram({ folder: program.folder, vault: createMemoryVault(null, realRandom) });
    await after.till.start();
    expect(await after.must('app:snapshot', {})).toMatchObject({
      mode: 'live',
      counts: { queued: 1 },
      link: { state: 'paused', pause: { reason: 'key-lost' } },
    });
    expect(await after.call('topUps:create', topUp(meiLing))).toMatchObject({
      error: { code: 'key-lost' },
    });
    expect(store.increments()).toEqual([]);
  });

  it('with the keys lost takes a key by the recovery code, which then makes the PIN anew', async () => {
    const store = await startPracticeStore();
    const program = openProgram();
    await program.till.start();
    const { recoveryCode } = await program.must('setup:connect', newTill(store));
    await program.till.stop(0);
    const after = openProgram({ folder: program.folder, vault: createMemoryVault(null, realRandom) });
    await after.till.start();
    const replace = (pin: string) => after.call('setup:replaceKey', { appKey: store.appKey, pin });
    expect(await replace('864209')).toMatchObject({ error: { code: 'recovery-code-wrong' } });
    expect(await replace(recoveryCode)).toMatchObject({ ok: true });
    expect(await after.call('manager:unlock', { pin: '864209' })).toMatchObject({
      error: { code: 'key-lost', details: { reason: 'pin' } },
    });
    await after.must('manager:recover', { recoveryCode, pin: '975310' });
    await after.must('manager:unlock', { pin: '975310' });
  });
});

describe('the manager’s PIN', () => {
  const reverse = (pin: string) => ({ id: 'nobody', requestId: realRandom.uuid(), pin });

  it('is made in set-up, with its recovery code', async () => {
    const store = await startPracticeStore();
    const program = openProgram();
    await program.till.start();
    const { recoveryCode } = await program.must('setup:connect', newTill(store));
    expect((await program.must('app:snapshot', {})).managerPinSet).toBe(true);
    expect(await program.call('entries:reverse', reverse('864209'))).toMatchObject({
      error: { code: 'entry-not-found' },
    });
    await program.must('manager:recover', { recoveryCode, pin: '975310' });
    expect(await program.call('entries:reverse', reverse('975310'))).toMatchObject({
      error: { code: 'entry-not-found' },
    });
  });

  it.each(['', '1234', '12', 'abcd', '1111'])(
    'that is %j is refused before anything is asked or kept',
    async (pin) => {
      const store = await startPracticeStore();
      const program = openProgram();
      await program.till.start();
      expect(await program.call('setup:connect', { ...newTill(store), managerPin: pin })).toMatchObject({
        error: { code: 'manager-pin-weak' },
      });
      expect(store.calls()).toEqual([]);
      expect(await program.vault.load()).toEqual({ state: 'absent' });
      expect((await program.must('app:snapshot', {})).mode).toBe('first-run');
    },
  );

  it('that could not be made is told, and the till is open all the same', async () => {
    const store = await startPracticeStore();
    const kept = createMemoryVault(null, realRandom);
    const vault = { ...kept, load: async () => ({ state: 'lost', reason: 'cannot-decrypt' }) as const };
    const program = openProgram({ vault });
    await program.till.start();
    expect(await program.call('setup:connect', newTill(store))).toMatchObject({
      error: { code: 'manager-pin-not-made' },
    });
    expect(await program.must('app:snapshot', {})).toMatchObject({ mode: 'live', managerPinSet: false });
  });

  /** As a provisioning file without a PIN leaves it. */
  const withoutPin = async () => {
    const store = await startPracticeStore();
    const program = openProgram();
    await program.till.start();
    await program.till.connect(connection(store));
    const make = (appKey: string) => program.call('manager:makePin', { pin: '864209', appKey });
    return { store, program, make };
  };

  it('is made later only by somebody who has the App key', async () => {
    const { store, program, make } = await withoutPin();
    for (const wrong of ['', 'x', store.appKey.slice(1), store.appId])
      expect(await make(wrong)).toMatchObject({ error: { code: 'app-key-wrong' } });
    expect(program.till.snapshot().managerPinSet).toBe(false);
    expect(await make(` ${store.appKey}\n`)).toMatchObject({ ok: true });
    expect(await make(store.appKey)).toMatchObject({ error: { code: 'manager-pin-exists' } });
    expect(await make('x')).toMatchObject({ error: { code: 'manager-pin-exists' } });
  });

  it('locks out who tries one App key after the other, the right one too', async () => {
    const { store, make } = await withoutPin();
    for (let guess = 0; guess < 5; guess += 1) await make(String(guess));
    expect(await make(store.appKey)).toMatchObject({
      error: { code: 'manager-locked-out', details: { seconds: '60' } },
    });
  });
});

describe('a till that cannot be opened', () => {
  const breakFile = (file: string, how: 'text' | 'newer') => {
    mkdirSync(dirname(file), { recursive: true });
    if (how === 'text') writeFileSync(file, 'no database '.repeat(500));
    else {
      const db = new Database(file);
      db.pragma('user_version = 99');
      db.close();
    }
  };

  it.each([
    ['text', 'database-corrupt'],
    ['newer', 'database-newer'],
  ] as const)('because of a database that is %s says so and takes nothing', async (how, code) => {
    const program = openProgram();
    breakFile(databaseFile(liveFolder(program.folder)), how);
    await program.till.start();
    expect(await program.must('app:snapshot', {})).toMatchObject({ mode: 'broken', problem: { code } });
    expect(await program.call('topUps:create', topUp(stranger))).toMatchObject({
      error: { code: 'not-set-up' },
    });
  });

  // Windows opens a folder as it does a file.
  itOnPosix('because a write fails on the way in comes out as a code, not as the first screen', async () => {
    const program = openProgram();
    await program.till.start();
    await program.must('setup:openPractice', {});
    await program.must('setup:leavePractice', {});
    // Where the next head would be written there is a folder.
    const slots = ['head-a.json', 'head-b.json'].map((name) => join(practiceFolder(program.folder), name));
    const countIn = (slot: string): number =>
      existsSync(slot) ? JSON.parse(readFileSync(slot, 'utf8')).count : -1;
    const [older = ''] = slots.sort((one, other) => countIn(one) - countIn(other));
    rmSync(older, { force: true });
    mkdirSync(older);
    expect(await program.call('setup:openPractice', {})).toMatchObject({
      error: { code: 'database-failed' },
    });
    expect(await program.must('app:snapshot', {})).toMatchObject({
      mode: 'broken',
      problem: { code: 'database-failed' },
    });
  });

  it('tells on the first screen what was wrong with a provisioning file, and only there', async () => {
    const program = openProgram();
    await program.till.start({ code: 'provisioning-invalid', details: { field: 'host' } });
    expect(await program.must('app:snapshot', {})).toMatchObject({
      mode: 'first-run',
      problem: { code: 'provisioning-invalid' },
    });
  });
});

it('asks which of the account’s tills this one is, and shows it', async () => {
  const store = await startPracticeStore();
  const program = openProgram();
  await program.till.start();
  const third = { tillNumber: 3, tillCount: 2 };
  expect(await program.call('setup:connect', newTill(store, third))).toMatchObject({
    error: { code: 'invalid-request', details: { field: 'tillNumber' } },
  });
  await program.must('setup:connect', newTill(store, { tillNumber: 2, tillCount: 3 }));
  expect((await program.must('app:snapshot', {})).till).toMatchObject({ number: 2, count: 3 });
  await program.must('setup:openPractice', {});
  expect((await program.must('app:snapshot', {})).till).toMatchObject({ number: 1, count: 1 });
});

it('between two tills nothing flashes, however long the old one takes to close', async () => {
  const store = await startPracticeStore();
  const program = openProgram();
  await program.till.start();
  await program.must('setup:connect', newTill(store));
  await program.must('members:find', { query: meiLing.number });
  const method = 'updateBalancePointByIncrement';
  store.addFault({ fault: { kind: 'delay', delayMs: 200, when: 'after' }, method, times: 1 });
  await program.must('topUps:create', topUp(meiLing));
  await store.waitForCall((call) => call.method === method);
  const before = program.pushed.length;
  await program.must('setup:openPractice', {});
  await program.until(({ mode }) => mode === 'practice');
  expect(new Set(program.pushed.slice(before).map(({ mode }) => mode))).not.toContain('first-run');
  await program.must('setup:leavePractice', {});
  // What was under way when the live till closed was waited for.
  expect(await program.until(({ mode }) => mode === 'live')).toMatchObject({ counts: { confirmed: 1 } });
});
