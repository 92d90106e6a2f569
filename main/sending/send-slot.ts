import { type ChainRateLimit, roundMs } from '../hosts/link/index.ts';

/** A till's send slots. */
export interface SendSlot {
  /** When the next one begins, on the monotonic clock; null while nothing could go. */
  readonly atMonotonicMs: number | null;
  readonly usedAtMonotonicMs: number;
  /** Calls per entry: it takes as many rounds, so that the chain's rate holds. */
  readonly calls: number;
  /** Calls of the last entry: one lost reply must not slow the queue. */
  readonly lastCalls: number;
}

/** Upper bound: other calls made meanwhile must not hold the queue. */
const MOST_CALLS = 4;
const within = (calls: number): number => Math.min(MOST_CALLS, Math.max(1, calls));

/** `calls`: assumed calls per entry until measured. */
export const firstSlot = (calls: number): SendSlot => ({
  atMonotonicMs: null,
  usedAtMonotonicMs: Number.NEGATIVE_INFINITY,
  calls: within(calls),
  lastCalls: within(calls),
});

/** A timer may be late; beyond this the PC slept, and would hit another till's slot. */
const LATEST_MS = 5_000;

/** `chainMs` is KYBIO's clock, as estimated here. */
interface ChainMoment {
  readonly chainMs: number;
  readonly monotonicMs: number;
}

/**
 * The next slot: one a round, at the place of the till's number. After a used slot none follows within half a round,
 * however the clock is corrected.
 */
export function awaited(
  slot: SendSlot,
  rateLimit: ChainRateLimit,
  { chainMs, monotonicMs }: ChainMoment,
): SendSlot {
  const { atMonotonicMs } = slot;
  if (atMonotonicMs !== null && monotonicMs <= atMonotonicMs + LATEST_MS) return slot;
  const roundOfMs = roundMs(rateLimit) * slot.calls;
  const placeMs = ((rateLimit.till - 1) / rateLimit.tills) * roundOfMs;
  const notBeforeMs = chainMs + Math.max(0, slot.usedAtMonotonicMs + roundOfMs / 2 - monotonicMs);
  const begun = Math.ceil((notBeforeMs - placeMs) / roundOfMs);
  return { ...slot, atMonotonicMs: monotonicMs + (placeMs + begun * roundOfMs - chainMs) };
}

export const inMs = ({ atMonotonicMs }: SendSlot, monotonicMs: number): number =>
  atMonotonicMs === null ? 0 : Math.max(0, atMonotonicMs - monotonicMs);

/** Nothing could go: after whatever ends that (a network back for all tills) the next slot is awaited. */
export const withoutSlot = (slot: SendSlot): SendSlot =>
  slot.atMonotonicMs === null ? slot : { ...slot, atMonotonicMs: null };

/** Uses the slot; `calls` since the last one, null if KYBIO was not reached. */
export function used(slot: SendSlot, monotonicMs: number, calls: number | null): SendSlot {
  const isFirst = slot.usedAtMonotonicMs === Number.NEGATIVE_INFINITY;
  const lastCalls = isFirst || calls === null ? slot.lastCalls : within(calls);
  return {
    atMonotonicMs: null,
    usedAtMonotonicMs: monotonicMs,
    calls: calls === null ? slot.calls : Math.min(slot.lastCalls, lastCalls),
    lastCalls,
  };
}
