import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../../main/hosts/practice/members.ts';
import { createMemoryVault, type Vault } from '../../../main/people/credentials/vault.ts';
import { realRandom, startPracticeStore } from '../../kit/practice-store.ts';
import { openProgram, type Program, topUp } from '../../kit/program.ts';
import { temporaryFolder } from '../../kit/till.ts';

const pin = '864209';
const passphrase = 'seven kopi peng at noon';

/** A live till with one entry that waits, and a stick for its move. */
async function waiting() {
  const store = await startPracticeStore();
  const stick = temporaryFolder();
  const program = openProgram({ backups: { picker: { pick: async () => stick } } });
  await program.till.start();
  await program.must('setup:connect', {
    ...{ host: store.baseUrl, appId: store.appId, appKey: store.appKey, tillName: 'Counter 1' },
    ...{ storeTimeZone: 'Asia/Singapore', currency: 'SGD', language: 'en', managerPin: pin },
  });
  await program.must('members:find', { query: meiLing.number });
  await program.must('members:find', { query: limWei.number });
  await store.setPlug(false);
  const { id } = await program.must('topUps:create', topUp(meiLing));
  return { store, stick, program, id };
}

const movedFrom = async (program: Program) => {
  expect(await program.must('backups:move', { passphrase, pin })).toEqual({ chosen: true });
  expect(program.till.snapshot().problem).toMatchObject({ code: 'till-retired' });
};

const stateOf = (program: Program, id: string) => program.till.session()?.ledger.outbox.byId(id);

const pausesOf = (program: Program) =>
  program.till.session()?.hosts.link.state.pauses.map(({ reason }) => reason) ?? [];

it('a till that was moved says when, and which file the other computer takes', async () => {
  const { stick, program } = await waiting();
  const beforeMs = Date.now();
  await movedFrom(program);
  const { moved, ...asked } = await program.must('restore:moved', {});
  const [file = ''] = readdirSync(stick);
  expect(moved).toMatchObject({ file: { folder: stick, file }, open: 1 });
  expect(asked).toEqual({ asks: 'pin', managers: [] });
  expect(moved?.atMs).toBeGreaterThanOrEqual(beforeMs);
});

it('opens again where a manager says that the new one was never opened, and sends nothing of what was open', async () => {
  const { store, program, id } = await waiting();
  const before = program.till.session()?.ledger.tillIdentity.epoch;
  await movedFrom(program);
  expect(await program.must('restore:neverOpened', { pin })).toEqual({});
  expect(program.till.snapshot().problem).toBeNull();
  expect(stateOf(program, id)).toMatchObject({ state: 'review', cause: 'restored' });
  const { epoch, epochs } = program.till.session()?.ledger.tillIdentity ?? {};
  expect(epoch).not.toBe(before);
  expect(epochs).toContain(before);
  expect(program.till.session()?.ledger.journal?.hasNote('the new one was never opened')).toBe(true);
  await store.setPlug(true);
  const next = await program.must('topUps:create', topUp(limWei, { balanceIncrement: '7.00' }));
  await program.until(() => stateOf(program, next.id)?.state === 'confirmed');
  expect(store.increments().map(({ balanceIncrement }) => balanceIncrement)).toEqual(['7']);
  expect(stateOf(program, id)?.state).toBe('review');
});

it('is told once: the start after that begins no epoch, and asks nobody anew', async () => {
  const { program } = await waiting();
  await movedFrom(program);
  await program.must('restore:neverOpened', { pin });
  const epochs = program.till.session()?.ledger.tillIdentity.epochs;
  await program.till.stop(0);
  const again = openProgram({ folder: program.folder, vault: program.vault });
  await again.till.start();
  expect(again.till.session()?.ledger.tillIdentity.epochs).toEqual(epochs);
  expect(await again.call('restore:neverOpened', { pin })).toMatchObject({
    ok: false,
    error: { code: 'till-open' },
  });
});

it('asks a manager: nobody without a PIN, nor with a wrong one, opens it', async () => {
  const { program } = await waiting();
  await movedFrom(program);
  for (const [given, code] of [
    [{}, 'manager-locked'],
    [{ pin: '000001' }, 'manager-pin-wrong'],
    [{ pin: { person: 'x', pin } }, 'person-not-found'],
  ] as const) {
    expect(await program.call('restore:neverOpened', given)).toMatchObject({ ok: false, error: { code } });
    expect(program.till.snapshot().problem).toMatchObject({ code: 'till-retired' });
  }
});

