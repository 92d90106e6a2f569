import { describe, expect, it } from 'vitest';
import { meiLing } from '../../../main/hosts/practice/members.ts';
import type { Fault } from '../../../main/hosts/practice/types.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import { openLosing } from '../../kit/losing.ts';
import {
  asked,
  begin,
  listing,
  method,
  now,
  openTill,
  plugIn,
  readAll,
  reasonsOf,
  recharges,
  stateOf,
  theDay,
  withoutNetworkAfter,
} from './support.ts';

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
    driven.till.session.day.matching.halt();
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
    driven.till.session.day.matching.halt();
    await driven.settle();
    expect(stateOf(driven)).toBe('stopped');
    expect(await driven.till.session.day.matching.outcome()).toBeNull();
    await begin(driven, { of: 'member', customerUid: meiLing.customerUid });
    await readAll(driven);
    expect(now(driven)?.job).toMatchObject({ state: 'done', calls: 1, pages: 1 });
    expect(driven.till.session.day.matching.begin(null, 'Boss')).toMatchObject({
      error: { code: 'match-none' },
    });
  });
});

describe('the calls kept for top-ups', () => {
  it('are not touched: what would need them is refused before anything is asked', async () => {
    const driven = await openTill(listing, { callsPerDay: 10 });
    const {
      day: { matching },
      hosts: { meter },
    } = driven.till.session;
    while (meter.usedToday() < 6) meter.count('look-up');
    expect(matching.plan(theDay)).toMatchObject({
      value: { calls: 1, left: 0, kept: 4, isAffordable: false },
    });
    expect(matching.begin(theDay, 'Boss')).toMatchObject({
      error: { code: 'match-too-dear', details: { calls: '1', left: '0' } },
    });
    expect(asked(driven.store)).toHaveLength(0);
  });

  it('end it in the middle, and it goes on the next day', async () => {
    const driven = await openTill();
    recharges(driven, 220);
    await begin(driven);
    await driven.drive(() => (now(driven)?.job.pages ?? 0) === 1);
    const {
      hosts: { meter },
      counter: { policy },
    } = driven.till.session;
    while (meter.usedToday() < 6) meter.count('look-up');
    policy.save({ ...policy.current(), callsPerDay: 10 }, theManager);
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
    expect(await driven.till.session.day.matching.outcome()).toBeNull();
  });

  it('is refused by a host that does not give it', async () => {
    const driven = await openTill();
    driven.store.addFault({ fault: { kind: 'status', status: 404, when: 'before' }, method });
    await begin(driven);
    await readAll(driven);
    expect(now(driven)?.job).toMatchObject({ state: 'failed', why: 'refused' });
    expect(driven.till.session.hosts.link.state.pauses).toEqual([]);
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
