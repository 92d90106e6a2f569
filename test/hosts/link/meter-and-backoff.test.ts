import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCallMeter } from '../../../main/hosts/calls/call-meter-repository.ts';
import { backoffDelayMs } from '../../../main/hosts/link/backoff.ts';
import { createTestClock } from '../../kit/clock.ts';
import { openOutbox } from '../../kit/outbox.ts';

describe('the back-off', () => {
  const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  it('is jittered over the upper half of a bound that doubles and ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), unit, (failures, jitter) => {
        const delayMs = backoffDelayMs(failures, jitter);
        expect(Number.isInteger(delayMs)).toBe(true);
        const boundMs = Math.min(900_000, 5_000 * 2 ** (failures - 1));
        expect(delayMs).toBeGreaterThanOrEqual(boundMs / 2);
        expect(delayMs).toBeLessThanOrEqual(boundMs);
      }),
    );
    expect(backoffDelayMs(1, 0.999)).toBeGreaterThan(4_990);
    expect(backoffDelayMs(50, 0.999, 60_000)).toBeGreaterThan(59_000);
  });
});

describe('the meter', () => {
  it('counts by the store’s day, not by the PC’s, and over a restart', () => {
    const { db } = openOutbox();
    // 23:59:59 in Singapore, still afternoon in London.
    const clock = createTestClock(Date.parse('2026-01-15T15:59:59Z'));
    const meter = createCallMeter(db, clock, 'Asia/Singapore');
    for (const purpose of ['increment', 'look-up', 'look-up'] as const) meter.count(purpose);
    expect(meter.usedToday()).toBe(3);
    clock.pass(1_000);
    expect(meter.usedToday()).toBe(0);
    meter.count('directory');
    expect(createCallMeter(db, clock, 'Asia/Singapore').usedToday()).toBe(1);
    clock.pass(-1_000);
    expect(meter.usedToday()).toBe(3);
  });
});
