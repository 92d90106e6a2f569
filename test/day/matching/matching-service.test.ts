import { describe, expect, it } from 'vitest';
import { pilesOf } from '../../../main/day/matching/summary.ts';
import { limWei, meiLing, nurAisyah } from '../../../main/hosts/practice/members.ts';
import { addAmounts, amount, type MatchAsk, zeroAmount } from '../../../preload/contract/index.ts';
import { begin, confirmed, day, method, now, openTill, outcomeOf, readAll, reasonsOf } from './support.ts';

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
    await till.session.members.lookUp.find(nurAisyah.number);
    const { id } = till.topUp(nurAisyah.customerUid, '20.00');
    await driven.drive(() => till.session.ledger.outbox.byId(id)?.state === 'unknown');
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
    expect(till.session.day.matching.matchOf(day)).toEqual({
      askedAtMs: now(driven)?.job.askedAtMs,
      by: 'Boss',
      piles,
    });
    expect(till.session.day.matching.matchOf('2026-01-14')).toBeNull();
    // It tells, and decides nothing.
    expect(till.session.ledger.outbox.byId(id)?.state).toBe('unknown');
  });

  it('changes no entry, whatever it finds', async () => {
    const driven = await openTill();
    await confirmed(driven, meiLing.customerUid, '50.00');
    const before = [...driven.till.session.ledger.outbox.all()];
    driven.store.recharge({ customerUid: meiLing.customerUid, sum: '50.00' });
    await begin(driven);
    await readAll(driven);
    expect(await reasonsOf(driven)).not.toEqual([]);
    expect([...driven.till.session.ledger.outbox.all()]).toEqual(before);
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

describe('what is asked', () => {
  it('is 31 days at most, in parts that KYBIO gives', async () => {
    const driven = await openTill();
    const most: MatchAsk = { of: 'days', from: '2025-12-16', to: day };
    expect(driven.till.session.day.matching.begin({ ...most, from: '2025-12-15' }, 'Boss')).toMatchObject({
      error: { code: 'match-too-long' },
    });
    await begin(driven, most);
    await readAll(driven);
    expect(now(driven)?.job).toMatchObject({ state: 'done', calls: 2 });
    await outcomeOf(driven);
    await driven.settle();
    expect(driven.till.session.day.matching.matchOf('2025-12-20')).not.toBeNull();
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
    expect(driven.till.session.day.matching.begin({ of: 'member', customerUid: '1' }, 'Boss')).toMatchObject({
      error: { code: 'member-not-found' },
    });
  });
});
