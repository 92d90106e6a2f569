import { expect, test } from 'vitest';
import { asSoonAsPossible, easing, turns } from './fleet/policies.ts';
import { runFleet } from './fleet/run.ts';
import { missed, scenario, smallChain } from './fleet/scenario.ts';

// In a small chain a call is a larger share of a second, and the wait for a lost reply a larger one of the whole.
const inSmall = { peak: 1.1, drained: 1.6 };

test('a small chain comes back in turn: no burst, nothing doubled, nobody starved', () => {
  expect(missed(runFleet(scenario(turns, 101, smallChain)), inSmall)).toEqual([]);
});

test('the simulator sees a burst, and an entry that is credited twice', () => {
  const small = { ...smallChain, tills: 300, callsASecond: 20, longestMs: 3_600_000 };
  expect(runFleet(scenario(asSoonAsPossible, 101, small)).peak).toBeGreaterThan(3);
  const doubling = { ...small, lostReplies: 0.01, sendsAgain: true };
  expect(runFleet(scenario(turns, 101, doubling)).doubled).toBeGreaterThan(0);
});

test('a chain that was told no pace bursts, and is drained all the same, with nothing doubled', () => {
  const figures = runFleet(scenario(easing, 101, { ...smallChain, tills: 300, callsASecond: 12 }));
  expect(figures).toMatchObject({ doubled: 0, neverCredited: 0, beyondQuota: 0 });
  expect(figures.drained).toBeLessThan(3);
});
