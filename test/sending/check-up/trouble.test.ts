import { describe, expect, it } from 'vitest';
import { unknownHost } from '../../../main/hosts/host/host-profile.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import {
  answers,
  found,
  isOver,
  journaledSends,
  number,
  open,
  started,
  sums,
  uid,
  view,
} from '../../kit/check-up.ts';
import { inDatabase } from '../../kit/data-folder.ts';
import type { Driven } from '../../kit/driven-till.ts';
import { all, atSend, begin, endsWithAllTakenBack, leavesNothing, method, nothing } from './cut-short.ts';

const increments = ({ store }: Driven) => store.calls().filter((call) => call.method === method);

const isWaitingForTheHour = (driven: Driven) => () =>
  view(driven).state === 'waiting' && answers(driven)['same-bytes-after-a-minute'] !== undefined;

const isReversal = (key: string | undefined) => /^reversal-\d/.test(key ?? '');

const reversals = (driven: Driven) => journaledSends(driven.till.folder).filter(({ key }) => isReversal(key));

describe('an answer that does not come', () => {
  // Answers for an increment that arrived, one that did not, nobody, and a reversal; each one: `cut-short.deep`.
  it.each([
    [1, 'after'],
    [2, 'before'],
    [4, 'before'],
    [15, 'after'],
  ] as const)('at send %i, dropped %s it was applied, ends it with all taken back', endsWithAllTakenBack);

  it('is waited for as long as for any entry, and never sent again', async () => {
    const driven = await open({});
    atSend(driven, 1, { kind: 'drop', when: 'after' });
    await begin(driven);
    await driven.drive(() => increments(driven).length === 1);
    const lostAtMs = driven.clock.monotonicMs();
    await driven.drive(() => increments(driven).length === 2);
    expect(driven.clock.monotonicMs() - lostAtMs).toBeGreaterThanOrEqual(150_000 + 60_000);
    const [lost, taken] = driven.store.increments();
    expect([lost?.balanceIncrement, taken?.balanceIncrement]).toEqual(['0.01', '-0.01']);
    expect(increments(driven)[0]?.body).not.toBe(increments(driven)[1]?.body);
  });

  it('of a reversal is resolved, and what it took back is not taken back twice', async () => {
    const driven = await open(all);
    driven.beforeSend(() => {
      const isFirst = reversals(driven).length === 1;
      if (isFirst && isReversal(journaledSends(driven.till.folder).at(-1)?.key))
        driven.store.addFault({ fault: { kind: 'drop', when: 'after' }, method, times: 1 });
    });
    await begin(driven);
    await driven.drive(isOver(driven));
    expect(view(driven)).toMatchObject({ state: 'failed', reversed: true, problem: 'unanswered' });
    expect(sums(driven)).toEqual(nothing);
    expect(reversals(driven)).toHaveLength(1);
  });
});

