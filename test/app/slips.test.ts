import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { limWei } from '../../main/hosts/practice/members.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { IMPORTED } from '../../main/ledger/import-repository.ts';
import { createJournalRepository } from '../../main/ledger/journal/journal-repository.ts';
import { auditJournal } from '../../main/ledger/journal-audit.ts';
import { rowsSince } from '../../main/updates/trial/rows-repository.ts';
import { atTheTill } from '../kit/actors.ts';
import type { Driven } from '../kit/driven-till.ts';
import { balance, entry, HOUR_MS, openLosing, refuses, sends, uid } from '../kit/losing.ts';
import { answer, codeOf, importEntry, outcomeOf, scan } from '../kit/papers.ts';
import { realRandom } from '../kit/practice-store.ts';

/** Everything that a whole check of the journal says is wrong. */
function problemsOf({ till, clock }: Driven): readonly string[] {
  const db = new Database(databaseFile(liveFolder(till.folder)), { readonly: true });
  try {
    const journal = createJournalRepository(db, Buffer.alloc(32, 9), clock);
    const parts = { db, journal, readIncrement: kybio.readIncrement, slice: 100 };
    const steps = auditJournal({ ...parts, trusted: till.session.ledger.keeper.head() });
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) return [...value.problems, ...(value.firstBroken === null ? [] : ['broken'])];
    }
  } finally {
    db.close();
  }
}

/** A till with one entry that KYBIO confirmed, one whose answer was lost, and one that waits; then its disk dies. */
async function deadTill(host: Parameters<typeof openLosing>[0] = {}) {
  const driven = await openLosing(host, null);
  const { session } = driven.till;
  await session.members.lookUp.find(limWei.number);
  const done = driven.till.topUp(uid, '5.00').id;
  await driven.drive(() => entry(driven, done).state === 'confirmed');
  driven.store.addFault({
    ...{ fault: { kind: 'drop', when: 'after' }, times: 1, method: 'updateBalancePointByIncrement' },
  });
  const lost = driven.till.topUp(limWei.customerUid, '20.00').id;
  await driven.drive(() => entry(driven, lost).state === 'unknown');
  await driven.store.setPlug(false);
  const waits = driven.till.topUp(uid, '10.00', '3').id;
  const dropped = driven.till.topUp(limWei.customerUid, '7.00').id;
  session.ledger.transitions.cancel(dropped, atTheTill);
  await driven.settle();
  const ids = { done, lost, waits };
  const were = { done: entry(driven, done), lost: entry(driven, lost), waits: entry(driven, waits) };
  const codes = { done: codeOf(driven, done), lost: codeOf(driven, lost), waits: codeOf(driven, waits) };
  expect(session.paper.slips.codeOf(entry(driven, dropped))).toBeNull();
  await driven.till.close();
  await driven.store.setPlug(true);
  driven.clock.pass(HOUR_MS);
  return { driven, ids, codes, were };
}

async function freshTill(shop: Awaited<ReturnType<typeof deadTill>>): Promise<Driven> {
  const fresh = await shop.driven.fresh();
  fresh.till.session.start();
  await fresh.settle();
  return fresh;
}

