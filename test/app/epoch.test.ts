import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { readTillLine } from '../../main/ledger/journal/till-identity-repository.ts';
import { compareMet, epochOf, firstEpoch, lineOf } from '../../main/ledger/journal/till-line.ts';
import { createMemoryVault } from '../../main/people/credentials/vault.ts';
import { restoreBackup } from '../../main/safety/backups/restore.ts';
import { checkHere } from '../../main/safety/integrity/integrity.ts';
import { marksOf } from '../../main/safety/machine/marks.ts';
import { backUp, copyOf, inDatabase } from '../kit/data-folder.ts';
import { realClock, realRandom, startPracticeStore } from '../kit/practice-store.ts';
import { openTestTill, silentLogger, temporaryFolder } from '../kit/till.ts';

const hex = /^[0-9a-f]{16}$/;
const secrets = { appKey: 'k', pinPepper: Buffer.alloc(32, 7), journalKey: Buffer.alloc(32, 9) };
const machineOf = (board: string) => ({
  marks: async () => marksOf({ installation: 'i', board, disk: null }),
});

/** Opens a till, starts and closes it, and says who it was then. */
async function openedOnce(folder: string, world: Parameters<typeof openTestTill>[1] = {}) {
  const till = await openTestTill(await startPracticeStore(), { ...world, folder });
  till.session.start();
  const { tillId, epoch, epochs } = till.session.ledger.tillIdentity;
  await till.close();
  return { tillId, epoch, epochs };
}

/** Why each epoch of the journal was begun, the oldest first. */
const reasons = (folder: string) =>
  inDatabase(folder, (db) =>
    db.prepare("SELECT content FROM journal WHERE reason = 'epoch' ORDER BY number").pluck().all(),
  ).map((content) => (JSON.parse(String(content)) as { why: string }).why);

it('two set-ups of one key at one moment are two tills, and one that is opened again is the same', async () => {
  const clock = { ...realClock, nowMs: () => 1_800_000_000_000 };
  const [one, other] = [temporaryFolder(), temporaryFolder()];
  const first = await openedOnce(one, { world: { clock } });
  expect(first).toMatchObject({
    tillId: expect.stringMatching(hex),
    epoch: firstEpoch(first.tillId ?? ''),
  });
  expect((await openedOnce(other, { world: { clock } })).tillId).not.toBe(first.tillId);
  expect(await openedOnce(one)).toEqual(first);
  expect(reasons(one)).toEqual([]);
});

it('a folder that was put back by hand is the same till on a way of its own, whose parent is the one before', async () => {
  const folder = temporaryFolder();
  const first = await openedOnce(folder);
  const putBack = backUp(liveFolder(folder));
  await openedOnce(folder);
  const till = await openTestTill(await startPracticeStore(), { folder });
  till.session.ledger.journal?.append({ event: 'noted', actor: '', reason: 'lost', content: {} });
  await till.close();
  putBack();
  const after = await openedOnce(folder);
  expect(after.tillId).toBe(first.tillId);
  expect(after.epochs).toEqual([first.epoch, after.epoch]);
  expect(reasons(folder)).toEqual(['rolled-back']);
  // It is dealt with: no start draws another.
  expect(await openedOnce(folder)).toEqual(after);
});

it.each([
  ['restored', null],
  ['moved', secrets],
] as const)(
  'what was %s begins an epoch, and two that are made of one file are not the same',
  async (why, moved) => {
    const kept = temporaryFolder();
    const first = await openedOnce(kept, { world: { machine: machineOf('old') } });
    const there = async () => {
      const folder = temporaryFolder();
      const vault = createMemoryVault(secrets, realRandom);
      const parts = {
        ...{ clock: realClock, random: realRandom, logger: silentLogger, integrity: checkHere },
        ...{ liveFolder: liveFolder(folder), headCopyFolder: join(folder, 'copy') },
        ...{ backupFolder: join(folder, 'backups'), vault, machine: machineOf('old'), protocol: kybio },
      };
      const wish = { madeAtMs: 1, open: [], secrets: moved, otherMachine: false };
      const done = await restoreBackup(parts, { file: databaseFile(liveFolder(copyOf(kept))), ...wish });
      expect(done).toEqual({ ok: true, value: {} });
      const after = await openedOnce(folder, { world: { machine: machineOf('old') } });
      expect(after.tillId).toBe(first.tillId);
      expect(after.epochs).toEqual([first.epoch, after.epoch]);
      expect(reasons(folder)).toEqual([why]);
      return after.epoch;
    };
    expect(await there()).not.toBe(await there());
  },
);

