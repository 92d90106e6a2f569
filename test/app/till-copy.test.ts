import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { createSettings } from '../../main/kernel/database/settings-repository.ts';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { createMemoryVault } from '../../main/people/credentials/vault.ts';
import { standDown } from '../../main/safety/backups/moved-away.ts';
import { type RestoreWish, restoreBackup } from '../../main/safety/backups/restore.ts';
import { checkHere } from '../../main/safety/integrity/integrity.ts';
import { retiredSince } from '../../main/safety/retired.ts';
import { copyOf, inDatabase } from '../kit/data-folder.ts';
import { entry, lose, openLosing, whileUnknown } from '../kit/losing.ts';
import { realClock, realRandom, startPracticeStore } from '../kit/practice-store.ts';
import { openTestTill, silentLogger, type TestTill, temporaryFolder } from '../kit/till.ts';

const passphrase = 'seven kopi peng at noon';
const pausesOf = ({ session }: TestTill) => session.hosts.link.state.pauses.map(({ reason }) => reason);

/** A till with one top-up that waits and a place on a share for its backups, and how a computer takes its move file. */
async function moved() {
  const store = await startPracticeStore();
  const share = temporaryFolder();
  const secrets = { appKey: store.appKey, pinPepper: Buffer.alloc(32, 7), journalKey: Buffer.alloc(32, 9) };
  const till = await openTestTill(store, { backups: {} });
  till.session.start();
  for (const { number } of [meiLing, limWei]) await till.session.members.lookUp.find(number);
  const chosen = await till.session.safety.backups?.choosePlace({ folder: share, passphrase }, theManager);
  expect(chosen).toMatchObject({ ok: true });
  await store.setPlug(false);
  till.topUp(meiLing.customerUid, '10.00');
  await till.close();
  const file = databaseFile(liveFolder(copyOf(till.folder)));
  const putBack = (folder: string, change: Partial<RestoreWish> = {}) => {
    const parts = {
      ...{ clock: realClock, random: realRandom, logger: silentLogger, integrity: checkHere },
      ...{ liveFolder: liveFolder(folder), headCopyFolder: join(folder, 'copy'), machine: null },
      ...{ backupFolder: join(folder, 'backups'), vault: createMemoryVault(secrets, realRandom) },
      protocol: kybio,
    };
    const wish = { file, madeAtMs: 1, open: [], secrets, otherMachine: false, ...change };
    return restoreBackup(parts, wish);
  };
  const started = async (folder: string) => {
    const there = await openTestTill(store, { folder, backups: {} });
    there.session.start();
    return there;
  };
  const takenUp = async (folder = temporaryFolder()) => {
    expect(await putBack(folder)).toEqual({ ok: true, value: {} });
    return started(folder);
  };
  const vault = createMemoryVault(secrets, realRandom);
  return { store, putBack, started, takenUp, vault };
}

/** A backup is made, and brought to the share. */
async function backsUp({ session }: TestTill) {
  await session.safety.backups?.backupNow('asked');
  await session.safety.backups?.copied();
  return session.safety.backups?.state().second?.problem?.code ?? null;
}

