/**
 * How a till feels for the rate that KYBIO has left for it, once it was refused for load: twice as rarely after each
 * refusal, quicker again by each increment that is applied (ADR 37). A till that nobody refuses never meets it.
 */
export interface Easing {
  /** About how long between two entries, of which one goes at a time; 0 = nothing was refused. */
  readonly everyMs: number;
  /** What began before was under way when it was refused, and tells nothing new. */
  readonly sinceMonotonicMs: number;
}

export const uneased: Easing = { everyMs: 0, sinceMonotonicMs: 0 };

const FIRST_MS = 2_000;
const SLOWEST_MS = 240_000;
const SLOWER = 2;
const QUICKER = 0.8;
/** No slower than a round trip: then it is over. */
const OVER_BELOW_MS = 250;

export function afterOverload(easing: Easing, begunAtMonotonicMs: number, monotonicMs: number): Easing {
  if (easing.everyMs > 0 && begunAtMonotonicMs < easing.sinceMonotonicMs) return easing;
  return {
    everyMs: Math.min(SLOWEST_MS, Math.max(FIRST_MS, easing.everyMs * SLOWER)),
    sinceMonotonicMs: monotonicMs,
  };
}

export function afterPassed(easing: Easing): Easing {
  const everyMs = easing.everyMs * QUICKER;
  return everyMs < OVER_BELOW_MS ? uneased : { ...easing, everyMs };
}

/** Drawn, so that tills that were refused together do not come back together. `unit` is uniform in [0, 1). */
export const easedWaitMs = ({ everyMs }: Easing, unit: number): number => Math.floor(everyMs * (0.5 + unit));

export const isEased = ({ everyMs }: Easing): boolean => everyMs > 0;