it('another machine is another epoch once a manager says that the till goes on there', async () => {
  const folder = temporaryFolder();
  const first = await openedOnce(folder, { world: { machine: machineOf('old') } });
  const there = { folder, world: { machine: machineOf('new') } };
  const till = await openTestTill(await startPracticeStore(), there);
  till.session.start();
  expect(till.session.ledger.tillIdentity.epoch).toBe(first.epoch);
  till.session.records.resume({ role: 'manager', person: '' });
  const { epoch, isOfMyLine } = till.session.ledger.tillIdentity;
  expect(epoch).not.toBe(first.epoch);
  expect(isOfMyLine(first.epoch ?? '')).toBe(true);
  expect(isOfMyLine('0123456789abcdef')).toBe(false);
  await till.close();
  expect(reasons(folder)).toEqual(['other-machine']);
});

it('a till whose key is lost is the same till, and on a new chain a new epoch that knows the ones before', async () => {
  const folder = temporaryFolder();
  const first = await openedOnce(folder);
  const vault = createMemoryVault({ ...secrets, journalKey: Buffer.alloc(32, 3) }, realRandom);
  // As the set-up of a lost keychain leaves it: nothing that the key before has sealed is there.
  for (const place of [liveFolder(folder), join(folder, 'copy', 'live')])
    for (const slot of ['head-a.json', 'head-b.json']) rmSync(join(place, slot), { force: true });
  const after = await openedOnce(folder, { world: { vault } });
  expect(after.tillId).toBe(first.tillId);
  expect(after.epochs).toEqual([first.epoch, after.epoch]);
  expect(reasons(folder)).toEqual(['new-chain']);
  const next = createMemoryVault({ ...secrets, journalKey: Buffer.alloc(32, 4) }, realRandom);
  for (const place of [liveFolder(folder), join(folder, 'copy', 'live')])
    for (const slot of ['head-a.json', 'head-b.json']) rmSync(join(place, slot), { force: true });
  expect((await openedOnce(folder, { world: { vault: next } })).epochs).toHaveLength(3);
});

it('a note that is no epoch is passed over, and one that comes twice is one', () => {
  const mac = 'ab'.repeat(16);
  const note = (epoch: string) => ({ epoch, parent: '0'.repeat(16), why: 'restored' });
  const [one, two, three] = ['1'.repeat(16), '2'.repeat(16), '3'.repeat(16)];
  const begun = [note(one), {}, null, note('short'), { epoch: three }, note(two), note(two)];
  const notes = begun.map((content) => ({ reason: 'epoch', content }));
  const read = lineOf(mac, notes);
  const id = 'ab'.repeat(8);
  expect(read).toEqual({
    tillId: id,
    epochs: [firstEpoch(id), one, two],
    ended: [],
    endedCopies: [],
    open: [],
  });
  expect(epochOf(read)).toBe(two);
  const met = { reason: 'epoch met', content: { epoch: three } };
  expect(lineOf(mac, [...notes, met, met]).open).toEqual([three]);
  const ended = { reason: 'epoch ended', content: { epoch: three } };
  expect(lineOf(mac, [...notes, met, ended])).toMatchObject({
    ended: [three],
    endedCopies: [three],
    open: [],
  });
});

const ids = fc.constantFrom('1'.repeat(16), '2'.repeat(16), '3'.repeat(16), '4'.repeat(16), '5'.repeat(16));

it('what was met is a copy only under the same id and where its epoch is neither its own nor ended', () => {
  fc.assert(
    fc.property(ids, fc.array(ids), fc.array(ids), ids, ids, (tillId, epochs, ended, metId, epoch) => {
      const found = compareMet(
        { tillId, epochs, ended, endedCopies: [], open: [] },
        { tillId: metId, epoch },
      );
      const isUnknown = !epochs.includes(epoch) && !ended.includes(epoch);
      expect(found === 'other-till').toBe(metId !== tillId);
      expect(found === 'copy').toBe(metId === tillId && isUnknown);
      expect(found === 'mine').toBe(metId === tillId && epochs.includes(epoch));
    }),
  );
});

it('a journal without a row is no till', () => {
  const db = new Database(':memory:');
  db.exec(
    'CREATE TABLE journal (number INTEGER, mac BLOB, entry INTEGER, reason TEXT, event TEXT, content TEXT)',
  );
  expect(readTillLine(db)).toBeNull();
});
