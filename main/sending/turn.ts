import { type Pace, roundMs } from '../hosts/link/index.ts';

/** Where a till stands among its turns. */
export interface Turn {
  /** When the next one begins, by the monotonic clock; null while nothing could go. */
  readonly atMonotonicMs: number | null;
  readonly usedAtMonotonicMs: number;
  /** Calls that an entry takes: as many rounds as calls, so that the chain makes no more of them. */
  readonly calls: number;
  /** … and took the last time. A single lost reply is asked after once, and slows down nothing. */
  readonly lastCalls: number;
}

/** An entry takes no more than that; what else was asked meanwhile must not hold the queue. */
const MOST_CALLS = 4;
const within = (calls: number): number => Math.min(MOST_CALLS, Math.max(1, calls));

/** `calls`: what an entry is taken to need before one has told. */
export const firstTurn = (calls: number): Turn => ({
  atMonotonicMs: null,
  usedAtMonotonicMs: Number.NEGATIVE_INFINITY,
  calls: within(calls),
  lastCalls: within(calls),
});

/** A timer may ring late. What is later than this is a PC that slept, and would meet another till's turn. */
const LATEST_MS = 5_000;

/** By the clock that all tills share, KYBIO's, as far as this one has heard it. */
export interface ChainMoment {
  readonly chainMs: number;
  readonly monotonicMs: number;
}

/**
 * The turn that is waited for. A till's turns come once a round, at the place of its number in it; one that was
 * used is followed by none within half a round, however the clock is set right meanwhile.
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

/** Nothing could go now: whatever frees it, a network that is back for all, waits for a turn that is yet to come. */
export const withoutTurn = (turn: Turn): Turn =>
  turn.atMonotonicMs === null ? turn : { ...turn, atMonotonicMs: null };

/** It goes; so many calls were made since the last one, null where that tells nothing: KYBIO was not reached. */
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
