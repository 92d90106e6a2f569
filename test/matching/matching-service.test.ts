import { describe, expect, it } from 'vitest';
import { theManager } from '../../main/journal/actor.ts';
import { pilesOf } from '../../main/matching/summary.ts';
import { limWei, meiLing, nurAisyah, practiceMembers } from '../../main/practice/members.ts';
import type { Fault, HostProfile, PracticeStore } from '../../main/practice/types.ts';
import { addAmounts, amount, type MatchAsk, type Policy, zeroAmount } from '../../preload/contract/index.ts';
import type { Driven } from '../kit/driven-till.ts';
import { logs, openLosing } from '../kit/losing.ts';

const method = 'queryAllRechargeLogs';
const day = '2026-01-15';
const theDay: MatchAsk = { of: 'days', from: day, to: day };
const listing: Partial<HostProfile> = { keepsRechargeLog: true, logCarriesDataChangeTime: true };

const openTill = (host = listing, policy: Partial<Policy> = {}) =>
  openLosing({ host, proven: logs, policy }, null);

const asked = (store: PracticeStore) => store.calls().filter((call) => call.method === method);

/** Made in the back office on the day, a minute and more ago. */
function recharges({ store, clock }: Driven, count: number): void {
  for (let made = 0; made < count; made += 1) {
    const { customerUid } = practiceMembers[made] ?? limWei;
    store.recharge({ customerUid, sum: '1.00', atMs: clock.nowMs() - 60_000 - made * 1_000 });
  }
}

async function begin({ till }: Driven, ask: MatchAsk | null = theDay): Promise<void> {
  const begun = till.session.matching.begin(ask);
  if (!begun.ok) throw new Error(begun.error.code);
}

const now = ({ till }: Driven) => till.session.matching.now();
const stateOf = (driven: Driven) => now(driven)?.job.state;

async function readAll(driven: Driven): Promise<Driven> {
  await driven.drive(() => stateOf(driven) !== 'reading');
  return driven;
}

async function outcomeOf({ till }: Driven) {
  const outcome = await till.session.matching.outcome();
  if (outcome === null) throw new Error(`no outcome, but ${JSON.stringify(till.session.matching.now())}`);
  return outcome;
}

const reasonsOf = async (driven: Driven) =>
  (await outcomeOf(driven)).matches.map(({ pile, reason }) => `${pile}: ${reason}`).sort();

async function confirmed(driven: Driven, customerUid: string, sum: string): Promise<string> {
  const { id } = driven.till.topUp(customerUid, sum);
  await driven.drive(() => driven.till.session.outbox.byId(id)?.state === 'confirmed');
  return id;
}

/** The network goes when the log was asked for so often. */
async function withoutNetworkAfter(driven: Driven, pages: number): Promise<void> {
  await driven.drive(() => (now(driven)?.job.pages ?? 0) === pages);
  await driven.store.setPlug(false);
  await driven.drive(() => now(driven)?.held === 'network');
}

async function plugIn({ store, till }: Driven): Promise<void> {
  await store.setPlug(true);
  till.session.loop.networkChanged();
}

