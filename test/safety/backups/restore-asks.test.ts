import { closeSync, openSync, readdirSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { meiLing } from '../../../main/hosts/practice/members.ts';
import { databaseFile, liveFolder } from '../../../main/kernel/folders.ts';
import { createMemoryVault, type Vault } from '../../../main/people/credentials/vault.ts';
import { createClosedRecords, provePuttingBack } from '../../../main/safety/backups/closed-records.ts';
import { checkHere } from '../../../main/safety/integrity/integrity.ts';
import type { ChannelArgs } from '../../../preload/contract/index.ts';
import { createTestClock } from '../../kit/clock.ts';
import { LIVE_PIN, openLiveProgram } from '../../kit/live-program.ts';
import { realRandom } from '../../kit/practice-store.ts';
import { openProgram, type Program, topUp } from '../../kit/program.ts';
import { silentLogger } from '../../kit/till.ts';

// Whoever puts a backup back over a till that was retired makes two that live: that is a manager's (ADR 62).

const pins = { boss: '482915', mei: '391726' };

/** A copy of this till was met, and its manager said that the other one goes on. A credit was paid for since the backup. */
async function retired<P extends Program>(shop: P, pin: ChannelArgs<'backups:standDown'>['pin'] = LIVE_PIN) {
  await shop.must('backups:now', { pin });
  await shop.must('members:find', { query: meiLing.number });
  await shop.must('topUps:create', topUp(meiLing));
  await shop.until(({ counts }) => counts.confirmed === 1);
  const session = shop.till.session();
  const tillId = session?.ledger.tillIdentity.tillId ?? '';
  session?.records.tillCopies.meet({ tillId, epoch: 'f'.repeat(16) }, 'paper');
  await shop.must('backups:standDown', { pin });
  expect(shop.till.snapshot().problem).toMatchObject({ code: 'till-retired' });
  return shop;
}

/** As a page that says whatever lets a backup be put back. */
async function putBack(program: Program, pin?: ChannelArgs<'restore:start'>['pin']): Promise<string> {
  await program.must('restore:find', { elsewhere: false });
  await program.must('restore:look', { id: '0' });
  const given = pin === undefined ? {} : { pin };
  const reply = await program.call('restore:start', { id: '0', otherMachine: true, ...given });
  return reply.ok ? 'ok' : reply.error.code;
}

const isAsItWas = ({ till, folder }: Program): void => {
  expect(till.snapshot().problem).toMatchObject({ code: 'till-retired' });
  expect(readdirSync(liveFolder(folder)).filter((name) => name.startsWith('set-aside'))).toEqual([]);
};

it('asks for the PIN of the till where nobody is set up, and opens with it', async () => {
  const program = await retired(await openLiveProgram());
  expect(await program.must('restore:moved', {})).toEqual({ moved: null, asks: 'pin', managers: [] });
  for (const [given, code] of [
    [undefined, 'manager-locked'],
    ['000001', 'manager-pin-wrong'],
    [{ person: 'x', pin: LIVE_PIN }, 'person-not-found'],
  ] as const) {
    expect(await putBack(program, given)).toBe(code);
    isAsItWas(program);
  }
  expect(await putBack(program, LIVE_PIN)).toBe('ok');
  expect(program.till.snapshot()).toMatchObject({ mode: 'live', problem: null });
});

it('with people set up asks for a manager’s own, and takes neither a cashier’s nor the till’s', async () => {
  const program = await openLiveProgram();
  const people = () => program.till.snapshot().people;
  const idOf = (name: string) => people()?.list.find((one) => one.name === name)?.id ?? '';
  const first = { version: 0, name: 'Boss', role: 'manager', language: null, newPin: pins.boss } as const;
  await program.must('people:add', { ...first, pin: LIVE_PIN });
  const boss = { person: idOf('Boss'), pin: pins.boss };
  const second = { name: 'Mei', role: 'cashier', language: null, newPin: pins.mei } as const;
  await program.must('people:add', { ...second, version: people()?.version ?? 0, pin: boss });
  const mei = { person: idOf('Mei'), pin: pins.mei };
  await program.must('people:signIn', boss);
  await retired(program, boss);
  expect(await program.must('restore:moved', {})).toMatchObject({
    managers: [{ id: boss.person, name: 'Boss' }],
  });
  for (const [given, code] of [
    [undefined, 'manager-locked'],
    [LIVE_PIN, 'approver-not-manager'],
    [mei, 'approver-not-manager'],
    [{ ...boss, pin: '111112' }, 'person-pin-wrong'],
  ] as const) {
    expect(await putBack(program, given)).toBe(code);
    isAsItWas(program);
  }
  expect(await putBack(program, boss)).toBe('ok');
});

it('a page that guesses at once, or again and again, waits as anywhere else; and the wait ends', async () => {
  const program = await retired(await openLiveProgram());
  const clock = createTestClock();
  const records = createClosedRecords({
    ...{ liveFolder: liveFolder(program.folder), vault: program.vault, clock, random: realRandom },
    ...{ logger: silentLogger, integrity: checkHere },
  });
  const prove = async (proof: string) => {
    const found = await provePuttingBack(records, { isDamaged: false, proof });
    return found.ok ? 'ok' : found.error.code;
  };
  const guesses = await Promise.all(Array.from({ length: 8 }, (_, at) => prove(`00000${at}`)));
  expect(guesses.filter((code) => code === 'manager-pin-wrong')).toHaveLength(5);
  expect(guesses.filter((code) => code === 'manager-locked-out')).toHaveLength(3);
  expect(await prove(LIVE_PIN)).toBe('manager-locked-out');
  clock.pass(61_000);
  expect(await prove(LIVE_PIN)).toBe('ok');
});

const locked: Vault = {
  ...createMemoryVault(null, realRandom),
  load: async () => ({ state: 'lost', reason: 'keyring-unavailable' }),
};

it('a keyring that is locked makes no second till: then the recovery code vouches', async () => {
  const { folder, recoveryCode, till } = await retired(await openLiveProgram());
  await till.stop(0);
  const keyless = openProgram({ folder, vault: locked });
  await keyless.till.start();
  expect(await keyless.must('restore:moved', {})).toMatchObject({ asks: 'recovery-code' });
  for (const [given, code] of [
    [undefined, 'manager-locked'],
    [LIVE_PIN, 'recovery-code-wrong'],
    [{ person: 'x', pin: recoveryCode }, 'person-not-found'],
  ] as const) {
    expect(await putBack(keyless, given)).toBe(code);
    isAsItWas(keyless);
  }
  expect(await putBack(keyless, recoveryCode.toLowerCase())).toBe('ok');
  expect(keyless.till.snapshot()).toMatchObject({ mode: 'live', problem: null });
});

/** As a disk that gives one page of it no more. */
function spoilJournal(file: string): void {
  const db = new Database(file);
  db.pragma('wal_checkpoint(TRUNCATE)');
  const root = db.prepare("SELECT rootpage FROM sqlite_master WHERE name = 'journal'").pluck().get();
  const sizeBytes = Number(db.pragma('page_size', { simple: true }));
  db.close();
  const open = openSync(file, 'r+');
  writeSync(open, Buffer.alloc(sizeBytes, 0xff), 0, sizeBytes, (Number(root) - 1) * sizeBytes);
  closeSync(open);
}

it('a damaged page makes no second till of one that was retired: then the recovery code vouches', async () => {
  const { folder, vault, recoveryCode, till } = await retired(await openLiveProgram());
  await till.stop(0);
  spoilJournal(databaseFile(liveFolder(folder)));
  const damaged = openProgram({ folder, vault });
  await damaged.till.start();
  expect(damaged.till.snapshot().problem).toMatchObject({ code: 'till-retired' });
  expect(await damaged.must('restore:moved', {})).toEqual({
    ...{ moved: null, asks: 'recovery-code', managers: [] },
  });
  for (const [given, code] of [
    [undefined, 'manager-locked'],
    [LIVE_PIN, 'recovery-code-wrong'],
  ] as const) {
    expect(await putBack(damaged, given)).toBe(code);
    isAsItWas(damaged);
  }
  const neverOpened = await damaged.call('restore:neverOpened', { pin: recoveryCode });
  expect(neverOpened).toMatchObject({ ok: false, error: { code: 'not-moved' } });
  expect(await putBack(damaged, recoveryCode)).toBe('ok');
  expect(damaged.till.snapshot()).toMatchObject({ mode: 'live', problem: null });
});

it('a till that is at home here asks its people where its records open, and nobody where they are damaged', async () => {
  const shop = await openLiveProgram();
  const records = createClosedRecords({
    ...{ liveFolder: liveFolder(shop.folder), vault: shop.vault, random: realRandom },
    ...{ clock: createTestClock(), logger: silentLogger, integrity: checkHere },
  });
  await shop.till.stop(0);
  const asked = (isDamaged: boolean) => provePuttingBack(records, { isDamaged, proof: undefined });
  expect(await asked(false)).toMatchObject({ ok: false, error: { code: 'manager-locked' } });
  expect(await asked(true)).toMatchObject({ ok: true });
  const keyless = createClosedRecords({
    ...{ liveFolder: liveFolder(shop.folder), vault: locked, random: realRandom },
    ...{ clock: createTestClock(), logger: silentLogger, integrity: checkHere },
  });
  expect(await provePuttingBack(keyless, { isDamaged: false, proof: undefined })).toMatchObject({ ok: true });
  const nothing = openProgram();
  await nothing.till.start();
  expect(await nothing.must('restore:moved', {})).toEqual({ moved: null, asks: 'nobody', managers: [] });
});
