import type { Clock } from '../../kernel/ports.ts';
import type { CallMeter } from './call-meter-repository.ts';

/** The window of the forecast: the last hour. */
export const RATE_WINDOW_MS = 3_600_000;

export interface CallRate {
  /** Age of each call of the counter; calls that stop by themselves (directory, matching, the account's count) are left out. */
  readonly agesMs: readonly number[];
  /** How long calls have been watched. */
  readonly watchedMs: number;
}

/** A busier till forecasts from its newest calls. */
const MOST_KEPT = 2_000;

/** Wraps the meter to measure the rate of the counter's calls, in memory, for the forecast. */
export function withCallRate(meter: CallMeter, clock: Clock): CallMeter & { callRate(): CallRate } {
  const openedAtMs = clock.monotonicMs();
  // A ring: while what waited is sent each call would else copy the newest of them.
  const madeAtMs = new Float64Array(MOST_KEPT);
  let made = 0;
  return {
    ...meter,
    count: (purpose) => {
      meter.count(purpose);
      if (purpose === 'directory' || purpose === 'matching' || purpose === 'count') return;
      madeAtMs[made % MOST_KEPT] = clock.monotonicMs();
      made += 1;
    },
    callRate: () => {
      const nowMs = clock.monotonicMs();
      const oldest = Math.max(0, made - MOST_KEPT);
      const agesMs = Array.from(
        { length: made - oldest },
        (_, index) => nowMs - (madeAtMs[(oldest + index) % MOST_KEPT] ?? nowMs),
      );
      return { agesMs: agesMs.filter((ageMs) => ageMs < RATE_WINDOW_MS), watchedMs: nowMs - openedAtMs };
    },
  };
}
