import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { chenJia, limWei, meiLing, nurAisyah } from '../../main/hosts/practice/members.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import type { Entry } from '../../preload/contract/index.ts';
import { openDrivenTill } from '../kit/driven-till.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTestTill } from '../kit/till.ts';

const method = 'updateBalancePointByIncrement';

it('sends what was saved once, and learns the sums', async () => {
  const store = await startPracticeStore();
  const till = await openTestTill(store);
  till.session.start();
  await till.session.members.lookUp.find(meiLing.number);
  const saved = till.topUp(meiLing.customerUid, '50.00', '50');
  expect(saved.state).toBe('queued');
  const done = await till.untilState(saved.reference, 'confirmed');
  expect(done).toMatchObject({ balanceBefore: '120.00', balanceAfter: '170.00', pointAfter: '390' });
  expect(store.increments()).toHaveLength(1);
  expect(store.member(meiLing.customerUid).balance).toBe('170.00');
});

it('keeps what is made offline and drains it in order when the plug is back', async () => {
  const store = await startPracticeStore();
  const till = await openTestTill(store);
  for (const member of [meiLing, limWei]) await till.session.members.lookUp.find(member.number);
  await store.setPlug(false);
  till.session.start();
  const saved = [
    till.topUp(meiLing.customerUid, '10.00'),
    till.topUp(limWei.customerUid, '20.00'),
    till.topUp(meiLing.customerUid, '30.00'),
  ];
  await till.until(({ session }) => session.hosts.link.state.reach === 'offline');
  expect(till.session.ledger.outbox.waiting()).toMatchObject({ entries: 3, balance: '60' });
  expect(store.increments()).toHaveLength(0);
  await store.setPlug(true);
  till.session.sending.loop.networkChanged();
  for (const { reference } of saved) await till.untilState(reference, 'confirmed');
  const applied = store.increments();
  expect(applied).toHaveLength(3);
  const ofMeiLing = applied.filter(({ customerUid }) => customerUid === meiLing.customerUid);
  expect(ofMeiLing.map(({ balanceIncrement }) => balanceIncrement)).toEqual(['10', '30']);
});

it('never sends again what may have been applied, and lets other members go on after an answered read', async () => {
  const { store, till, drive } = await openDrivenTill();
  for (const member of [meiLing, limWei]) await till.session.members.lookUp.find(member.number);
  store.addFault({ fault: { kind: 'drop', when: 'after' }, method, times: 1 });
  till.session.start();
  const state = ({ id }: Entry) => till.session.ledger.outbox.byId(id)?.state;
  const lost = till.topUp(meiLing.customerUid, '10.00');
  await drive(() => state(lost) === 'unknown');
  expect(till.session.ledger.outbox.byId(lost.id)).toMatchObject({ cause: 'reply-lost' });
  const held = till.topUp(meiLing.customerUid, '11.00');
  const free = till.topUp(limWei.customerUid, '12.00');
  await drive(() => state(free) === 'confirmed');
  expect(state(held)).toBe('queued');
  expect(store.increments().map(({ balanceIncrement }) => balanceIncrement)).toEqual(['10', '12']);
  expect(store.calls().filter((call) => call.method === method)).toHaveLength(2);
});

it('an hour of 502 costs one lost reply and not the whole queue', async () => {
  const { store, till, drive, pass } = await openDrivenTill();
  for (const member of [meiLing, limWei, nurAisyah]) await till.session.members.lookUp.find(member.number);
  store.addFault({
    fault: { kind: 'status', status: 502, body: '<html>Bad Gateway</html>', when: 'before' },
  });
  till.session.start();
  const first = till.topUp(meiLing.customerUid, '10.00');
  await drive(() => till.session.ledger.outbox.byId(first.id)?.state === 'unknown');
  till.topUp(limWei.customerUid, '12.00');
  till.topUp(nurAisyah.customerUid, '13.00');
  const asked = store.calls().length;
  await pass(3_600_000);
  // It rested, could not be looked into, and waits for a person.
  expect(
    store
      .calls()
      .slice(asked)
      .map((call) => call.method),
  ).toContain('queryByNumber');
  expect(till.session.ledger.outbox.counts()).toMatchObject({ review: 1, queued: 2 });
  expect(till.session.hosts.link.state.pauses.map(({ reason }) => reason)).toContain('server');
  store.clearFaults();
  till.session.sending.loop.hurry();
  await drive(() => till.session.ledger.outbox.counts().confirmed === 2);
});

