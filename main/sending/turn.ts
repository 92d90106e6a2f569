import { type Pace, roundMs } from '../hosts/link/index.ts';

/** A till's send slots. */
export interface Turn {
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
export const firstTurn = (calls: number): Turn => ({
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
export function awaited(turn: Turn, pace: Pace, { chainMs, monotonicMs }: ChainMoment): Turn {
  const { atMonotonicMs } = turn;
  if (atMonotonicMs !== null && monotonicMs <= atMonotonicMs + LATEST_MS) return turn;
  const roundOfMs = roundMs(pace) * turn.calls;
  const placeMs = ((pace.till - 1) / pace.tills) * roundOfMs;
  const notBeforeMs = chainMs + Math.max(0, turn.usedAtMonotonicMs + roundOfMs / 2 - monotonicMs);
  const begun = Math.ceil((notBeforeMs - placeMs) / roundOfMs);
  return { ...turn, atMonotonicMs: monotonicMs + (placeMs + begun * roundOfMs - chainMs) };
}

export const inMs = ({ atMonotonicMs }: Turn, monotonicMs: number): number =>
  atMonotonicMs === null ? 0 : Math.max(0, atMonotonicMs - monotonicMs);

/** Nothing could go: after whatever ends that (a network back for all tills) the next slot is awaited. */
export const withoutTurn = (turn: Turn): Turn =>
  turn.atMonotonicMs === null ? turn : { ...turn, atMonotonicMs: null };

/** Uses the slot; `calls` since the last one, null if KYBIO was not reached. */
export function used(turn: Turn, monotonicMs: number, calls: number | null): Turn {
  const isFirst = turn.usedAtMonotonicMs === Number.NEGATIVE_INFINITY;
  const lastCalls = isFirst || calls === null ? turn.lastCalls : within(calls);
  return {
    atMonotonicMs: null,
    usedAtMonotonicMs: monotonicMs,
    calls: calls === null ? turn.calls : Math.min(turn.lastCalls, lastCalls),
    lastCalls,
  };
}