describe('a day', () => {
  it('is sorted into piles that add up to the ledger', async () => {
    const driven = await openTill();
    const { store, till } = driven;
    await confirmed(driven, meiLing.customerUid, '50.00');
    await driven.pass(5_000);
    store.recharge({ customerUid: limWei.customerUid, sum: '30.00', gift: '5.00' });
    store.addFault({
      fault: { kind: 'drop', when: 'after' },
      method: 'updateBalancePointByIncrement',
      times: 1,
    });
    await till.session.lookUp.find(nurAisyah.number);
    const { id } = till.topUp(nurAisyah.customerUid, '20.00');
    await driven.drive(() => till.session.outbox.byId(id)?.state === 'unknown');
    till.topUp(nurAisyah.customerUid, '7.00');
    await begin(driven);
    await readAll(driven);
    const piles = pilesOf((await outcomeOf(driven)).matches);
    expect(piles).toEqual({
      matched: { entries: 1, ours: '50', rows: 1, kybio: '50' },
      'only-ours': { entries: 1, ours: '7', rows: 0, kybio: '0' },
      'only-kybio': { entries: 0, ours: '0', rows: 1, kybio: '30' },
      unclear: { entries: 1, ours: '20', rows: 1, kybio: '20' },
    });
    const ledger = store
      .increments()
      .reduce((sum, { balanceIncrement }) => addAmounts(sum, amount(balanceIncrement)), zeroAmount);
    const told = Object.values(piles).reduce((sum, { kybio }) => addAmounts(sum, kybio), zeroAmount);
    expect(told).toBe(ledger);
    expect(till.session.matching.matchOf(day)).toEqual({ askedAtMs: now(driven)?.job.askedAtMs, piles });
    expect(till.session.matching.matchOf('2026-01-14')).toBeNull();
    // It tells, and decides nothing.
    expect(till.session.outbox.byId(id)?.state).toBe('unknown');
  });

  it('changes no entry, whatever it finds', async () => {
    const driven = await openTill();
    await confirmed(driven, meiLing.customerUid, '50.00');
    const before = [...driven.till.session.outbox.all()];
    driven.store.recharge({ customerUid: meiLing.customerUid, sum: '50.00' });
    await begin(driven);
    await readAll(driven);
    expect(await reasonsOf(driven)).not.toEqual([]);
    expect([...driven.till.session.outbox.all()]).toEqual(before);
  });

  it('is found in a log whose ids are rounded and whose amounts are texts', async () => {
    const driven = await openTill();
    await confirmed(driven, meiLing.customerUid, '50.00');
    // By then the till has all members by their true ids.
    await driven.pass(60_000);
    driven.store.setProfile({ ids: 'all-rounded', amountsAsStrings: true });
    await begin(driven);
    await readAll(driven);
    expect(await reasonsOf(driven)).toEqual(['matched: same-time']);
  });

  it.each([
    ['log-hours', { kind: 'log-hours', hours: -1 }, ['unclear: hours-off']],
    ['log-short-times', { kind: 'log-short-times', characters: 13 }, ['unclear: time-cut-off']],
    ['log-late', { kind: 'log-late', byMs: 3_600_000 }, ['only-ours: silent']],
  ] as const)('is told truly of a log with %s', async (_, fault, reasons) => {
    const driven = await openTill();
    await confirmed(driven, meiLing.customerUid, '50.00');
    driven.store.addFault({ fault, method });
    await begin(driven);
    await readAll(driven);
    expect(await reasonsOf(driven)).toEqual(reasons);
  });

  it('is told of as later than the log where that was cut off in the middle of a page', async () => {
    const driven = await openTill();
    driven.store.recharge({ customerUid: limWei.customerUid, sum: '30.00' });
    await driven.pass(60_000);
    await confirmed(driven, meiLing.customerUid, '50.00');
    driven.store.addFault({ fault: { kind: 'log-cut', rows: 1 }, method });
    await begin(driven);
    await readAll(driven);
    expect(await reasonsOf(driven)).toEqual(['only-kybio: elsewhere', 'only-ours: after-the-log']);
  });
});

describe('what is kept while it is read', () => {
  it('survives that the network goes, and a restart, and no page is asked for twice', async () => {
    const first = await openLosing({ host: listing }, null);
    recharges(first, 220);
    await begin(first);
    await withoutNetworkAfter(first, 1);
    const second = await first.restart();
    second.till.session.start();
    await second.settle();
    expect(stateOf(second)).toBe('reading');
    await plugIn(second);
    await readAll(second);
    expect(asked(second.store)).toHaveLength(3);
    expect((await reasonsOf(second)).length).toBe(220);
  });

  it('is gone on with a day later, and where the clock was set back meanwhile', async () => {
    const driven = await openTill();
    recharges(driven, 150);
    await begin(driven);
    await driven.drive(() => (now(driven)?.job.pages ?? 0) === 1);
    driven.till.session.matching.halt();
    await driven.pass(86_400_000);
    expect(asked(driven.store)).toHaveLength(1);
    driven.clock.set(driven.clock.nowMs() - 3 * 86_400_000);
    await begin(driven, null);
    await readAll(driven);
    expect(asked(driven.store)).toHaveLength(2);
    expect((await reasonsOf(driven)).length).toBe(150);
  });

  it('is read from its beginning once where KYBIO does not know the cursor any more', async () => {
    const driven = await openTill();
    recharges(driven, 150);
    await begin(driven);
    await driven.drive(() => (now(driven)?.job.pages ?? 0) === 1);
    driven.store.addFault({
      fault: { kind: 'error', messages: ['参数错误'], when: 'before' },
      method,
      times: 1,
    });
    await readAll(driven);
    expect(asked(driven.store)).toHaveLength(4);
    expect((await reasonsOf(driven)).length).toBe(150);
  });

  it('is stopped by a person at any time, and begun anew', async () => {
    const driven = await openTill();
    recharges(driven, 150);
    await begin(driven);
    driven.till.session.matching.halt();
    await driven.settle();
    expect(stateOf(driven)).toBe('stopped');
    expect(await driven.till.session.matching.outcome()).toBeNull();
    await begin(driven, { of: 'member', customerUid: meiLing.customerUid });
    await readAll(driven);
    expect(now(driven)?.job).toMatchObject({ state: 'done', calls: 1, pages: 1 });
    expect(driven.till.session.matching.begin(null)).toMatchObject({ error: { code: 'match-none' } });
  });
});

