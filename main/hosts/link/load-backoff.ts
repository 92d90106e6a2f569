/**
 * The load back-off: after a refusal for load a till halves its rate, and raises it again with each applied increment
 * (ADR 37).
 */
export interface LoadBackoff {
  /** The interval between two entries, which go one at a time; 0: nothing was refused. */
  readonly everyMs: number;
  /** Attempts begun before this were under way at the refusal, and add nothing. */
  readonly sinceMonotonicMs: number;
}

export const noLoadBackoff: LoadBackoff = { everyMs: 0, sinceMonotonicMs: 0 };

const FIRST_MS = 2_000;
const SLOWEST_MS = 240_000;
const SLOWER = 2;
const QUICKER = 0.8;
/** Below a round trip it is over. */
const OVER_BELOW_MS = 250;

export function afterOverload(
  loadBackoff: LoadBackoff,
  begunAtMonotonicMs: number,
  monotonicMs: number,
): LoadBackoff {
  if (loadBackoff.everyMs > 0 && begunAtMonotonicMs < loadBackoff.sinceMonotonicMs) return loadBackoff;
  return {
    everyMs: Math.min(SLOWEST_MS, Math.max(FIRST_MS, loadBackoff.everyMs * SLOWER)),
    sinceMonotonicMs: monotonicMs,
  };
}

export function afterPassed(loadBackoff: LoadBackoff): LoadBackoff {
  const everyMs = loadBackoff.everyMs * QUICKER;
  return everyMs < OVER_BELOW_MS ? noLoadBackoff : { ...loadBackoff, everyMs };
}

/** Randomised, so that tills refused together do not return together. `unit` is uniform in [0, 1). */
export const loadBackoffWaitMs = ({ everyMs }: LoadBackoff, unit: number): number =>
  Math.floor(everyMs * (0.5 + unit));

export const isInLoadBackoff = ({ everyMs }: LoadBackoff): boolean => everyMs > 0;