describe('receipts after a dead disk', () => {
  it('list exactly what the fresh till lacks, as they were, and send nothing', async () => {
    const shop = await deadTill();
    const fresh = await freshTill(shop);
    const before = sends(fresh).length;
    for (const code of Object.values(shop.codes)) expect(outcomeOf(fresh, code)).toBe('taken-up');
    for (const code of Object.values(shop.codes)) expect(outcomeOf(fresh, code)).toBe('known');
    await fresh.pass(3 * HOUR_MS);
    expect(sends(fresh)).toHaveLength(before);
    expect(fresh.till.session.ledger.outbox.counts()).toMatchObject({ review: 3, queued: 0, unknown: 0 });
    for (const [name, was] of Object.entries(shop.were)) {
      const { id } = was;
      const { note, cause, ...now } = entry(fresh, id);
      expect(now).toMatchObject({
        ...{ id, till: was.till, kind: was.kind, customerUid: was.customerUid, actor: was.actor },
        ...{ customerNumber: was.customerNumber, customerName: was.customerName, terms: was.terms },
        ...{ balanceIncrement: was.balanceIncrement, pointIncrement: was.pointIncrement },
        ...{ dataChangeTime: was.dataChangeTime, createdAtMs: was.createdAtMs, storeDay: was.storeDay },
        ...{ state: 'review', touched: true, attempts: 0 },
      });
      expect(note).toBe(`${String(was.sequence).padStart(4, '0')} · Counter 1`);
      expect(cause).toBe(name === 'done' ? 'from-confirmed-receipt' : 'from-receipt');
    }
  });

  it('are vouched for by the journal, over a restart too, with who took them up', async () => {
    const shop = await deadTill();
    const fresh = await freshTill(shop);
    const rows = fresh.till.session.ledger.keeper.head().count;
    importEntry(fresh, shop.codes.waits);
    expect(problemsOf(fresh)).toEqual([]);
    const again = await fresh.restart();
    expect(rowsSince(databaseFile(liveFolder(again.till.folder)), rows)).toMatchObject({ others: 1 });
    again.till.session.start();
    await again.settle();
    expect(again.till.session.journalProblem).toBeNull();
    expect(problemsOf(again)).toEqual([]);
    expect(entry(again, shop.ids.waits)).toMatchObject({ state: 'review', cause: 'from-receipt' });
    expect(again.till.session.ledger.journal?.noted(IMPORTED)).toMatchObject({
      till: 'Counter 1',
      number: 3,
    });
    expect(outcomeOf(again, shop.codes.waits)).toBe('known');
  });

  it('what never arrived is sent once a manager says so, as the very bytes of before', async () => {
    const shop = await deadTill();
    const fresh = await freshTill(shop);
    importEntry(fresh, shop.codes.waits);
    expect(await answer(fresh, shop.ids.waits, 'send')).toMatchObject({
      error: { code: 'may-still-arrive' },
    });
    await fresh.pass(HOUR_MS);
    const before = Number(balance(fresh));
    expect(await answer(fresh, shop.ids.waits, 'send')).toMatchObject({ ok: true });
    await fresh.drive(() => entry(fresh, shop.ids.waits).state === 'confirmed');
    expect(Number(balance(fresh))).toBe(before + 10);
    expect(fresh.store.increments().at(-1)).toMatchObject({
      dataChangeTime: shop.were.waits.dataChangeTime,
    });
  });

  it('what arrived is found in KYBIO’s log before it would be sent again', async () => {
    const shop = await deadTill({ host: { keepsRechargeLog: true } });
    const fresh = await freshTill(shop);
    importEntry(fresh, shop.codes.lost);
    await fresh.pass(HOUR_MS);
    expect(await answer(fresh, shop.ids.lost, 'send')).toMatchObject({ error: { code: 'evidence-changed' } });
    expect(await answer(fresh, shop.ids.lost, 'arrived')).toMatchObject({ ok: true });
    expect(fresh.store.member(limWei.customerUid).balance).toBe(
      String(shop.driven.store.member(limWei.customerUid).balance),
    );
  });

  it('what the receipt itself calls confirmed is never sent again', async () => {
    const shop = await deadTill();
    const fresh = await freshTill(shop);
    importEntry(fresh, shop.codes.done);
    await fresh.pass(HOUR_MS);
    const [shown] = fresh.till.session.counter.review.cases();
    expect(shown).toMatchObject({ sendable: false });
    expect(await answer(fresh, shop.ids.done, 'send')).toMatchObject({
      error: { code: 'receipt-says-confirmed' },
    });
    expect(await answer(fresh, shop.ids.done, 'arrived')).toMatchObject({ ok: true });
  });

  it('a host that refuses duplicates refuses what a manager sends against the evidence', async () => {
    const shop = await deadTill({ host: { refusesDuplicates: true }, proven: refuses });
    const fresh = await freshTill(shop);
    importEntry(fresh, shop.codes.lost);
    await fresh.pass(HOUR_MS);
    const credited = fresh.store.member(limWei.customerUid).balance;
    await answer(fresh, shop.ids.lost, 'send');
    await fresh.pass(HOUR_MS);
    expect(fresh.store.member(limWei.customerUid).balance).toBe(credited);
  });
});

