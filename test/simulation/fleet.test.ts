import { expect, test } from 'vitest';
import { asSoonAsPossible, loadBackoff, type Policy, turns } from './fleet/policies.ts';
import { runFleet } from './fleet/run.ts';
import { missed, scenario, smallChain } from './fleet/scenario.ts';

// In a small chain a call is a larger share of a second, and the wait for a lost reply a larger one of the whole.
const inSmall = { peak: 1.1, drained: 1.6 };

test('a small chain comes back in turn: no burst, nothing doubled, nobody starved', () => {
  expect(missed(runFleet(scenario(turns, 101, smallChain)), inSmall)).toEqual([]);
});

const few = { ...smallChain, tills: 300, callsASecond: 20, longestMs: 3 * 3_600_000 };
/** Every till takes itself for the first of the chain. */
const onePlace: Policy = {
  name: 'one place for all',
  create: (seen) => turns.create({ ...seen, pace: { ...seen.pace, till: 1 } }),
};
/** One till in fifty waits for an hour more. */
const starving: Policy = {
  name: 'starving',
  create: (seen) => {
    const sender = turns.create(seen);
    const isLast = () => seen.pace.till % 50 === 0 && seen.clock.monotonicMs() < 3_600_000;
    const nothing = { send: [], probe: false, wakeInMs: 60_000 };
    return { ...sender, plan: (input) => (isLast() ? nothing : sender.plan(input)) };
  },
};

test('the simulator sees a burst, a till that starves, and an entry that is credited twice', () => {
  expect(runFleet(scenario(asSoonAsPossible, 101, few)).peak).toBeGreaterThan(3);
  expect(runFleet(scenario(onePlace, 101, few)).peak).toBeGreaterThan(3);
  expect(runFleet(scenario(starving, 101, few)).slowest).toBeGreaterThan(2);
  const doubling = { ...few, lostReplies: 0.01, sendsAgain: true };
  expect(runFleet(scenario(turns, 101, doubling)).doubled).toBeGreaterThan(0);
});

test('a chain that was told no pace bursts, and is drained all the same, with nothing doubled', () => {
  const figures = runFleet(scenario(loadBackoff, 101, { ...smallChain, tills: 300, callsASecond: 12 }));
  expect(figures).toMatchObject({ doubled: 0, neverCredited: 0, beyondQuota: 0 });
  expect(figures.drained).toBeLessThan(3);
});
