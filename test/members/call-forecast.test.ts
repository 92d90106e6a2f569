import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withCallRate } from '../../main/hosts/calls/call-rate.ts';
import { storeDay } from '../../main/kernel/store-time.ts';
import { endOfDay, forecastLookUps } from '../../main/members/call-forecast.ts';
import { createTestClock } from '../kit/clock.ts';

const MINUTE_MS = 60_000;
const NOW_MS = Date.parse('2026-01-15T05:00:00Z');
const DAY_ENDS_MS = Date.parse('2026-01-15T16:00:00Z');
const FREE = 180;

const forecast = (agesMs: readonly number[], usedToday: number, watchedMs = 4 * 3_600_000) =>
  forecastLookUps({
    callRate: { agesMs, watchedMs },
    left: Math.max(0, FREE - usedToday),
    usedToday,
    nowMs: NOW_MS,
    dayEndsAtMs: DAY_ENDS_MS,
  });
const minutes = (...ages: readonly number[]) => ages.map((age) => age * MINUTE_MS);
/** As many calls, spread over the last hour. */
const perHour = (calls: number) => Array.from({ length: calls }, (_, at) => (at * 3_600_000) / calls);

describe('look-ups end', () => {
  it('when the pace of the last hour has used up what is not kept back', () => {
    expect(forecast(perHour(60), 60)).toBe(NOW_MS + 120 * MINUTE_MS);
    expect(forecast(perHour(60), 179)).toBe(NOW_MS + MINUTE_MS);
  });

  it('never today where they last, or where nothing was asked for an hour', () => {
    expect(forecast(perHour(10), 60)).toBeNull();
    expect(forecast([], 179)).toBeNull();
    expect(forecast(minutes(61, 90, 200), 179)).toBeNull();
  });

  it('now where they have ended', () => {
    expect(forecast([], 180)).toBe(NOW_MS);
    expect(forecast(perHour(60), 500)).toBe(NOW_MS);
  });

  it('not at once because of the first few calls of a till that was just opened', () => {
    expect(forecast(minutes(0, 1), 2, 2 * MINUTE_MS)).toBeNull();
    expect(forecast(perHour(60), 44)).toBeNull();
    expect(forecast(perHour(60), 45)).toBe(NOW_MS + 135 * MINUTE_MS);
    expect(forecast(minutes(0, 1, 1, 2, 2, 2), 150, 2 * MINUTE_MS)).toBe(NOW_MS + 75 * MINUTE_MS);
  });
});

it('more calls end them earlier, and never in the past or after the day', () => {
  const ages = fc.array(fc.integer({ min: 0, max: 2 * 3_600_000 }), { maxLength: 200 });
  fc.assert(
    fc.property(
      ...[ages, ages, fc.nat(400), fc.nat(100), fc.nat(4 * 3_600_000)],
      (some, more, used, extra, watchedMs) => {
        const few = forecast(some, used, watchedMs);
        const many = forecast([...some, ...more], used + extra, watchedMs);
        for (const at of [few, many]) {
          if (at === null) continue;
          expect(at).toBeGreaterThanOrEqual(NOW_MS);
          expect(at).toBeLessThan(DAY_ENDS_MS);
        }
        if (few !== null) expect(many).toBeLessThanOrEqual(few);
        if (few !== null) expect(many).not.toBeNull();
      },
    ),
  );
});

describe('the store’s day ends', () => {
  it.each([
    ['Asia/Singapore', '2026-01-15T05:00:00Z', '2026-01-15T16:00:00Z'],
    ['Asia/Singapore', '2026-01-15T15:59:59Z', '2026-01-15T16:00:00Z'],
    ['Asia/Singapore', '2026-01-15T16:00:00Z', '2026-01-16T16:00:00Z'],
    // The night on which an hour is left out, and the one that has it twice.
    ['Europe/Berlin', '2026-03-28T23:30:00Z', '2026-03-29T22:00:00Z'],
    ['Europe/Berlin', '2026-10-24T22:30:00Z', '2026-10-25T23:00:00Z'],
    // Where midnight itself is left out.
    ['America/Santiago', '2026-09-05T12:00:00Z', '2026-09-06T04:00:00Z'],
    ['Asia/Kathmandu', '2026-01-15T12:00:00Z', '2026-01-15T18:15:00Z'],
  ])('in %s at %s: %s', (zone, now, end) => {
    expect(endOfDay(Date.parse(now), (ms) => storeDay(ms, zone))).toBe(Date.parse(end));
  });
});

it('the meter’s pace is of the counter’s own calls, of the last hour, whatever the wall clock says', () => {
  const clock = createTestClock();
  const counted: string[] = [];
  const meter = withCallRate(
    {
      count: (purpose) => counted.push(purpose),
      reserve: () => () => undefined,
      usedToday: () => counted.length,
    },
    clock,
  );
  meter.count('look-up');
  clock.pass(MINUTE_MS);
  meter.count('directory');
  meter.count('increment');
  clock.jump(-86_400_000, 0);
  expect(meter.callRate()).toEqual({ agesMs: [MINUTE_MS, 0], watchedMs: MINUTE_MS });
  clock.pass(3_600_000 - MINUTE_MS);
  meter.count('probe');
  expect(meter.callRate().agesMs).toEqual([3_600_000 - MINUTE_MS, 0]);
  expect(counted).toEqual(['look-up', 'directory', 'increment', 'probe']);
});
