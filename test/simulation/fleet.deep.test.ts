import { describe, expect, test } from 'vitest';
import type { ChainHost } from './fleet/chain-host.ts';
import { loadBackoff, type Policy, turns } from './fleet/policies.ts';
import { type FleetFigures, type FleetOptions, runFleet } from './fleet/run.ts';
import { missed, scenario, smallChain } from './fleet/scenario.ts';

/** None of them was used to choose a figure. */
const seeds = [211, 212, 213];

/** The goal is 1.05, which one seed of five misses in a second: docs/benchmarks.md says so. */
const most = { peak: 1.15, drained: 1.3 };

test.each(seeds)('ten thousand tills come back in turn, seed %i', (seed) => {
  expect(missed(runFleet(scenario(turns, seed)), most)).toEqual([]);
});

const later = (minutes: number, act: (host: ChainHost) => void): NonNullable<FleetOptions['happens']> => ({
  afterMs: minutes * 60_000,
  do: act,
});
const inSmall = (change: Partial<FleetOptions>, policy: Policy = turns): FleetFigures =>
  runFleet(scenario(policy, 311, { ...smallChain, ...change }));

describe('what goes otherwise than told, in small', () => {
  const kept = { doubled: 0, neverCredited: 0 };

  test('clocks that are minutes off burst no more than clocks that are right', () => {
    const figures = inSmall({ clocksOffMs: 600_000 });
    expect(figures).toMatchObject(kept);
    expect(figures.peak).toBeLessThan(1.3);
  });

  test('each entry is looked at first: two calls, and no more of them a second', () => {
    const figures = inSmall({ looksFirst: true, quotaAnEntry: 3 });
    expect(figures).toMatchObject(kept);
    expect(figures.peak).toBeLessThan(1.3);
    expect(figures.drained).toBeLessThan(1.5);
  });

  test('told of twice as many tills as there are, they take twice as long', () => {
    const figures = inSmall({ toldTills: smallChain.tills * 2 });
    expect(figures).toMatchObject({ ...kept, refused: 0 });
    expect(figures.drained).toBeLessThan(2.7);
  });

  test('KYBIO allows half of it from the tenth minute on: they ease, and all arrives', () => {
    const figures = inSmall({
      tills: 3_000,
      quotaAnEntry: 3,
      happens: later(10, (host) => {
        host.limits = { ...host.limits, callsASecond: host.limits.callsASecond / 2 };
      }),
    });
    expect(figures).toMatchObject(kept);
    expect(figures.drained).toBeLessThan(4.5);
  });

  test('half of the tills are of a version that takes no turns: nothing is doubled or starved for ever', () => {
    const figures = inSmall({ older: { share: 0.5, policy: loadBackoff }, quotaAnEntry: 3 });
    expect(figures).toMatchObject(kept);
    expect(figures.drained).toBeLessThan(4);
  });

  test('the quota of the day ends in the middle: the rest goes on the next day, in turn', () => {
    const figures = inSmall({ quotaAnEntry: 0.6, longestMs: 30 * 3_600_000 });
    expect(figures).toMatchObject(kept);
    expect(figures.peak).toBeLessThan(1.3);
    // A till whose clock runs ahead hears once more of the day before.
    expect(figures.beyondQuota).toBeLessThan(smallChain.tills * 3);
  });

  test('KYBIO answers reads and refuses every increment for ten minutes', () => {
    const figures = inSmall({
      quotaAnEntry: 3,
      happens: later(2, (host) => host.setReadsOnly(600_000)),
    });
    expect(figures).toMatchObject(kept);
    expect(figures.peak).toBeLessThan(1.3);
  });

  test('shops that are open send what they make at once, beside what waits', () => {
    const figures = inSmall({ tradesEveryMs: 600_000, quotaAnEntry: 3 });
    expect(figures.doubled).toBe(0);
    expect(figures.freshP99Ms).toBeLessThan(60_000);
  });
});
