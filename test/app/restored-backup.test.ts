import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { limWei } from '../../main/hosts/practice/members.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { backupFolder, databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { createMemoryVault } from '../../main/people/credentials/vault.ts';
import { restoreBackup } from '../../main/safety/backups/restore.ts';
import { checkHere } from '../../main/safety/integrity/integrity.ts';
import { RESTORED_FILE } from '../../main/safety/restored.ts';
import type { Restored } from '../../preload/contract/index.ts';
import { copyOf, heads, remove } from '../kit/data-folder.ts';
import type { Driven } from '../kit/driven-till.ts';
import { balance, entry, HOUR_MS, openLosing, sends, uid } from '../kit/losing.ts';
import { outcomeOf } from '../kit/papers.ts';
import { realRandom } from '../kit/practice-store.ts';
import { silentLogger } from '../kit/till.ts';

/** Quiescence, and the longest that an answer takes. */
const FORGOTTEN_MS = 215_000;

const journalKey = Buffer.alloc(32, 9);

interface Shop {
  readonly driven: Driven;
  readonly backup: string;
  readonly madeAtMs: number;
  /** Waited when the backup was made, and was sent since. */
  readonly sentSince: string;
  /** Made since, and sent. */
  readonly newSince: string;
  /** The codes on the receipts of these two. */
  readonly receipts: { readonly sentSince: string; readonly newSince: string };
}

/** An hourly backup with one entry that waits; it is sent, one more is made and sent, and one is never sent. */
async function shopAfterBackup(): Promise<Shop> {
  const driven = await openLosing({}, null, { backups: {} });
  const { session } = driven.till;
  await session.members.lookUp.find(limWei.number);
  const before = driven.till.topUp(uid, '5.00');
  await driven.drive(() => entry(driven, before.id).state === 'confirmed');
  await driven.store.setPlug(false);
  const waiting = driven.till.topUp(uid, '10.00');
  await driven.settle();
  const made = await session.safety.backups?.backupNow('hourly');
  if (made === undefined || !made.ok) throw new Error('no backup');
  await driven.store.setPlug(true);
  await driven.drive(() => entry(driven, waiting.id).state === 'confirmed');
  const since = driven.till.topUp(limWei.customerUid, '20.00');
  await driven.drive(() => entry(driven, since.id).state === 'confirmed');
  const receiptOf = (id: string) => session.paper.slips.codeOf(entry(driven, id)) ?? '';
  const receipts = { sentSince: receiptOf(waiting.id), newSince: receiptOf(since.id) };
  await driven.store.setPlug(false);
  driven.till.topUp(limWei.customerUid, '40.00');
  await driven.settle();
  await driven.till.close();
  await driven.store.setPlug(true);
  const { file, atMs } = made.value;
  return { driven, backup: file, madeAtMs: atMs, sentSince: waiting.id, newSince: since.id, receipts };
}

const partsFor = ({ clock, till: { folder } }: Driven) => ({
  ...{
    clock,
    random: realRandom,
    logger: silentLogger,
    integrity: checkHere,
    protocol: kybio,
    machine: null,
  },
  liveFolder: liveFolder(folder),
  headCopyFolder: join(folder, 'copy'),
  backupFolder: backupFolder(folder),
  vault: createMemoryVault({ appKey: 'k', pinPepper: Buffer.alloc(32, 7), journalKey }, realRandom),
});

const wishFor = (file: string, madeAtMs: number) => ({
  ...{ file, madeAtMs, otherMachine: false, secrets: null, open: [] },
});

/** The database does not open any more; a person puts the backup back, and the till opens. */
async function putBack({ driven, backup, madeAtMs }: Shop): Promise<Driven> {
  const { folder } = driven.till;
  writeFileSync(databaseFile(liveFolder(folder)), Buffer.alloc(40_960, 0xa5));
  driven.clock.pass(HOUR_MS);
  expect(await restoreBackup(partsFor(driven), wishFor(backup, madeAtMs))).toEqual({ ok: true, value: {} });
  return driven.restart();
}

const increments = ({ store }: Driven) => store.increments().length;

