import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CallPurpose, callsFor, keptNow, leftOfAccount } from '../../../main/hosts/calls/call-budget.ts';
import { createCallBudget } from '../../../main/hosts/calls/call-budget-service.ts';
import { createCallMeter } from '../../../main/hosts/calls/call-meter-repository.ts';
import { createLink } from '../../../main/hosts/link/link.ts';
import { withPause } from '../../../main/hosts/link/link-state.ts';
import { withoutPauses } from '../../../main/hosts/link/pauses.ts';
import { createSettings } from '../../../main/kernel/database/settings-repository.ts';
import type { Room } from '../../../main/kernel/room.ts';
import { storeDay } from '../../../main/kernel/store-time.ts';
import { atTheTill } from '../../kit/actors.ts';
import { factsOf } from '../../kit/call-budget.ts';
import { createTestClock } from '../../kit/clock.ts';
import { openDrivenTill } from '../../kit/driven-till.ts';
import { openOutbox } from '../../kit/outbox.ts';
import { realRandom } from '../../kit/practice-store.ts';
import { silentLogger } from '../../kit/till.ts';

const purposes = ['increment', 'test', 'look-up', 'probe', 'refresh', 'matching', 'directory'] as const;
const allowed = (change: Parameters<typeof factsOf>[0]) =>
  purposes.filter((what) => callsFor(what, factsOf(change)) > 0);

describe('a till that is alone with its account', () => {
  it.each([
    [0, purposes],
    [179, purposes],
    [180, ['increment', 'test', 'look-up', 'probe']],
    [239, ['increment', 'test', 'look-up', 'probe']],
    [240, ['increment', 'test', 'probe']],
    [300, ['increment', 'test']],
    [9_999, ['increment', 'test']],
  ] as const)('after %i calls, none of them an increment, may make %j', (used, expected) => {
    expect(allowed({ used })).toEqual(expected);
  });

  it('keeps back two fifths of its share, less what was sent, and what waits at least', () => {
    expect(keptNow(factsOf({ increments: 50 }))).toBe(70);
    expect(keptNow(factsOf({ increments: 150 }))).toBe(0);
    expect(keptNow(factsOf({ increments: 150, waiting: 30 }))).toBe(30);
  });

  it('reads a small part of a day in pages of the directory, and none while anything waits', () => {
    expect(callsFor('directory', factsOf())).toBe(15);
    expect(callsFor('directory', factsOf({ pages: 14 }))).toBe(1);
    expect(callsFor('directory', factsOf({ pages: 15 }))).toBe(0);
    expect(callsFor('directory', factsOf({ waiting: 1 }))).toBe(0);
  });

  it('has none once KYBIO says that it is enough', () => {
    expect(leftOfAccount(factsOf({ isSpent: true }))).toBe(0);
    expect(allowed({ isSpent: true })).toEqual(['increment', 'test']);
  });
});

it('a till of a chain takes its equal part, and beyond it looks up cards that nobody here knows', () => {
  expect(callsFor('refresh', factsOf({ tillCount: 3 }))).toBe(60);
  expect(callsFor('directory', factsOf({ tillCount: 3 }))).toBe(5);
  expect(callsFor('directory', factsOf({ tillCount: 80 }))).toBe(1);
  expect(allowed({ tillCount: 3, used: 100 })).toEqual(['increment', 'test', 'look-up']);
});

it('never allows a lower purpose what a higher one may not', () => {
  const count = fc.nat(1_000);
  const facts = fc.record({
    limit: fc.integer({ min: 10, max: 5_000 }),
    tillCount: fc.integer({ min: 1, max: 80 }),
    used: count,
    increments: count,
    pages: count,
    waiting: count,
    isSpent: fc.boolean(),
  });
  const order: readonly CallPurpose[] = ['directory', 'refresh', 'look-up', 'increment'];
  fc.assert(
    fc.property(facts, (now) => {
      const calls = order.map((purpose) => callsFor(purpose, now));
      expect([...calls].sort((one, other) => one - other)).toEqual(calls);
      expect(callsFor('probe', now)).toBeLessThanOrEqual(leftOfAccount(now));
    }),
  );
});

function openBudget() {
  const { db } = openOutbox();
  const clock = createTestClock();
  const settings = createSettings(db);
  const link = createLink(settings, clock, realRandom, silentLogger);
  const meter = createCallMeter(db, clock, 'Asia/Singapore');
  const callBudget = createCallBudget({
    meter,
    settings,
    link,
    policy: () => ({ callsPerDay: 300 }),
    tillCount: 1,
    isFree: false,
    waiting: () => 0,
    today: () => storeDay(clock.nowMs(), 'Asia/Singapore'),
    logger: silentLogger,
  });
  return { clock, link, meter, callBudget };
}

it('counts anew where KYBIO takes calls again in the middle of the day, and on the next day', () => {
  const { clock, link, meter, callBudget } = openBudget();
  for (let call = 0; call < 84; call += 1) meter.count('look-up');
  expect(callBudget.shown()).toMatchObject({ used: 84, left: 216 });
  link.update((state, at) => withPause(state, 'quota', '', at.nowMs));
  expect(callBudget.shown()).toMatchObject({ used: 84, left: 0 });
  expect(callBudget.may('increment')).toBe(true);
  link.update((state) => withoutPauses(state, (reason) => reason === 'quota'));
  expect(callBudget.shown()).toMatchObject({ used: 84, left: 300 });
  clock.pass(86_400_000);
  for (let call = 0; call < 5; call += 1) meter.count('look-up');
  expect(callBudget.shown()).toMatchObject({ used: 5, left: 295 });
});

it('KYBIO’s own count is asked where a person asks, and costs a call', async () => {
  const driven = await openDrivenTill({ dailyCalls: 300 });
  const { meter, rooms } = driven.till.session.hosts;
  const ask = () =>
    rooms.flatMap(({ handlers }: Room) => handlers?.['sync:askCalls'] ?? [])[0]?.({}, atTheTill);
  const before = driven.store.calls().length;
  expect(await ask()).toEqual({ ok: true, value: { used: before + 1, limit: 300 } });
  expect(meter.usedToday('count')).toBe(1);
  driven.store.setProfile({ hasCallCount: false });
  expect(await ask()).toEqual({ ok: true, value: null });
});
