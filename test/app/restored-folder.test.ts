import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { CACHES_LIVE_MS } from '../../main/hosts/host/evidence-policy.ts';
import { withPause } from '../../main/hosts/link/link-state.ts';
import { afterNewDay } from '../../main/hosts/link/pauses.ts';
import { limWei } from '../../main/hosts/practice/members.ts';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { createMemoryVault } from '../../main/people/credentials/vault.ts';
import { addAmounts, amount } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import { copyOf, heads, putBack, remove } from '../kit/data-folder.ts';
import type { Driven } from '../kit/driven-till.ts';
import { balance, entry, lose, method, number, openLosing, uid, whileUnknown } from '../kit/losing.ts';
import { realRandom, startPracticeStore } from '../kit/practice-store.ts';
import { openTestTill, type TestTill } from '../kit/till.ts';

/** Quiescence, and the longest that an answer takes. */
const FORGOTTEN_MS = 215_000;

type Store = Awaited<ReturnType<typeof startPracticeStore>>;

/** A closed till with one top-up that waits for the network. */
async function waiting(): Promise<{ store: Store; folder: string; id: string }> {
  const store = await startPracticeStore();
  const till = await openTestTill(store);
  await till.session.members.lookUp.find(number);
  await till.session.members.lookUp.find(limWei.number);
  await store.setPlug(false);
  const { id } = till.topUp(uid, '10.00');
  await till.close();
  return { store, folder: till.folder, id };
}

/** The same, with the folder as it was before the entry went out from there. */
async function sentSince() {
  const before = await waiting();
  const yesterday = copyOf(before.folder);
  await before.store.setPlug(true);
  const till = await openTestTill(before.store, { folder: before.folder });
  till.session.start();
  await till.until(() => till.session.ledger.outbox.byId(before.id)?.state === 'confirmed');
  await till.close();
  return { ...before, yesterday };
}

/** What came back waits for a person, and what that means was said. */
function expectReview(till: TestTill, id: string, problem: string): void {
  till.session.start();
  expect(till.session.journalProblem).toBe(problem);
  expect(till.session.ledger.outbox.byId(id)).toMatchObject({ state: 'review', cause: 'restored' });
}

describe('an older data folder is not sent by itself', () => {
  it('under another name, where there is no copy of its head', async () => {
    const { store, yesterday, id } = await sentSince();
    remove([join(yesterday, 'copy')]);
    expectReview(await openTestTill(store, { folder: yesterday }), id, 'rolled-back');
  });

  it('where only a cancellation is lost, which nothing was sent after', async () => {
    const { store, folder, id } = await waiting();
    const backup = copyOf(folder);
    const till = await openTestTill(store, { folder });
    till.session.hosts.link.update((state, at) => withPause(state, 'quota', '', at.nowMs));
    till.session.start();
    expect(till.session.counter.topUps.cancel(id, atTheTill).ok).toBe(true);
    await till.session.close(0);
    // The copy of the head lies outside the data folder and stays.
    putBack(liveFolder(backup), liveFolder(folder));
    const restored = await openTestTill(store, { folder });
    expectReview(restored, id, 'rolled-back');
    restored.session.hosts.link.update((state, at) => afterNewDay(state, () => false, at.nowMs));
  });

  it('where the till ends after it has noticed and before it has acted', async () => {
    const { store, yesterday, id } = await sentSince();
    remove(heads(yesterday));
    const noticed = await openTestTill(store, { folder: yesterday });
    expect(noticed.session.journalProblem).toBe('rolled-back');
    expectReview(await openTestTill(store, { folder: copyOf(yesterday) }), id, 'rolled-back');
  });

  describe('on another PC, where the keychain is another and the key is typed in', () => {
    const open = (store: Store, folder: string) => {
      const secrets = {
        appKey: store.appKey,
        pinPepper: Buffer.alloc(32, 1),
        journalKey: Buffer.alloc(32, 2),
      };
      // Nothing is configured: the folder is as it came.
      return openTestTill(store, { folder, world: { vault: createMemoryVault(secrets, realRandom) } });
    };

    it('and the till ends before what is open came to review', async () => {
      const { store, yesterday, id } = await sentSince();
      remove([join(yesterday, 'copy')]);
      const composed = await open(store, yesterday);
      expect(composed.session.journalProblem).toBe('other-key');
      expectReview(await open(store, copyOf(yesterday)), id, 'rolled-back');
    });

    it('and the disk refuses the review', async () => {
      const { store, yesterday, id } = await sentSince();
      remove([join(yesterday, 'copy')]);
      const composed = await open(store, yesterday);
      const db = new Database(databaseFile(liveFolder(yesterday)));
      db.exec("CREATE TRIGGER refuse BEFORE UPDATE ON increment BEGIN SELECT RAISE(ABORT, 'full'); END");
      expect(() => composed.session.start()).toThrow();
      await composed.close();
      db.exec('DROP TRIGGER refuse');
      db.close();
      expectReview(await open(store, yesterday), id, 'rolled-back');
    });
  });
});

