import { describe, expect, it } from 'vitest';
import { unknownHost } from '../../../main/hosts/host/host-profile.ts';
import { CACHES_LIVE_MS } from '../../../main/hosts/index.ts';
import type { Fault } from '../../../main/hosts/practice/types.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import {
  all,
  answers,
  begin,
  found,
  isOver,
  journaledSends,
  method,
  number,
  open,
  started,
  sums,
  uid,
  view,
} from '../../kit/check-up.ts';
import { inDatabase } from '../../kit/data-folder.ts';
import type { Driven } from '../../kit/driven-till.ts';

const nothing = { balance: 0, point: 0 };
const either = ['before', 'after'] as const;
const upTo = (last: number) => Array.from({ length: last }, (_, before) => before + 1);

const atSend = (driven: Driven, place: number, fault: Fault) =>
  driven.beforeSend((send) => {
    if (send === place) driven.store.addFault({ fault, method, times: 1 });
  });
const increments = ({ store }: Driven) => store.calls().filter((call) => call.method === method);
const isWaiting = (driven: Driven) => () => view(driven).state === 'waiting';
const takenBack = (driven: Driven) =>
  journaledSends(driven.till.folder).filter(({ increment }) => increment.startsWith('-'));

/** The credit, nobody, taking back, nobody again, and the same bytes again. */
const places = upTo(5).flatMap((place) => either.map((when) => [place, when] as const));

describe('an answer that does not come', () => {
  it.each(places)('at send %i, dropped %s it was applied, leaves nothing', async (place, when) => {
    const driven = await open(all);
    atSend(driven, place, { kind: 'drop', when });
    await begin(driven);
    await driven.drive(isOver(driven));
    const isOfCredit = place === 1 || place === 5;
    expect(view(driven)).toMatchObject(
      isOfCredit
        ? { state: 'failed', reversed: true, problem: 'unanswered' }
        : { state: 'done', reversed: true, problem: null },
    );
    expect(sums(driven)).toEqual(nothing);
    if (isOfCredit) expect(found(driven)).toEqual(unknownHost);
    else expect(found(driven).duplicates === null).toBe(place !== 3);
  });

  it('is waited for as long as for any entry, and never sent again', async () => {
    const driven = await open({});
    atSend(driven, 1, { kind: 'drop', when: 'after' });
    await begin(driven);
    await driven.drive(() => increments(driven).length === 1);
    const lostAtMs = driven.clock.monotonicMs();
    await driven.drive(() => increments(driven).length === 2);
    expect(driven.clock.monotonicMs() - lostAtMs).toBeGreaterThanOrEqual(150_000);
    const [lost, taken] = driven.store.increments();
    expect([lost?.balanceIncrement, taken?.balanceIncrement]).toEqual(['0.01', '-0.01']);
    expect(increments(driven)[0]?.body).not.toBe(increments(driven)[1]?.body);
  });

  it('is waited for to the end, however often a manager stops it', async () => {
    const driven = await open({});
    // It arrives after the caches that may hide it.
    atSend(driven, 1, { kind: 'drop', when: 'before' });
    await begin(driven);
    await driven.drive(() => increments(driven).length === 1);
    await driven.pass(60_000);
    const { checkUp } = driven.till.session.sending;
    for (const _ of [1, 2, 3]) {
      await checkUp.stop(theManager);
      await driven.settle();
    }
    expect(view(driven)).toMatchObject({ state: 'running', reversed: false });
    await driven.pass(CACHES_LIVE_MS - 60_000);
    driven.store.adjust(uid, '0.01', '0');
    await driven.drive(isOver(driven));
    expect(view(driven)).toMatchObject({ state: 'failed', reversed: true });
    expect(sums(driven)).toEqual(nothing);
  });

  it('of taking back is resolved, and what it took back is not taken back twice', async () => {
    const driven = await open(all);
    atSend(driven, 3, { kind: 'drop', when: 'after' });
    await begin(driven);
    await driven.drive(isOver(driven));
    expect(sums(driven)).toEqual(nothing);
    expect(takenBack(driven)).toHaveLength(1);
  });

  it('or is not understood is told of, with its words in the journal', async () => {
    const driven = await open(all);
    atSend(driven, 1, { kind: 'error', messages: ['Service is being upgraded'], when: 'after' });
    await begin(driven);
    await driven.drive(isOver(driven));
    expect(view(driven)).toMatchObject({ state: 'failed', reversed: true, problem: 'unanswered' });
    expect(sums(driven)).toEqual(nothing);
    const told = inDatabase(driven.till.folder, (db) =>
      db.prepare("SELECT content FROM journal WHERE event = 'check-up' AND reason = 'ended'").all(),
    );
    expect(JSON.stringify(told)).toContain('Service is being upgraded');
  });
});