describe('a till that was put back from its newest hourly backup', () => {
  it('sends nothing by itself: what waited in the backup is a manager’s', async () => {
    const shop = await shopAfterBackup();
    const before = increments(shop.driven);
    const driven = await putBack(shop);
    driven.till.session.start();
    await driven.pass(3 * HOUR_MS);
    expect(increments(driven)).toBe(before);
    expect(before).toBe(3);
    expect(entry(driven, shop.sentSince)).toMatchObject({ state: 'review', cause: 'restored' });
    // The restore is told by itself, until a manager has read what it means.
    expect(driven.till.session.journalProblem).toBeNull();
  });

  it('tells what it cannot know: how much was written since, and until when', async () => {
    const shop = await shopAfterBackup();
    const driven = await putBack(shop);
    const { session } = driven.till;
    session.start();
    const told = () => session.rooms.find(({ name }) => name === 'backups')?.shows?.restored?.() ?? null;
    expect(told()).toMatchObject({
      backupAtMs: shop.madeAtMs,
      setAside: expect.stringMatching('set-aside-'),
    });
    expect(told()?.lostRows).toBeGreaterThan(5);
    expect(session.ledger.journal?.noted('backup restored')).toMatchObject({ backupAtMs: shop.madeAtMs });
    expect(session.ledger.outbox.byId(shop.newSince)).toBeNull();
    const again = await driven.restart();
    again.till.session.start();
    const room = again.till.session.rooms.find(({ name }) => name === 'backups');
    expect(room?.shows?.restored?.()).toMatchObject({ backupAtMs: shop.madeAtMs });
    await room?.managersHandlers?.['backups:acknowledgeRestore']?.({}, theManager);
    expect(room?.shows?.restored?.()).toBeNull();
  });

  it('lists the entries that are lost, out of what the old data still tells, whatever became of them', async () => {
    const shop = await shopAfterBackup();
    const { folder } = shop.driven.till;
    shop.driven.clock.pass(HOUR_MS);
    expect(await restoreBackup(partsFor(shop.driven), wishFor(shop.backup, shop.madeAtMs))).toMatchObject({
      ok: true,
    });
    const { entries } = JSON.parse(readFileSync(join(liveFolder(folder), RESTORED_FILE), 'utf8')) as Restored;
    expect(entries.map(({ memberName, balance, state }) => [memberName, balance, state])).toEqual([
      [limWei.name, '20', 'confirmed'],
      [limWei.name, '40', 'queued'],
    ]);
    expect(entries.map(({ memberNumber }) => memberNumber)).toEqual([
      limWei.number.slice(-4),
      limWei.number.slice(-4),
    ]);
  });

  it('deletes nothing of what was there', async () => {
    const shop = await shopAfterBackup();
    const driven = await putBack(shop);
    const live = liveFolder(driven.till.folder);
    const [aside = ''] = readdirSync(live).filter((name) => name.startsWith('set-aside-'));
    expect(readdirSync(join(live, aside))).toContain('counterfoil.db');
  });

  it('a manager who reads afresh is told that it arrived, and nothing is doubled', async () => {
    const shop = await shopAfterBackup();
    const driven = await putBack(shop);
    const { session } = driven.till;
    session.start();
    await driven.pass(FORGOTTEN_MS);
    const { version } = entry(driven, shop.sentSince);
    const answered = await session.counter.review.answer(shop.sentSince, version, 'arrived', theManager);
    expect(answered).toMatchObject({ ok: true });
    await driven.pass(HOUR_MS);
    expect(entry(driven, shop.sentSince).state).toBe('confirmed');
    expect(sends(driven)).toHaveLength(3);
  });

  it('goes on with new entries at once, each applied once', async () => {
    const shop = await shopAfterBackup();
    const before = balance(shop.driven);
    const driven = await putBack(shop);
    driven.till.session.start();
    await driven.till.session.members.lookUp.find(limWei.number);
    const next = driven.till.topUp(uid, '2.00');
    await driven.drive(() => entry(driven, next.id).state === 'confirmed');
    expect(Number(balance(driven))).toBe(Number(before) + 2);
    expect(increments(driven)).toBe(4);
  });

  it.each([
    ['its folder lost as a whole', (folder: string) => remove([liveFolder(folder)])],
    ['its heads lost too', (folder: string) => remove([liveFolder(folder), ...heads(folder)])],
  ])('also with %s', async (_, lose) => {
    const shop = await shopAfterBackup();
    lose(shop.driven.till.folder);
    expect(await restoreBackup(partsFor(shop.driven), wishFor(shop.backup, shop.madeAtMs))).toMatchObject({
      ok: true,
    });
    const driven = await shop.driven.restart();
    driven.till.session.start();
    await driven.pass(HOUR_MS);
    expect(entry(driven, shop.sentSince)).toMatchObject({ state: 'review', cause: 'restored' });
    expect(increments(driven)).toBe(3);
  });

  it('and where nothing was lost, although its heads fit: a person put it back, and a person looks', async () => {
    const driven = await openLosing({}, null, { backups: {} });
    await driven.store.setPlug(false);
    const { id } = driven.till.topUp(uid, '10.00');
    await driven.pass(HOUR_MS);
    const made = await driven.till.session.safety.backups?.backupNow('asked');
    if (made === undefined || !made.ok) throw new Error('no backup');
    await driven.till.close();
    await driven.store.setPlug(true);
    await restoreBackup(partsFor(driven), wishFor(made.value.file, made.value.atMs));
    const again = await driven.restart();
    again.till.session.start();
    await again.pass(HOUR_MS);
    expect(entry(again, id)).toMatchObject({ state: 'review', cause: 'restored' });
    expect(sends(again)).toHaveLength(0);
  });

  it('that ends before it has acted finds it again at its next start', async () => {
    const shop = await shopAfterBackup();
    const opened = await putBack(shop);
    expect(existsSync(join(liveFolder(opened.till.folder), RESTORED_FILE))).toBe(true);
    const image = copyOf(opened.till.folder);
    await opened.till.close();
    expect(existsSync(join(liveFolder(image), RESTORED_FILE))).toBe(true);
    const driven = await opened.restart();
    driven.till.session.start();
    expect(entry(driven, shop.sentSince)).toMatchObject({ state: 'review', cause: 'restored' });
    expect(existsSync(join(liveFolder(driven.till.folder), RESTORED_FILE))).toBe(false);
  });
});

