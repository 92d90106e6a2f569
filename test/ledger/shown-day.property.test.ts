import fc from 'fast-check';
import { expect, it } from 'vitest';
import { businessDay, createBusinessDays } from '../../main/day/shifts/business-day.ts';
import type { Increment } from '../../main/ledger/types.ts';
import { addAmounts, zeroAmount } from '../../preload/contract/index.ts';
import { openOutbox } from '../kit/outbox.ts';

// What is shown as today is what a walk through all entries finds, each by the day of business of its own moment.

const HOUR_MS = 3_600_000;

/** In Berlin clocks are put forward and back in the two nights, in Singapore nothing happens. */
const nights = ['2026-03-29', '2026-10-25'].map((day) => Date.parse(`${day}T00:00:00Z`));
const zones = ['Asia/Singapore', 'Europe/Berlin'];

const act = fc.record({
  what: fc.constantFrom('applied', 'applied', 'rejected', 'acknowledged', 'refused', 'wait'),
  sum: fc.integer({ min: 1, max: 500 }).map((cents) => (cents / 100).toFixed(2)),
  /** Back, too: somebody sets the clock. */
  passesMs: fc.constantFrom(1_000, 1_800_000, HOUR_MS, 7 * HOUR_MS, 26 * HOUR_MS, -2 * HOUR_MS),
  /** Between the entry and its end. */
  endsAfterMs: fc.constantFrom(0, 0, 1_800_000, 5 * HOUR_MS),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

function tillAfter(acts: readonly Act[], storeTimeZone: string, startMs: number) {
  const till = openOutbox({ identity: { storeTimeZone } });
  till.clock.set(startMs);
  for (const [at, { what, sum, passesMs, endsAfterMs }] of acts.entries()) {
    till.clock.pass(passesMs);
    const { id } = till.add({ customerUid: String(at + 1), balanceIncrement: sum });
    till.clock.pass(endsAfterMs);
    if (what === 'acknowledged') till.attempt(id, 'rejected');
    else if (what !== 'wait') till.attempt(id, what);
    if (what === 'acknowledged') till.acknowledge(id, 'manager');
  }
  return till;
}

const sumsOf = (entries: readonly Increment[]) => ({
  entries: entries.length,
  balance: addAmounts(zeroAmount, ...entries.map(({ balanceIncrement }) => balanceIncrement)),
  bonus: zeroAmount,
  point: zeroAmount,
});

it('the sums and the list of a day of business, whenever it ends', () => {
  const minutes = fc.oneof(fc.constantFrom(0, 1, 150, 180, 719, 720, 1_320, 1_439), fc.nat(1_439));
  fc.assert(
    fc.property(
      fc.array(act, { maxLength: 14 }),
      ...([minutes, fc.constantFrom(...zones), fc.constantFrom(...nights), fc.nat(16)] as const),
      (acts, minute, zone, startMs, limit) => {
        const { outbox, clock } = tillAfter(acts, zone, startMs);
        const { day, moments } = createBusinessDays(zone, () => minute).shown(clock.nowMs());
        const isOfDay = (ms: number | null) => ms !== null && businessDay(ms, zone, minute) === day;
        expect(isOfDay(clock.nowMs())).toBe(true);
        const all = [...outbox.all()].reverse();
        const { done, refused } = outbox.sumsOfDay(day, moments);
        expect(done).toEqual(
          sumsOf(all.filter(({ state, createdAtMs }) => state === 'confirmed' && isOfDay(createdAtMs))),
        );
        expect(refused).toEqual(
          sumsOf(
            all.filter(
              ({ state, unacknowledged, settledAtMs }) =>
                state === 'rejected' && (unacknowledged || isOfDay(settledAtMs)),
            ),
          ),
        );
        const open = all.filter(({ state }) => state === 'queued');
        const told = all.filter(({ unacknowledged }) => unacknowledged);
        const ended = all.filter(
          (one) =>
            !open.includes(one) &&
            !told.includes(one) &&
            (isOfDay(one.createdAtMs) || isOfDay(one.settledAtMs)),
        );
        const expected = [...open, ...told, ...ended].slice(0, limit);
        expect(outbox.activity(day, limit, moments)).toEqual(
          expected.sort((one, other) => other.sequence - one.sequence),
        );
      },
    ),
    { numRuns: 60 },
  );
});
