import type { Clock } from '../../../main/ports.ts';

export interface ManualClock extends Clock {
  /** Moves on and runs what is due. */
  advance(byMs: number): void;
  /** How many actions wait. */
  waiting(): number;
}

/** Time that passes only when told to, so that a deadline of a minute takes no time. */
export function createManualClock(startMs = 1_437_528_688_233): ManualClock {
  let elapsedMs = 0;
  const actions = new Set<{ readonly atMs: number; readonly action: () => void }>();
  return {
    nowMs: () => startMs + elapsedMs,
    monotonicMs: () => elapsedMs,
    schedule(delayMs, action) {
      const entry = { atMs: elapsedMs + delayMs, action };
      actions.add(entry);
      return () => actions.delete(entry);
    },
    advance(byMs) {
      elapsedMs += byMs;
      for (const entry of [...actions]) {
        if (entry.atMs > elapsedMs || !actions.delete(entry)) continue;
        entry.action();
      }
    },
    waiting: () => actions.size,
  };
}