/** A till whose key KYBIO refuses, with one entry that waits for another. */
async function openWithWrongKey() {
  const store = await startPracticeStore();
  const till = await openTestTill(store, { appKey: 'a wrong key' });
  // Known from before: the directory is what a till that worked has.
  till.session.members.directory.keep({ ...meiLing, enable: 1 } as never, 1, true);
  till.session.start();
  const saved = till.topUp(meiLing.customerUid, '10.00');
  await till.until(({ session }) =>
    session.hosts.link.state.pauses.some(({ reason }) => reason === 'credentials'),
  );
  await till.untilState(saved.reference, 'queued');
  return { store, till, saved };
}

it('a wrong key pauses the queue, fails nothing, and a tested key ends it', async () => {
  const { store, till, saved } = await openWithWrongKey();
  expect(await till.session.replaceKey('another wrong key', theManager)).toMatchObject({
    ok: false,
    error: { code: 'key-refused' },
  });
  expect(await till.session.replaceKey(store.appKey, theManager)).toEqual({ ok: true, value: {} });
  await till.untilState(saved.reference, 'confirmed');
  expect(store.increments()).toHaveLength(1);
});

it('a tested key ends its pause although the database refuses the new signatures, which follow', async () => {
  const { store, till, saved } = await openWithWrongKey();
  const file = new Database(databaseFile(liveFolder(till.folder)));
  onTestFinished(() => void file.close());
  file.exec(
    "CREATE TRIGGER full BEFORE UPDATE OF signature ON increment BEGIN SELECT RAISE(FAIL, 'the disk is full'); END",
  );
  expect(await till.session.replaceKey(store.appKey, theManager)).toEqual({ ok: true, value: {} });
  expect(till.session.hosts.link.state.pauses.map(({ reason }) => reason)).not.toContain('credentials');
  file.exec('DROP TRIGGER full');
  till.session.sending.loop.hurry();
  await till.untilState(saved.reference, 'confirmed');
  expect(store.increments()).toHaveLength(1);
});

it('shows a refusal with KYBIO’s words and goes on', async () => {
  const store = await startPracticeStore();
  const till = await openTestTill(store);
  for (const member of [chenJia, limWei]) await till.session.members.lookUp.find(member.number);
  store.setMember(chenJia.customerUid, { enable: 0 });
  till.session.start();
  const refused = till.topUp(chenJia.customerUid, '10.00');
  const fine = till.topUp(limWei.customerUid, '20.00');
  const entry = await till.untilState(refused.reference, 'rejected');
  expect(entry.messages.join(' ')).toMatch(/disabled/);
  await till.untilState(fine.reference, 'confirmed');
});

it('what was being sent when the process died is unknown after the restart, and is not sent again', async () => {
  const store = await startPracticeStore();
  const before = await openTestTill(store);
  await before.session.members.lookUp.find(meiLing.number);
  const saved = before.topUp(meiLing.customerUid, '10.00');
  const [candidate] = before.session.ledger.outbox.candidates();
  if (candidate === undefined) throw new Error('nothing to send');
  before.session.ledger.transitions.beginAttempt(candidate, null);
  await before.close();
  const after = await openTestTill(store, { folder: before.folder });
  after.session.start();
  expect(await after.untilState(saved.reference, 'unknown')).toMatchObject({
    cause: 'restarted',
    attempts: 1,
  });
  await after.until(({ session }) => session.hosts.link.state.pauses.length === 0);
  expect(store.increments()).toHaveLength(0);
});