it('taking back that KYBIO refuses is tried once more by a manager who starts another, as the journal tells', async () => {
  const driven = await open(all);
  let refuses = true;
  driven.beforeSend((send) => {
    if (send === 1) void driven.till.session.sending.checkUp.stop(theManager);
    else if (refuses) {
      const fault = { kind: 'error', messages: ['Customer is disabled'], when: 'before' } as const;
      driven.store.addFault({ fault, method, times: 1 });
    }
  });
  await begin(driven);
  await driven.drive(isOver(driven));
  expect(view(driven)).toMatchObject({ state: 'failed', reversed: false, problem: 'not-reversed' });
  refuses = false;
  const again = await driven.till.session.sending.checkUp.start(number, theManager);
  expect(again).toMatchObject({ error: { details: { reason: 'not-reversed' } } });
  await driven.drive(isOver(driven));
  expect(view(driven)).toMatchObject({ state: 'failed', reversed: true });
  expect(sums(driven)).toEqual(nothing);
  const told = inDatabase(driven.till.folder, (db) =>
    db.prepare("SELECT actor FROM journal WHERE reason = 'taking back once more'").all(),
  );
  expect(told).toEqual([{ actor: 'manager' }]);
});

describe('a process that dies', () => {
  // The first two calls are answered before the manager hears that it runs; the eighth is its last.
  const deaths = upTo(8)
    .slice(2)
    .flatMap((call) => either.map((when) => [when, call] as const));

  it.each(deaths)(
    'right %s call %i is known of at the next start, and leaves nothing',
    async (when, call) => {
      const before = await started(all);
      const after = await before.die(call, when);
      if (after === null) throw new Error('it made fewer calls');
      after.till.session.start();
      await after.drive(isOver(after));
      expect(view(after)).toMatchObject({ state: 'failed', problem: 'interrupted', reversed: true });
      expect(sums(after)).toEqual(nothing);
      expect(found(after)).toEqual(unknownHost);
    },
  );

  it('while it waits has ended it: an age over a restart is not proven', async () => {
    const before = await started(all);
    await before.drive(isWaiting(before));
    const after = await before.restart();
    after.till.session.start();
    await after.drive(isOver(after));
    expect(view(after)).toMatchObject({ state: 'failed', problem: 'interrupted', reversed: true });
    expect(found(after)).toEqual(unknownHost);
  });
});

it('a clock that is set forward proves no age', async () => {
  const driven = await started(all);
  await driven.drive(isWaiting(driven));
  driven.clock.jump(86_400_000, 0);
  await driven.drive(isOver(driven));
  expect(found(driven).duplicates?.greatestAgeMs).toBeLessThan(3_600_000);
});