describe('receipts after a restore', () => {
  it('what the backup has and a receipt calls confirmed is held, and what it lacks is taken up', async () => {
    const shop = await shopAfterBackup();
    const driven = await putBack(shop);
    const { session } = driven.till;
    session.start();
    const outcome = (code: string) => {
      const scanned = session.paper.slips.scan(code, null, theManager);
      return scanned.ok ? scanned.value.outcome : scanned.error.code;
    };
    expect(outcome(shop.receipts.sentSince)).toBe('held-back');
    expect(outcome(shop.receipts.newSince)).toBe('taken-up');
    expect(entry(driven, shop.sentSince)).toMatchObject({
      ...{ state: 'review', cause: 'from-confirmed-receipt' },
    });
    expect(entry(driven, shop.newSince)).toMatchObject({ state: 'review', cause: 'from-confirmed-receipt' });
    expect(session.ledger.outbox.inReview()).toHaveLength(2);
  });

  it('what was taken up after a backup is told among what the backup lacks', async () => {
    const driven = await openLosing({}, null, { backups: {} });
    const other = await driven.fresh({ config: { tillName: 'Counter 2', tillNumber: 2, tillCount: 2 } });
    await other.till.session.members.lookUp.find(limWei.number);
    const { id } = other.till.topUp(limWei.customerUid, '8.00');
    const receipt = other.till.session.paper.slips.codeOf(entry(other, id)) ?? '';
    await other.till.close();
    const made = await driven.till.session.safety.backups?.backupNow('hourly');
    if (made === undefined || !made.ok) throw new Error('no backup');
    expect(outcomeOf(driven, receipt)).toBe('taken-up');
    await driven.till.close();
    const { file, atMs } = made.value;
    expect(await restoreBackup(partsFor(driven), wishFor(file, atMs))).toEqual({ ok: true, value: {} });
    const mark = JSON.parse(
      readFileSync(join(liveFolder(driven.till.folder), RESTORED_FILE), 'utf8'),
    ) as Restored;
    expect(mark.entries).toMatchObject([{ memberNumber: '0002', balance: '8', state: 'review' }]);
  });
});
