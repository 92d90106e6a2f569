import { expect, test } from 'vitest';
import { theManager } from '../../../main/kernel/actor.ts';
import { createUnlocking } from '../../../main/people/credentials/unlocking.ts';
import { appError, err, ok } from '../../../preload/contract/index.ts';
import { createTestClock } from '../../kit/clock.ts';

const PIN = '730194';
const MINUTES_MS = 300_000;

function open(unlockPeriodMs = MINUTES_MS) {
  const clock = createTestClock();
  const stretch = { ms: unlockPeriodMs };
  let changes = 0;
  const unlocking = createUnlocking({
    managerPin: { verify: async (pin) => (pin === PIN ? ok({}) : err(appError('manager-pin-wrong'))) },
    clock,
    unlockPeriodMs: () => stretch.ms,
    changed: () => {
      changes += 1;
    },
  });
  return { unlocking, clock, stretch, changes: () => changes };
}

const locked = { ok: false, error: { code: 'manager-locked' } };

test('without a PIN nobody is a manager', async () => {
  const { unlocking } = open();
  expect(await unlocking.prove(undefined)).toEqual(locked);
  expect(unlocking.untilMs()).toBeNull();
});

test('one PIN serves for the whole stretch, and no longer, whatever the clock on the wall says', async () => {
  const { unlocking, clock, changes } = open();
  expect(await unlocking.prove(PIN)).toEqual(ok(theManager));
  expect(unlocking.untilMs()).toBe(clock.nowMs() + MINUTES_MS);
  clock.jump(-3_600_000, MINUTES_MS - 1);
  expect(await unlocking.prove(undefined)).toEqual(ok(theManager));
  clock.jump(0, 1);
  expect(await unlocking.prove(undefined)).toEqual(locked);
  clock.runNext();
  expect(changes()).toBe(2);
});

test('an act does not make the stretch longer; a PIN does', async () => {
  const { unlocking, clock } = open();
  await unlocking.prove(PIN);
  clock.jump(200_000, 200_000);
  await unlocking.prove(undefined);
  expect(unlocking.untilMs()).toBe(clock.nowMs() + 100_000);
  await unlocking.prove(PIN);
  expect(unlocking.untilMs()).toBe(clock.nowMs() + MINUTES_MS);
});

test('where the stretch is nothing, each act asks for the PIN', async () => {
  const { unlocking, stretch } = open(0);
  expect(await unlocking.prove(PIN)).toEqual(ok(theManager));
  expect(await unlocking.prove(undefined)).toEqual(locked);
  stretch.ms = MINUTES_MS;
  await unlocking.prove(PIN);
  stretch.ms = 0;
  expect(await unlocking.prove(undefined)).toEqual(locked);
});

test('a stretch that is made shorter ends sooner, and its end is told', async () => {
  const { unlocking, clock, stretch, changes } = open();
  await unlocking.prove(PIN);
  clock.pass(10_000);
  stretch.ms = 60_000;
  expect(unlocking.untilMs()).toBe(clock.nowMs() + 60_000);
  clock.advance(50_000);
  expect(unlocking.untilMs()).toBe(clock.nowMs() + 10_000);
  expect(changes()).toBe(1);
  clock.advance(10_000);
  expect(unlocking.untilMs()).toBeNull();
  expect(changes()).toBe(2);
});

test('a PIN that is given counts although the till is unlocked, and a wrong one locks it', async () => {
  const { unlocking } = open();
  await unlocking.prove(PIN);
  expect(await unlocking.prove('000000')).toMatchObject({ error: { code: 'manager-pin-wrong' } });
  expect(await unlocking.prove(undefined)).toEqual(locked);
});

test('it is locked by hand', async () => {
  const { unlocking, changes } = open();
  await unlocking.prove(PIN);
  unlocking.lock();
  unlocking.lock();
  expect(await unlocking.prove(undefined)).toEqual(locked);
  expect(changes()).toBe(2);
});
