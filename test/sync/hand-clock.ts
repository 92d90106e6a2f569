import type { Clock } from '../../main/ports.ts';

/** Time in a test's hand: it passes when told to, and timers ring when told to, on time or not. */
export interface HandClock extends Clock {
  /** Both clocks go on; no timer rings by itself. */
  pass(byMs: number): void;
  /** Somebody sets the PC's clock. */
  setWall(byMs: number): void;
  /** Rings the timer at this place among the waiting ones, whether it is due or not. */
  ring(place: number): void;
  /** Rings whatever is due, in order. */
  ringDue(): void;
  waiting(): readonly number[];
}

export function createHandClock(startMs = Date.parse('2026-01-15T05:26:23Z')): HandClock {
  let wallMs = startMs;
  let elapsedMs = 1_000;
  const timers: { readonly atMs: number; readonly action: () => void }[] = [];
  const take = (place: number) => timers.splice(place, 1)[0]?.action();
  const nextDue = () => {
    const due = timers.filter(({ atMs }) => atMs <= elapsedMs).sort((a, b) => a.atMs - b.atMs)[0];
    return due === undefined ? -1 : timers.indexOf(due);
  };
  return {
    nowMs: () => wallMs,
    monotonicMs: () => elapsedMs,
    schedule: (delayMs, action) => {
      const timer = { atMs: elapsedMs + delayMs, action };
      timers.push(timer);
      return () => {
        const place = timers.indexOf(timer);
        if (place >= 0) timers.splice(place, 1);
      };
    },
    pass: (byMs) => {
      elapsedMs += byMs;
      wallMs += byMs;
    },
    setWall: (byMs) => {
      wallMs += byMs;
    },
    ring: (place) => void take(place),
    ringDue: () => {
      for (let place = nextDue(); place >= 0; place = nextDue()) take(place);
    },
    waiting: () => timers.map(({ atMs }) => atMs - elapsedMs),
  };
}
