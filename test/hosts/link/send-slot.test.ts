import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ChainRateLimit,
  chainRateLimitSchema,
  roundMs,
  SHARE,
} from '../../../main/hosts/link/chain-rate-limit.ts';
import {
  awaited,
  firstSlot,
  inMs,
  type SendSlot,
  used,
  withoutSlot,
} from '../../../main/sending/send-slot.ts';

const pace: ChainRateLimit = { callsASecond: 200, tills: 10_000, till: 1 };
const START_MS = 1_700_000_000_000;

const next = (turn: SendSlot, of: ChainRateLimit, atMs: number, clockOffMs = 0): number =>
  atMs + inMs(awaited(turn, of, { chainMs: START_MS + atMs + clockOffMs, monotonicMs: atMs }), atMs);

const take = (turn: SendSlot, monotonicMs: number, calls: number | null = 1): SendSlot =>
  used(turn, monotonicMs, calls);

describe('the turns of a chain', () => {
  it('come as often as the chain may call, and no two tills are at once', () => {
    const small: ChainRateLimit = { callsASecond: 10, tills: 40, till: 1 };
    const starts = Array.from({ length: small.tills }, (_, index) =>
      next(firstSlot(1), { ...small, till: index + 1 }, 5_000),
    ).sort((one, other) => one - other);
    const gapMs = 1_000 / (small.callsASecond * SHARE);
    for (const [at, startMs] of starts.slice(1).entries())
      expect(startMs - (starts[at] ?? 0)).toBeCloseTo(gapMs, 3);
  });

  it('come once a round, and as many rounds apart as an entry takes calls', () => {
    let turn = firstSlot(2);
    const first = next(turn, pace, 0);
    turn = take(turn, first);
    expect(next(turn, pace, first + 1)).toBeCloseTo(first + 2 * roundMs(pace), 0);
    // A turn that did not reach KYBIO has told nothing.
    expect(take(take(turn, first, null), first, null).calls).toBe(2);
    // Two entries that took one call each have told that one is enough.
    turn = take(take(turn, first), first);
    expect(turn.calls).toBe(1);
  });

  it('are as rare as before after a single reply that was lost and asked after', () => {
    let turn = take(firstSlot(1), 0);
    for (const calls of [1, 3, 1, 2, 1]) {
      turn = take(turn, 0, calls);
      expect(turn.calls).toBe(1);
    }
    expect(take(take(turn, 0, 2), 0, 2).calls).toBe(2);
  });

  it('that was missed by seconds is taken, and one that was slept through is not', () => {
    const turn = awaited(firstSlot(1), pace, { chainMs: START_MS, monotonicMs: 0 });
    const atMs = turn.atMonotonicMs ?? 0;
    const at = (monotonicMs: number) => ({ chainMs: START_MS + monotonicMs, monotonicMs });
    expect(inMs(awaited(turn, pace, at(atMs + 3_000)), atMs + 3_000)).toBe(0);
    expect(inMs(awaited(turn, pace, at(atMs + 9_000)), atMs + 9_000)).toBeGreaterThan(1_000);
  });

  it('is waited for anew by whoever could make no use of one: nobody goes at the moment that frees all', () => {
    const waited = awaited(firstSlot(1), pace, { chainMs: START_MS, monotonicMs: 0 });
    const freedAtMs = (waited.atMonotonicMs ?? 0) + 1_000;
    expect(next(withoutSlot(waited), pace, freedAtMs)).toBeGreaterThan(freedAtMs + 1_000);
  });

  it('lie within a round, and half a round after the last at least, whatever the clocks say', () => {
    const anyPace = fc
      .record({
        callsASecond: fc.double({ min: 0.5, max: 5_000, noNaN: true }),
        tills: fc.integer({ min: 1, max: 100_000 }),
      })
      .chain((of) =>
        fc.record({
          callsASecond: fc.constant(of.callsASecond),
          tills: fc.constant(of.tills),
          till: fc.integer({ min: 1, max: of.tills }),
        }),
      )
      .filter((of) => chainRateLimitSchema.safeParse(of).success);
    fc.assert(
      fc.property(
        anyPace,
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.integer({ min: 0, max: 1e7 }),
        (of, off, jump, nowMs) => {
          const round = roundMs(of);
          const startMs = next(firstSlot(1), of, nowMs, off);
          expect(startMs - nowMs).toBeGreaterThanOrEqual(0);
          expect(startMs - nowMs).toBeLessThanOrEqual(round + 1);
          const again = next(take(firstSlot(1), startMs), of, startMs, off + jump);
          expect(again - startMs).toBeGreaterThanOrEqual(round / 2 - 1);
          expect(again - startMs).toBeLessThanOrEqual(round * 1.5 + 1);
        },
      ),
    );
  });
});

describe('a pace', () => {
  const field = (change: Record<string, unknown>): string => {
    const parsed = chainRateLimitSchema.safeParse({ ...pace, ...change });
    return parsed.success ? 'taken' : (parsed.error.issues[0]?.path.join('.') ?? '');
  };

  it.each([
    [{}, 'taken'],
    [{ till: 10_000 }, 'taken'],
    [{ callsASecond: 0.5, tills: 3 }, 'taken'],
    [{ tills: 1 }, 'taken'],
    [{ till: 10_001 }, 'till'],
    [{ till: 0 }, 'till'],
    [{ till: 1.5 }, 'till'],
    [{ callsASecond: 0 }, 'callsASecond'],
    [{ callsASecond: -1 }, 'callsASecond'],
    [{ callsASecond: Number.POSITIVE_INFINITY }, 'callsASecond'],
    [{ callsASecond: '200' }, 'callsASecond'],
    // A turn every three hours: nobody means that.
    [{ callsASecond: 1 }, 'callsASecond'],
    [{ tills: 0 }, 'tills'],
    [{ tills: undefined }, 'tills'],
  ])('%j: %s', (change, expected) => expect(field(change)).toBe(expected));

  it('has no field that is not known', () => {
    expect(chainRateLimitSchema.safeParse({ ...pace, tillNumber: 2 }).success).toBe(false);
  });
});