it('a rollback is told once: what is entered after it is not taken out at the next start', async () => {
  const { store, folder, yesterday } = await sentSince();
  await store.setPlug(false);
  putBack(liveFolder(yesterday), liveFolder(folder));
  const first = await openTestTill(store, { folder });
  expect(first.session.journalProblem).toBe('rolled-back');
  first.session.start();
  // So that no send writes the head once more.
  first.session.hosts.link.update((state, at) => withPause(state, 'quota', '', at.nowMs));
  const { id } = first.topUp(limWei.customerUid, '5.00');
  await first.close();
  const second = await openTestTill(store, { folder });
  second.session.start();
  expect(second.session.journalProblem).toBeNull();
  expect(second.session.ledger.outbox.byId(id)?.state).toBe('queued');
});

/** A manager is asked, and not told that the balance moved by this entry. */
function expectNoMovement(driven: Driven, id: string): void {
  expect(entry(driven, id).state).toBe('review');
  const [of] = driven.till.session.counter.review.cases();
  expect(of?.evidence?.content).not.toMatchObject({
    verdict: { reasons: expect.arrayContaining(['exact-movement']) },
  });
}

it('what was relied on of a member before a restore decides nothing after it', async () => {
  let driven = await openLosing({}, null);
  const first = driven.till.topUp(uid, '1.00');
  await driven.drive(() => entry(driven, first.id).state === 'confirmed');
  await driven.till.close();
  const backup = copyOf(driven.till.folder);
  driven = await driven.restart();
  driven.till.session.start();
  const lost = driven.till.topUp(uid, '10.00');
  await driven.drive(() => entry(driven, lost.id).state === 'confirmed');
  expect(balance(driven)).toBe('131.00');
  await driven.till.close();
  putBack(liveFolder(backup), liveFolder(driven.till.folder));
  driven = await driven.restart();
  driven.till.session.start();
  // Nor is a copy of what was read before it relied on.
  await driven.pass(CACHES_LIVE_MS);
  driven.store.addFault({ fault: { kind: 'drop', when: 'before' }, method, times: 1 });
  const { id } = await lose(driven, '10.00');
  await driven.drive(whileUnknown(driven, id));
  // It had not arrived; the movement from before the restore was that of the entry which is lost.
  expectNoMovement(driven, id);
});

