import { expect, it } from 'vitest';
import { type Beat, isBroken, needsCheck, type Waiting } from '../../main/sending/needs-check.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const beat: Beat = { nowMs: 1_700_000_000_000, monotonicMs: 5_000, skewMs: 0 };
const after = (wallMs: number, monotonicMs: number, skewMs: number | null = 0): Beat => ({
  nowMs: beat.nowMs + wallMs,
  monotonicMs: beat.monotonicMs + monotonicMs,
  skewMs,
});

it.each([
  ['a look on time', after(30_000, 30_000), false],
  ['a look that was late', after(90_000, 90_000), false],
  ['a wall clock that was set right by a second', after(31_000, 30_000), false],
  ['a sleep in which the monotonic clock stood still', after(8 * HOUR_MS, 1_000), true],
  ['a sleep in which both went on', after(8 * HOUR_MS, 8 * HOUR_MS), true],
  ['a wall clock that was set back', after(-HOUR_MS, 30_000), true],
  [
    'a machine that was put back, before its clocks were set right: KYBIO tells',
    after(1_000, 1_000, 3 * HOUR_MS),
    true,
  ],
  ['an answer that was slow', after(1_000, 1_000, -29_000), false],
  ['an answer without a time', after(1_000, 1_000, null), false],
])('%s', (_, now, expected) => {
  expect(isBroken(beat, now)).toBe(expected);
});

const made: Waiting = {
  ...{ isOverStart: false, isOverBreak: false, waitedMs: 12 * HOUR_MS, sinceMs: 12 * HOUR_MS },
  mayHaveArrived: () => false,
};

it.each([
  ['made here and never sent, however long it waited', {}, null, false],
  ['waited over a start, however short', { isOverStart: true, waitedMs: 1_000 }, null, true],
  ['waited over a break and longer than the hour', { isOverBreak: true }, null, true],
  ['waited over a break, within the hour', { isOverBreak: true, waitedMs: HOUR_MS - 1 }, null, false],
  [
    'of which something may have come, an hour after it was begun',
    { mayHaveArrived: (): boolean => true },
    null,
    true,
  ],
  ['… and sooner', { mayHaveArrived: (): boolean => true, sinceMs: HOUR_MS - 1 }, null, false],
  ['over a start, where the host refuses duplicates of that age', { isOverStart: true }, DAY_MS, false],
  ['… and older than that', { isOverStart: true, waitedMs: DAY_MS + 1 }, DAY_MS, true],
] as const)('%s: %o', (_, change, refusesWithinMs, expected) => {
  expect(needsCheck({ ...made, ...change }, HOUR_MS, refusesWithinMs)).toBe(expected);
});
