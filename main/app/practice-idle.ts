import type { Clock } from '../kernel/ports.ts';

/** Idle time of practice where the live till does not lock itself. */
export const PRACTICE_IDLE_MS = 900_000;

/** Leaves idle practice like a till is locked, for the live till does not send meanwhile. */
export interface PracticeIdle {
  /** `lockAfterMs` is the live till's; 0: never. */
  begin(lockAfterMs: number): void;
  inUse(): void;
  end(): void;
}

export function createPracticeIdle(clock: Pick<Clock, 'schedule'>, leave: () => void): PracticeIdle {
  let afterMs: number | null = null;
  let forget = (): void => undefined;
  const inUse = (): void => {
    forget();
    if (afterMs !== null) forget = clock.schedule(afterMs, leave);
  };
  return {
    begin: (lockAfterMs) => {
      afterMs = lockAfterMs === 0 ? PRACTICE_IDLE_MS : lockAfterMs;
      inUse();
    },
    inUse,
    end: () => {
      forget();
      afterMs = null;
    },
  };
}
