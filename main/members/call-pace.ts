import type { CallMeter } from '../hosts/link/call-meter-repository.ts';
import type { Clock } from '../kernel/ports.ts';
import { PACE_MS, type Pace } from './call-forecast.ts';

/** A busier till than this forecasts from its newest calls. */
const MOST_KEPT = 2_000;

/** The same meter, which also notices how fast the counter's calls follow each other. In memory: it is a forecast. */
export function withPace(meter: CallMeter, clock: Clock): CallMeter & { pace(): Pace } {
  const openedAtMs = clock.monotonicMs();
  let madeAtMs: number[] = [];
  return {
    ...meter,
    count: (purpose) => {
      meter.count(purpose);
      if (purpose === 'directory' || purpose === 'matching' || purpose === 'count') return;
      const nowMs = clock.monotonicMs();
      madeAtMs = [...madeAtMs.filter((atMs) => nowMs - atMs < PACE_MS), nowMs].slice(-MOST_KEPT);
    },
    pace: () => {
      const nowMs = clock.monotonicMs();
      return { agesMs: madeAtMs.map((atMs) => nowMs - atMs), watchedMs: nowMs - openedAtMs };
    },
  };
}