describe('one move file on two computers', () => {
  it('is noticed by whoever comes second to the share, who sends nothing more', async () => {
    const { store, takenUp } = await moved();
    const one = await takenUp();
    const other = await takenUp();
    expect(await backsUp(one)).toBeNull();
    expect(pausesOf(one)).toEqual([]);
    const waits = other.topUp(limWei.customerUid, '5.00');
    expect(await backsUp(other)).toBe('backup-place-copy');
    expect(pausesOf(other)).toEqual(['till-copy']);
    expect(other.session.ledger.outbox.byId(waits.id)?.state).toBe('queued');
    await store.setPlug(true);
    other.session.sending.loop.hurry();
    const sent = one.topUp(limWei.customerUid, '7.00');
    one.session.sending.loop.hurry();
    await one.until(({ session }) => session.ledger.outbox.byId(sent.id)?.state === 'confirmed');
    expect(store.increments().map(({ balanceIncrement }) => balanceIncrement)).toEqual(['7']);
  });

  it('is asked about at each start until a manager says that this computer goes on; then the other notices', async () => {
    const { started, takenUp } = await moved();
    const one = await takenUp();
    await backsUp(one);
    const other = await takenUp();
    expect(await backsUp(other)).toBe('backup-place-copy');
    await other.close();
    const again = await started(other.folder);
    expect(pausesOf(again)).toEqual(['till-copy']);
    again.session.records.resume(theManager);
    expect(pausesOf(again)).toEqual([]);
    expect(await backsUp(again)).toBeNull();
    await again.close();
    const third = await started(other.folder);
    expect(pausesOf(third)).toEqual([]);
    // What the one wrote before is known, and what is written there now is of nobody that the one knows.
    expect(await backsUp(third)).toBeNull();
    expect(await backsUp(one)).toBe('backup-place-copy');
    expect(pausesOf(one)).toEqual(['till-copy']);
  });

  it('is retired here where a manager says that the other goes on, and only where one was met', async () => {
    const { started, takenUp, vault } = await moved();
    const one = await takenUp();
    await backsUp(one);
    const other = await takenUp();
    const stand = async ({ folder, close }: TestTill) => {
      await close();
      const parts = { liveFolder: liveFolder(folder), clock: realClock, logger: silentLogger, vault };
      return standDown({ ...parts }, theManager);
    };
    expect(await backsUp(other)).toBe('backup-place-copy');
    expect(await stand(one)).toMatchObject({ ok: false, error: { code: 'no-copy' } });
    expect(pausesOf(await started(one.folder))).toEqual([]);
    expect(await stand(other)).toEqual({ ok: true, value: {} });
    await expect(started(other.folder)).rejects.toThrow('does not open');
    expect(inDatabase(other.folder, (db) => retiredSince(createSettings(db)))).not.toBeNull();
  });

  it('gives what waits to a manager where it is met, and what is entered after it waits', async () => {
    const { takenUp } = await moved();
    const till = await takenUp();
    const { tillId, epoch } = till.session.ledger.tillIdentity;
    const before = till.topUp(limWei.customerUid, '5.00');
    const met = { tillId: tillId ?? '', epoch: 'f'.repeat(16) };
    const { meet } = till.session.records.tillCopies;
    expect(meet({ tillId: 'e'.repeat(16), epoch: met.epoch }, 'paper')).toBe('other-till');
    expect(meet({ ...met, epoch: epoch ?? '' }, 'paper')).toBe('mine');
    expect(pausesOf(till)).toEqual([]);
    expect(meet(met, 'paper')).toBe('copy');
    expect(till.session.ledger.outbox.byId(before.id)).toMatchObject({ state: 'review', cause: 'restored' });
    const rows = till.session.ledger.journal?.head().count;
    expect(meet(met, 'z')).toBe('copy');
    expect(till.session.ledger.journal?.head().count).toBe(rows);
    till.session.records.resume(theManager);
    expect(meet(met, 'z')).toBe('ended-copy');
    expect(pausesOf(till)).toEqual([]);
  });
});

describe('nobody is accused who is alone', () => {
  it('of what a till wrote before it was put back, and between two restores that went back behind each other', async () => {
    const { started, takenUp } = await moved();
    const first = await takenUp();
    const { tillId, epoch } = first.session.ledger.tillIdentity;
    await first.close();
    const second = await takenUp(first.folder);
    const between = second.session.ledger.tillIdentity.epoch;
    expect(second.session.ledger.tillIdentity.epochs).not.toContain(epoch);
    await backsUp(second);
    await second.close();
    const third = await takenUp(first.folder);
    const { meet } = third.session.records.tillCopies;
    for (const old of [epoch, between])
      expect(meet({ tillId: tillId ?? '', epoch: old ?? '' }, 'paper')).toBe('ended');
    const [start] = third.session.ledger.tillIdentity.epochs;
    expect(meet({ tillId: tillId ?? '', epoch: start ?? '' }, 'z')).toBe('mine');
    expect(await backsUp(third)).toBeNull();
    expect(pausesOf(third)).toEqual([]);
    await third.close();
    expect(pausesOf(await started(first.folder))).toEqual([]);
  });
});

