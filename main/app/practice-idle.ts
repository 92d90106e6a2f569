import type { Clock } from '../kernel/ports.ts';

/** So long practice stays open that nobody touches, where the live till is not locked by itself. */
export const PRACTICE_IDLE_MS = 900_000;

/** While practice is open nothing of the live till is sent: one that nobody touches is left, as a till is locked. */
export interface PracticeIdle {
  /** It was opened over a live till that is locked after `lockAfterMs`; 0: never. */
  begin(lockAfterMs: number): void;
  /** Somebody touches the till. */
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