describe('receipts that are not taken up', () => {
  it('of another till are told of, until the manager says that it is lost', async () => {
    const shop = await deadTill();
    const fresh = await shop.driven.fresh({ config: { tillName: 'Counter 2', tillNumber: 2, tillCount: 2 } });
    fresh.till.session.start();
    expect(scan(fresh, shop.codes.waits)).toMatchObject({
      value: { outcome: 'other-till', till: 'Counter 1', sequence: 3, entry: null },
    });
    expect(fresh.till.session.ledger.outbox.byId(shop.ids.waits)).toBeNull();
    expect(scan(fresh, shop.codes.waits, 'Counter 1')).toMatchObject({ value: { outcome: 'other-till' } });
    expect(outcomeOf(fresh, shop.codes.waits)).toBe('taken-up');
    expect(entry(fresh, shop.ids.waits)).toMatchObject({ till: 'Counter 1', state: 'review' });
    expect(problemsOf(fresh)).toEqual([]);
  });

  it('under another key, of another account, damaged or no receipt at all: each says so', async () => {
    const shop = await deadTill();
    const { codes } = shop;
    const otherKey = await shop.driven.fresh({ appKey: 'another-key' });
    expect(outcomeOf(otherKey, codes.waits)).toBe('receipt-other-key');
    const otherShop = await shop.driven.fresh({ config: { appId: 'OTHER' } });
    expect(outcomeOf(otherShop, codes.waits)).toBe('receipt-other-shop');
    const fresh = await freshTill(shop);
    expect(outcomeOf(fresh, codes.waits.slice(0, -1))).toBe('receipt-damaged');
    expect(outcomeOf(fresh, limWei.number)).toBe('receipt-unreadable');
    for (const till of [otherKey, otherShop, fresh])
      expect(till.till.session.ledger.outbox.open()).toEqual([]);
  });

  it('where another entry of this till has its second', async () => {
    const shop = await deadTill();
    const fresh = await freshTill(shop);
    await fresh.till.session.members.lookUp.find(limWei.number);
    fresh.clock.set(shop.were.lost.createdAtMs);
    fresh.till.topUp(limWei.customerUid, '1.00');
    expect(outcomeOf(fresh, shop.codes.lost)).toBe('receipt-clash');
    expect(problemsOf(fresh)).toEqual([]);
  });
});

it('a reversal and what it takes back find each other again, in whatever order', async () => {
  const driven = await openLosing({}, null);
  const { session } = driven.till;
  const original = driven.till.topUp(uid, '5.00').id;
  await driven.drive(() => entry(driven, original).state === 'confirmed');
  const reversal = session.counter.topUps.reverse(original, realRandom.uuid(), theManager);
  if (!reversal.ok) throw new Error(reversal.error.code);
  await driven.drive(() => entry(driven, reversal.value.id).state === 'confirmed');
  const codes = [reversal.value.id, original].map((id) => codeOf(driven, id));
  await driven.till.close();
  for (const inOrder of [codes, codes.toReversed()]) {
    const fresh = await driven.fresh();
    fresh.till.session.start();
    for (const code of inOrder) expect(outcomeOf(fresh, code)).toBe('taken-up');
    const now = entry(fresh, original);
    expect(entry(fresh, reversal.value.id)).toMatchObject({
      correctsSequence: now.sequence,
      kind: 'reversal',
    });
    expect(now.takenBack).toMatchObject({ state: 'review' });
    expect(problemsOf(fresh)).toEqual([]);
    await fresh.till.close();
  }
});