describe('a manager who stops it', () => {
  it.each(upTo(4))('at send %i has all taken back first', async (place) => {
    const driven = await open(all);
    driven.beforeSend((send) => {
      if (send === place) void driven.till.session.sending.checkUp.stop(theManager);
    });
    await begin(driven);
    await driven.drive(isOver(driven));
    expect(view(driven)).toMatchObject({ state: 'stopped', reversed: true });
    expect(sums(driven)).toEqual(nothing);
  });

  it('while it waits has it ended at once, with what it has proven', async () => {
    const driven = await started(all);
    await driven.drive(isWaiting(driven));
    await driven.till.session.sending.checkUp.stop(theManager);
    await driven.settle();
    expect(view(driven)).toMatchObject({ state: 'stopped', reversed: true });
    expect(found(driven)).toMatchObject({ duplicates: null, log: { carriesOurTime: true } });
  });

  it('starts another only where none runs, and what was proven before counts no more', async () => {
    const driven = await started(all);
    await driven.drive(isWaiting(driven));
    expect(await driven.till.session.sending.checkUp.start(number, theManager)).toMatchObject({
      error: { code: 'check-up-running' },
    });
    await driven.drive(isOver(driven));
    driven.store.setProfile({ refusesDuplicates: false });
    expect(found(driven).duplicates).not.toBeNull();
    await begin(driven);
    expect(found(driven).duplicates).toBeNull();
    await driven.drive(isOver(driven));
    expect(view(driven)).toMatchObject({ state: 'done', reversed: true });
    expect(found(driven).duplicates).toBeNull();
    expect(sums(driven)).toEqual(nothing);
  });

  it('and starts it twice at once has one', async () => {
    const driven = await open(all);
    const { checkUp } = driven.till.session.sending;
    const both = await Promise.all([checkUp.start(number, theManager), checkUp.start(number, theManager)]);
    expect(both.map(({ ok }) => ok)).toEqual([true, false]);
    await driven.drive(isOver(driven));
    expect(view(driven)).toMatchObject({ state: 'done', reversed: true });
  });
});

describe('somebody else at the test member', () => {
  it('ends it, takes back only what is ours, and proves nothing', async () => {
    const driven = await started(all);
    await driven.drive(isWaiting(driven));
    driven.store.adjust(uid, '7', '0');
    await driven.drive(isOver(driven));
    expect(view(driven)).toMatchObject({ state: 'failed', problem: 'other-writer' });
    expect(found(driven)).toEqual(unknownHost);
    expect(sums(driven)).toEqual({ balance: 7, point: 0 });
  });

  it('cannot be this till: nothing is taken for the member, nor asked about with open entries', async () => {
    const driven = await open(all);
    const { session } = driven.till;
    await session.members.lookUp.find(number);
    const saved = driven.till.topUp(uid, '5.00');
    expect(await session.sending.checkUp.start(number, theManager)).toMatchObject({
      error: { code: 'check-up-not-possible', details: { reason: 'open-entries' } },
    });
    session.start();
    await driven.drive(() => session.ledger.outbox.byId(saved.id)?.state === 'confirmed');
    await begin(driven);
    expect(() => driven.till.topUp(uid, '6.00')).toThrow('check-up-running');
    await driven.drive(isOver(driven));
    expect(view(driven)).toMatchObject({ state: 'done', reversed: true });
    expect(sums(driven)).toEqual({ balance: 5, point: 0 });
    expect(driven.till.topUp(uid, '6.00').state).toBe('queued');
  });
});

describe('the way to KYBIO', () => {
  it('that is closed for a while delays it and changes nothing', async () => {
    const driven = await started(all);
    await driven.drive(isWaiting(driven));
    await driven.store.setPlug(false);
    await driven.pass(2 * 3_600_000);
    expect(answers(driven)['same-bytes-again']).toBeUndefined();
    await driven.store.setPlug(true);
    await driven.drive(isOver(driven));
    expect(view(driven)).toMatchObject({ state: 'done', reversed: true });
    expect(found(driven).duplicates).not.toBeNull();
    expect(sums(driven)).toEqual(nothing);
  });

  it('costs no call that is kept back for increments', async () => {
    const driven = await open(all);
    const {
      counter: { policy },
      hosts: { meter },
    } = driven.till.session;
    policy.save({ ...policy.current(), callsPerDay: 10 }, theManager);
    await begin(driven);
    await driven.pass(7_200_000);
    expect(meter.usedToday()).toBeLessThanOrEqual(10);
    expect(isOver(driven)()).toBe(false);
    await driven.drive(isOver(driven), 30 * 86_400_000);
    expect(view(driven).reversed).toBe(true);
    expect(sums(driven)).toEqual(nothing);
  });
});