describe('what was sent before a restore, is forgotten since and arrives after it', () => {
  /** A till just after its folder was put back. */
  async function justRestored(): Promise<Driven> {
    let driven = await openLosing({}, null);
    await driven.till.close();
    const backup = copyOf(driven.till.folder);
    driven = await driven.restart();
    driven.till.session.start();
    const { id } = driven.till.topUp(uid, '1.00');
    await driven.drive(() => entry(driven, id).state === 'confirmed');
    await driven.till.close();
    putBack(liveFolder(backup), liveFolder(driven.till.folder));
    driven = await driven.restart();
    driven.till.session.start();
    await driven.pass(5_000);
    return driven;
  }

  const arrive = ({ store }: Driven) => {
    const { balance: before, point } = store.member(uid);
    store.adjust(uid, addAmounts(amount(before), amount('10.00')), point);
  };

  /** Nothing of the entry arrives; of the forgotten one it does, by the same amount. */
  async function loseWhileItArrives(driven: Driven): Promise<string> {
    await driven.till.session.members.lookUp.find(number);
    driven.store.addFault({ fault: { kind: 'drop', when: 'before' }, method, times: 1 });
    const { id } = await lose(driven, '10.00');
    arrive(driven);
    return id;
  }

  const expectNotGuessed = async (driven: Driven, id: string) => {
    await driven.drive(whileUnknown(driven, id));
    expectNoMovement(driven, id);
  };

  it('is not taken for the movement of an entry that was sent meanwhile', async () => {
    const driven = await justRestored();
    await expectNotGuessed(driven, await loseWhileItArrives(driven));
  });

  it('nor after another start', async () => {
    let driven = await justRestored();
    await driven.pass(100_000);
    await driven.till.close();
    driven = await driven.restart();
    driven.till.session.start();
    await driven.pass(130_000);
    await expectNotGuessed(driven, await loseWhileItArrives(driven));
  });

  it('nor where the PC slept meanwhile', async () => {
    const driven = await justRestored();
    await driven.pass(100_000);
    driven.till.session.sending.loop.wokeUp();
    await driven.pass(130_000);
    await expectNotGuessed(driven, await loseWhileItArrives(driven));
  });

  it('nor where a reply before it told what the member has', async () => {
    const driven = await justRestored();
    const first = driven.till.topUp(uid, '2.00');
    await driven.drive(() => entry(driven, first.id).state === 'confirmed');
    await expectNotGuessed(driven, await loseWhileItArrives(driven));
  });

  it('and what was read while it could is forgotten when it cannot any more', async () => {
    const driven = await justRestored();
    await driven.till.session.members.lookUp.find(number);
    arrive(driven);
    await driven.pass(FORGOTTEN_MS);
    expect(driven.till.session.members.directory.baseline(uid)).toBeNull();
    await driven.till.session.members.lookUp.find(number);
    expect(driven.till.session.members.directory.baseline(uid)?.balance).toBe('131');
  });
});

describe('a journal that was tampered with as a whole', () => {
  const attack = (folder: string, change: (db: Database.Database) => void) => {
    const db = new Database(databaseFile(liveFolder(folder)));
    db.pragma('foreign_keys = OFF');
    const select = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'";
    const triggers = db.prepare(select).all() as { name: string; sql: string }[];
    for (const { name } of triggers) db.exec(`DROP TRIGGER "${name}"`);
    change(db);
    for (const { sql } of triggers) db.exec(sql);
    db.close();
  };

  it('taken out with its heads, nothing that is there is sent', async () => {
    const { store, folder, id } = await waiting();
    attack(folder, (db) =>
      db.exec(`DELETE FROM journal; DELETE FROM seal;
        UPDATE increment SET balance_increment_e4 = 19990000`),
    );
    remove(heads(folder));
    await store.setPlug(true);
    const till = await openTestTill(store, { folder });
    till.session.start();
    expect(till.session.journalProblem).toBe('rolled-back');
    // With the journal the signed bytes are gone too.
    expect(till.session.ledger.outbox.byId(id)).toMatchObject({ state: 'review', cause: 'not-vouched-for' });
  });

  it('its first rows altered is broken and not of another key: what was altered is not relied on', async () => {
    const { store, folder, id } = await waiting();
    attack(folder, (db) => {
      db.exec("UPDATE journal SET reason = reason || 'x' WHERE number <= 4");
      db.prepare("UPDATE increment SET state = 'cancelled', version = version + 1 WHERE id = ?").run(id);
    });
    const till = await openTestTill(store, { folder });
    expect(till.session.journalProblem).toBe('broken');
    await till.close();
    const again = await openTestTill(store, { folder });
    expect(again.session.journalProblem).toBe('broken');
  });
});
