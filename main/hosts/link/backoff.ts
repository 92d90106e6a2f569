export interface BackoffPolicy {
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
}

export const defaultBackoff: BackoffPolicy = { firstDelayMs: 2_000, longestDelayMs: 60_000 };

/** A minimum, so that small jitter values do not make a storm. */
const SHORTEST_DELAY_MS = 250;

/**
 * Full jitter: uniform between zero and an exponentially growing bound, so that forty tills do not return at once.
 * `failures` counts from 1, `unit` is uniform in [0, 1).
 */
export function backoffDelayMs(
  failures: number,
  unit: number,
  policy: BackoffPolicy = defaultBackoff,
): number {
  const bound = Math.min(policy.longestDelayMs, policy.firstDelayMs * 2 ** Math.min(failures - 1, 20));
  return Math.max(SHORTEST_DELAY_MS, Math.floor(unit * bound));
}