it('with people set up asks for a manager’s own PIN, and keeps their name', async () => {
  const { program } = await waiting();
  const who = { name: 'Mdm Lee', role: 'manager', language: null, newPin: '730194' } as const;
  await program.must('people:add', { ...who, version: 0, pin });
  const person = program.till.snapshot().people?.list[0]?.id ?? '';
  await program.must('people:add', {
    ...{ name: 'Mei', role: 'cashier', language: null, newPin: '305817' },
    ...{ version: program.till.snapshot().people?.version ?? 0, pin: { person, pin: who.newPin } },
  });
  const cashier = program.till.snapshot().people?.list.find(({ role }) => role === 'cashier')?.id ?? '';
  const proof = { person, pin: who.newPin };
  await program.must('backups:move', { passphrase, pin: proof });
  const { asks, managers } = await program.must('restore:moved', {});
  expect({ asks, managers }).toEqual({ asks: 'pin', managers: [{ id: person, name: who.name }] });
  for (const [given, code] of [
    [pin, 'approver-not-manager'],
    [{ person: cashier, pin: '305817' }, 'approver-not-manager'],
    [{ person, pin: '111112' }, 'person-pin-wrong'],
  ] as const) {
    expect(await program.call('restore:neverOpened', { pin: given })).toMatchObject({
      ok: false,
      error: { code },
    });
  }
  await program.must('restore:neverOpened', { pin: proof });
  const [note] =
    program.till.session()?.ledger.journal?.notes('the new one was never opened', { limit: 1 }) ?? [];
  expect(note?.actor).toContain('Mdm Lee');
});

it('where it was opened after all, whoever meets the other stops sending', async () => {
  const { stick, program, store } = await waiting();
  await movedFrom(program);
  const there = openProgram({ backups: { picker: { pick: async () => stick } } });
  await there.till.start();
  const { backups } = await there.must('restore:find', { elsewhere: true });
  const [found] = backups ?? [];
  await there.must('restore:look', { id: found?.id ?? '', passphrase });
  await there.must('restore:start', { id: found?.id ?? '', otherMachine: false });
  const met = there.till.session()?.ledger.tillIdentity;
  await program.must('restore:neverOpened', { pin });
  const here = program.till.session();
  const wrote = { tillId: met?.tillId ?? '', epoch: met?.epoch ?? '' };
  expect(here?.records.tillCopies.meet(wrote, 'paper')).toBe('copy');
  expect(pausesOf(program)).toContain('till-copy');
  expect(store.increments()).toEqual([]);
});

it('is no way back for a till that another copy was said to go on for, nor for one that is open', async () => {
  const { program } = await waiting();
  const copy = { tillId: program.till.session()?.ledger.tillIdentity.tillId ?? '', epoch: 'f'.repeat(16) };
  expect(program.till.session()?.records.tillCopies.meet(copy, 'paper')).toBe('copy');
  expect(await program.must('backups:standDown', { pin })).toEqual({});
  expect(program.till.snapshot().problem).toMatchObject({ code: 'till-retired' });
  expect(await program.must('restore:moved', {})).toEqual({ moved: null, asks: 'pin', managers: [] });
  expect(await program.call('restore:neverOpened', { pin })).toMatchObject({
    ok: false,
    error: { code: 'not-moved' },
  });
});

it('says Moved while its keyring is locked too, and opens by nobody’s word before that opens', async () => {
  const { stick, program } = await waiting();
  await movedFrom(program);
  await program.till.stop(0);
  const vault: Vault = {
    ...createMemoryVault(null, realRandom),
    load: async () => ({ state: 'lost', reason: 'keyring-unavailable' }),
  };
  const keyless = openProgram({ folder: program.folder, vault });
  await keyless.till.start();
  expect(keyless.till.snapshot().problem).toMatchObject({ code: 'till-retired' });
  const [file = ''] = readdirSync(stick);
  expect(await keyless.must('restore:moved', {})).toMatchObject({
    moved: { file: { folder: stick, file } },
    asks: 'recovery-code',
  });
  for (const given of [{}, { pin }])
    expect(await keyless.call('restore:neverOpened', given)).toMatchObject({
      ok: false,
      error: { code: 'key-lost' },
    });
  await keyless.till.stop(0);
  const again = openProgram({ folder: program.folder, vault: program.vault });
  await again.till.start();
  expect(await again.must('restore:neverOpened', { pin })).toEqual({});
});