it('a backup of a copy that goes on elsewhere is put back only where a person says that it does so no more', async () => {
  const { putBack, started, takenUp } = await moved();
  const one = await takenUp();
  await one.close();
  const other = await takenUp();
  const { epoch, tillId } = other.session.ledger.tillIdentity;
  await other.close();
  const file = databaseFile(liveFolder(copyOf(one.folder)));
  const refused = await putBack(other.folder, { file, secrets: null });
  expect(refused).toMatchObject({ ok: false, error: { code: 'backup-other-machine' } });
  expect(await putBack(other.folder, { file, secrets: null, otherMachine: true })).toMatchObject({
    ok: true,
  });
  const after = await started(other.folder);
  const met = { tillId: tillId ?? '', epoch: epoch ?? '' };
  expect(after.session.records.tillCopies.meet(met, 'paper')).toBe('ended');
});

describe('a backup that is put back answers for no copy that was met', () => {
  const met = async () => {
    const { store, putBack, started, takenUp } = await moved();
    const till = await takenUp();
    const mine = databaseFile(liveFolder(copyOf(till.folder)));
    const copy = { tillId: till.session.ledger.tillIdentity.tillId ?? '', epoch: 'f'.repeat(16) };
    expect(till.session.records.tillCopies.meet(copy, 'paper')).toBe('copy');
    await till.close();
    const own = { file: mine, secrets: null };
    const putBackHere = async () => expect(await putBack(till.folder, own)).toEqual({ ok: true, value: {} });
    return { store, copy, putBackHere, start: () => started(till.folder) };
  };

  it.each([1, 2])('restored %i times before a start', async (times) => {
    const { store, copy, putBackHere, start } = await met();
    for (let time = 0; time < times; time += 1) await putBackHere();
    const after = await start();
    expect(pausesOf(after)).toEqual(['till-copy']);
    await store.setPlug(true);
    const waits = after.topUp(limWei.customerUid, '5.00');
    after.session.sending.loop.hurry();
    await after.close();
    const again = await start();
    expect(pausesOf(again)).toEqual(['till-copy']);
    expect(again.session.ledger.outbox.byId(waits.id)?.state).toBe('review');
    expect(store.increments()).toEqual([]);
    expect(again.session.records.tillCopies.meet(copy, 'paper')).toBe('copy');
    again.session.records.resume(theManager);
    expect(pausesOf(again)).toEqual([]);
    expect(again.session.records.tillCopies.meet(copy, 'paper')).toBe('ended-copy');
    const sent = again.topUp(limWei.customerUid, '7.00');
    again.session.sending.loop.hurry();
    await again.until(({ session }) => session.ledger.outbox.byId(sent.id)?.state === 'confirmed');
    expect(store.increments().map(({ balanceIncrement }) => balanceIncrement)).toEqual(['7']);
  });

  it('and asks no more about one of which a manager had said it', async () => {
    const { copy, putBackHere, start } = await met();
    const before = await start();
    before.session.records.resume(theManager);
    await before.close();
    await putBackHere();
    const after = await start();
    expect(pausesOf(after)).toEqual([]);
    expect(after.session.records.tillCopies.meet(copy, 'paper')).toBe('ended');
  });
});

it('what was in review when a copy is met waits until nothing that the copy sent can arrive any more', async () => {
  const driven = await openLosing({}, 'before');
  const { id } = await lose(driven);
  await driven.drive(whileUnknown(driven, id));
  const {
    ledger,
    records,
    counter: { review },
  } = driven.till.session;
  const met = { tillId: ledger.tillIdentity.tillId ?? '', epoch: '00000000000000ff' };
  expect(records.tillCopies.meet(met, 'paper')).toBe('copy');
  expect(entry(driven, id)).toMatchObject({ state: 'review', cause: 'restored' });
  expect(await review.read(id)).toMatchObject({ error: { code: 'may-still-arrive' } });
});