describe('a reversal that KYBIO refuses', () => {
  it('is tried once more by a manager who starts another, and the journal tells by whom', async () => {
    const driven = await open(all);
    let refuses = true;
    driven.beforeSend((send) => {
      if (send === 1) void driven.till.session.sending.checkUp.stop(theManager);
      const { key } = journaledSends(driven.till.folder).at(-1) ?? {};
      if (!refuses || !isReversal(key)) return;
      driven.store.addFault({
        fault: { kind: 'error', messages: ['Customer is disabled'], when: 'before' },
        ...{ method, times: 1 },
      });
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
      db.prepare("SELECT actor FROM journal WHERE reason = 'reversing once more'").all(),
    );
    expect(told).toEqual([{ actor: 'manager' }]);
  });
});

describe('a process that dies', () => {
  // Around a send, a reading and a call of another client; all of them: `cut-short.deep`.
  it.each([
    ['before', 3],
    ['after', 4],
    ['after', 9],
    ['before', 20],
    ['after', 36],
  ] as const)('right %s call %i is known of at the next start, and leaves nothing', leavesNothing);

  it('in the day between goes on with the day’s question', async () => {
    const before = await started(all);
    await before.drive(() => answers(before)['same-bytes-after-an-hour'] !== undefined);
    before.clock.jump(3_600_000, 0);
    const after = await before.restart();
    after.till.session.start();
    await after.drive(isOver(after));
    expect(view(after)).toMatchObject({ state: 'done', reversed: true });
    expect(found(after).duplicates?.greatestAgeMs).toBeGreaterThanOrEqual(86_400_000);
  });
});

describe('a clock', () => {
  it.each(['KYBIO’s own says otherwise', 'KYBIO tells no time'])(
    'that is set forward proves no age: %s',
    async (why) => {
      const driven = await started(all);
      await driven.drive(isWaitingForTheHour(driven));
      // The store's clock is the same one here, so its header is what differs: this till's answers are read by both.
      const { store } = driven;
      const date = why === 'KYBIO tells no time' ? 'none' : new Date(driven.clock.nowMs()).toUTCString();
      driven.clock.jump(86_400_000, 0);
      driven.beforeSend(() =>
        store.addFault({
          fault: {
            kind: 'status',
            status: 200,
            headers: { date, 'content-type': 'application/json; charset=utf-8' },
            body: JSON.stringify({ status: 'error', messages: ['重复提交修改'], errorCode: 1 }),
            when: 'before',
          },
          method,
          times: 1,
        }),
      );
      await driven.drive(() => answers(driven)['same-bytes-after-an-hour'] !== undefined);
      expect(answers(driven)['same-bytes-after-an-hour']).toBe('unclear');
      expect(found(driven).duplicates?.greatestAgeMs).toBeLessThan(3_600_000);
    },
  );
});

describe('a manager who stops it', () => {
  it.each([1, 2, 3, 5, 8, 13])('at send %i has all taken back first', async (place) => {
    const driven = await open(all);
    driven.beforeSend((send) => {
      if (send === place) void driven.till.session.sending.checkUp.stop(theManager);
    });
    await begin(driven);
    await driven.drive(isOver(driven));
    expect(view(driven)).toMatchObject({ state: 'stopped', reversed: true });
    expect(sums(driven)).toEqual(nothing);
  });

  it('while it waits for the hour has it ended at once, with what it has proven', async () => {
    const driven = await started(all);
    await driven.drive(isWaitingForTheHour(driven));
    await driven.till.session.sending.checkUp.stop(theManager);
    await driven.settle();
    expect(view(driven)).toMatchObject({ state: 'stopped', reversed: true });
    expect(found(driven).duplicates?.greatestAgeMs).toBeGreaterThanOrEqual(60_000);
  });

  it('starts another only where none runs, and what was proven before counts no more', async () => {
    const driven = await started(all);
    await driven.drive(isWaitingForTheHour(driven));
    expect(await driven.till.session.sending.checkUp.start(number, theManager)).toMatchObject({
      error: { code: 'check-up-running' },
    });
    await driven.till.session.sending.checkUp.stop(theManager);
    await driven.drive(isOver(driven));
    driven.store.setProfile({ refusesDuplicates: false });
    await begin(driven);
    expect(found(driven).duplicates).toBeNull();
    await driven.drive(isOver(driven));
    expect(view(driven)).toMatchObject({ state: 'done', reversed: true });
    expect(found(driven).duplicates).toBeNull();
    expect(sums(driven)).toEqual(nothing);
  });
});

describe('somebody else at the test member', () => {
  it('ends it, takes back only what is ours, and proves nothing', async () => {
    const driven = await started(all);
    await driven.drive(isWaitingForTheHour(driven));
    const { balance, point } = driven.store.member(uid);
    driven.store.adjust(uid, String(Number(balance) + 7), point);
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
    expect(answers(driven)['below-zero']).toBe('unclear');
    expect(driven.till.topUp(uid, '6.00').state).toBe('queued');
  });
});

describe('the way to KYBIO', () => {
  it('that is closed for a while delays it and changes nothing', async () => {
    const driven = await started(all);
    await driven.drive(isWaitingForTheHour(driven));
    await driven.store.setPlug(false);
    await driven.pass(2 * 3_600_000);
    expect(answers(driven)['same-bytes-after-an-hour']).toBeUndefined();
    await driven.store.setPlug(true);
    await driven.drive(isOver(driven));
    expect(view(driven)).toMatchObject({ state: 'done', reversed: true });
    expect(found(driven).duplicates?.greatestAgeMs).toBeGreaterThanOrEqual(86_400_000);
    expect(sums(driven)).toEqual(nothing);
  });

  it('costs no call that is kept back for increments', async () => {
    const driven = await open(all);
    const {
      counter: { policy },
      hosts: { meter },
    } = driven.till.session;
    policy.save({ ...policy.current(), callsPerDay: 40, callsKeptForIncrements: 20 }, theManager);
    await begin(driven);
    await driven.pass(7_200_000);
    // A send is always read afterwards, and the log beside it.
    expect(meter.usedToday()).toBeLessThanOrEqual(22);
    expect(view(driven).state).toBe('waiting');
    await driven.drive(isOver(driven), 30 * 86_400_000);
    expect(view(driven).reversed).toBe(true);
    expect(sums(driven)).toEqual(nothing);
  });
});
