export interface BackoffPolicy {
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
}

export const defaultBackoff: BackoffPolicy = { firstDelayMs: 2_000, longestDelayMs: 60_000 };

/** Never quicker than this, so that a run of zeros from the jitter is no storm. */
const SHORTEST_DELAY_MS = 250;

/**
 * Full jitter: uniform between nothing and an exponentially growing bound, so that forty tills do not
 * come back in one breath. `failures` counts from 1, `unit` is uniform in [0, 1).
 */
export function backoffDelayMs(
  failures: number,
  unit: number,
  policy: BackoffPolicy = defaultBackoff,
): number {
  const bound = Math.min(policy.longestDelayMs, policy.firstDelayMs * 2 ** Math.min(failures - 1, 20));
  return Math.max(SHORTEST_DELAY_MS, Math.floor(unit * bound));
}
