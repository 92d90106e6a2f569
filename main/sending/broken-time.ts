/** What the clocks say at one look of the loop, and KYBIO's against them as last heard; null where it was not. */
export interface Beat {
  readonly nowMs: number;
  readonly monotonicMs: number;
  readonly skewMs: number | null;
}

/** Both clocks are read at once, and one that is set right goes by less in half a minute. */
const APART_MS = 10_000;

/** The loop looks every half minute; what is this late stood still. */
const GAP_MS = 120_000;

/** A grain of a second, and an answer that took a minute. */
const SKEW_MS = 60_000;

/**
 * Whether this process stood still since the last look: the PC slept, or a whole machine was put back as it was, and what
 * waits was perhaps sent meanwhile. One of the clocks stands still then, or both go on without a look, or KYBIO's goes on alone.
 */
export function isBroken(before: Beat, now: Beat): boolean {
  const wallMs = now.nowMs - before.nowMs;
  const passedMs = now.monotonicMs - before.monotonicMs;
  const isSet = before.skewMs !== null && now.skewMs !== null;
  const skewedMs = isSet ? (now.skewMs ?? 0) - (before.skewMs ?? 0) : 0;
  return Math.abs(wallMs - passedMs) >= APART_MS || passedMs >= GAP_MS || Math.abs(skewedMs) >= SKEW_MS;
}