describe('the calls kept for top-ups', () => {
  it('are not touched: what would need them is refused before anything is asked', async () => {
    const driven = await openTill(listing, { callsPerDay: 30, callsKeptForIncrements: 30 });
    const { matching } = driven.till.session;
    expect(matching.plan(theDay)).toMatchObject({
      value: { calls: 1, left: 0, kept: 30, isAffordable: false },
    });
    expect(matching.begin(theDay)).toMatchObject({
      error: { code: 'match-too-dear', details: { calls: '1', left: '0' } },
    });
    expect(asked(driven.store)).toHaveLength(0);
  });

  it('end it in the middle, and it goes on the next day', async () => {
    const driven = await openTill();
    recharges(driven, 220);
    await begin(driven);
    await driven.drive(() => (now(driven)?.job.pages ?? 0) === 1);
    const { meter, policy } = driven.till.session;
    const callsPerDay = meter.usedToday() + 20;
    policy.save({ ...policy.current(), callsPerDay, callsKeptForIncrements: 20 }, theManager);
    await driven.drive(() => now(driven)?.held === 'budget');
    expect(asked(driven.store)).toHaveLength(1);
    await readAll(driven);
    expect(asked(driven.store)).toHaveLength(3);
    expect(stateOf(driven)).toBe('done');
  });

  it('and top-ups go first', async () => {
    const driven = await openTill();
    driven.till.topUp(meiLing.customerUid, '50.00');
    driven.till.topUp(meiLing.customerUid, '20.00');
    await begin(driven);
    await readAll(driven);
    const order = driven.store
      .calls()
      .flatMap((call) => (call.applied || call.method === method ? [call.method] : []));
    expect(order.at(-1)).toBe(method);
    expect(order).toHaveLength(3);
    expect(await reasonsOf(driven)).toEqual(['matched: same-time', 'matched: same-time']);
  });
});

describe('a log that cannot be read to its end', () => {
  it.each([
    ['same-page', { kind: 'log-first-page' }, 250],
    ['looping', { kind: 'log-loop' }, 450],
  ] as const)('is told, and nothing of it is used: %s', async (why, fault, rows) => {
    const driven = await openTill();
    recharges(driven, rows);
    driven.store.addFault({ fault, method });
    await begin(driven);
    await readAll(driven);
    expect(now(driven)?.job).toMatchObject({ state: 'failed', why });
    expect(await driven.till.session.matching.outcome()).toBeNull();
  });

  it('is refused by a host that does not give it', async () => {
    const driven = await openTill();
    driven.store.addFault({ fault: { kind: 'status', status: 404, when: 'before' }, method });
    await begin(driven);
    await readAll(driven);
    expect(now(driven)?.job).toMatchObject({ state: 'failed', why: 'refused' });
    expect(driven.till.session.link.state.pauses).toEqual([]);
  });

  it('is asked for again after errors in the middle, more and more rarely, and then a person is asked', async () => {
    const driven = await openTill();
    recharges(driven, 150);
    await begin(driven);
    await driven.drive(() => (now(driven)?.job.pages ?? 0) === 1);
    const broken: Fault = { kind: 'error', messages: ['responseCode=500'], when: 'before' };
    driven.store.addFault({ fault: broken, method, times: 2 });
    await readAll(driven);
    expect(now(driven)?.job).toMatchObject({ state: 'done', calls: 4, rows: 150 });
    await begin(driven);
    driven.store.addFault({ fault: broken, method });
    await readAll(driven);
    expect(now(driven)?.job).toMatchObject({ state: 'stopped', why: 'no-answer', calls: 5 });
  });
});

describe('what is asked', () => {
  it('is 31 days at most, in parts that KYBIO gives', async () => {
    const driven = await openTill();
    const most: MatchAsk = { of: 'days', from: '2025-12-16', to: day };
    expect(driven.till.session.matching.begin({ ...most, from: '2025-12-15' })).toMatchObject({
      error: { code: 'match-too-long' },
    });
    await begin(driven, most);
    await readAll(driven);
    expect(now(driven)?.job).toMatchObject({ state: 'done', calls: 2 });
    await outcomeOf(driven);
    await driven.settle();
    expect(driven.till.session.matching.matchOf('2025-12-20')).not.toBeNull();
  });

  it('is a member since the till’s first entry for them, in one call', async () => {
    const driven = await openTill();
    const { store } = driven;
    store.recharge({
      customerUid: meiLing.customerUid,
      sum: '9.00',
      atMs: driven.clock.nowMs() - 86_400_000,
    });
    await confirmed(driven, meiLing.customerUid, '50.00');
    await driven.pass(5_000);
    store.recharge({ customerUid: meiLing.customerUid, sum: '3.00' });
    await begin(driven, { of: 'member', customerUid: meiLing.customerUid });
    await readAll(driven);
    expect(await reasonsOf(driven)).toEqual(['matched: same-time', 'only-kybio: elsewhere']);
    expect((await outcomeOf(driven)).before).toBe(1);
    expect(driven.till.session.matching.begin({ of: 'member', customerUid: '1' })).toMatchObject({
      error: { code: 'member-not-found' },
    });
  });
});
