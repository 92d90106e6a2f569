import type { Clock } from '../../main/kernel/ports.ts';

/** Time in a test's hand: it passes when told to, and timers ring when told to, on time or not. */
export interface TestClock extends Clock {
  /** Both clocks go on; no timer rings by itself. */
  pass(byMs: number): void;
  /** The same, and whatever is due then rings. */
  advance(byMs: number): void;
  /** Each clock goes on by as much, and nothing rings: a PC that sleeps, or a wall clock that somebody sets. */
  jump(wallMs: number, monotonicMs: number): void;
  /** Somebody sets the wall clock. */
  set(nowMs: number): void;
  /** Rings the timer at this place among the waiting ones, whether it is due or not. */
  ring(place: number): void;
  /** Rings whatever is due, in order. */
  ringDue(): void;
  /** On to the next timer, which it rings; false where none waits. */
  runNext(): boolean;
  /** How long each timer still has, in the order in which they were set. */
  waiting(): readonly number[];
}

/** A Thursday in January, where it is past noon in Singapore. */
const startOfTestsMs = Date.parse('2026-01-15T05:26:23Z');

export function createTestClock(startMs = startOfTestsMs): TestClock {
  let wallMs = startMs;
  let elapsedMs = 1_000;
  const timers: { readonly atMs: number; readonly action: () => void }[] = [];
  const take = (place: number) => timers.splice(place, 1)[0]?.action();
  /** The place of the earliest, of those set first the first; -1 where none waits until then. */
  const earliest = (untilMs = Number.POSITIVE_INFINITY) => {
    const [first] = timers.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
    return first === undefined ? -1 : timers.indexOf(first);
  };
  const jump = (byWallMs: number, byMonotonicMs: number) => {
    wallMs += byWallMs;
    elapsedMs += byMonotonicMs;
  };
  const pass = (byMs: number) => jump(byMs, byMs);
  const ringDue = () => {
    for (let place = earliest(elapsedMs); place >= 0; place = earliest(elapsedMs)) take(place);
  };
  return {
    ...{ pass, jump, ringDue },
    nowMs: () => wallMs,
    monotonicMs: () => elapsedMs,
    schedule: (delayMs, action) => {
      const timer = { atMs: elapsedMs + Math.max(0, delayMs), action };
      timers.push(timer);
      return () => {
        const place = timers.indexOf(timer);
        if (place >= 0) timers.splice(place, 1);
      };
    },
    // Nothing is waited for: no time passes until then.
    advance: (byMs) => {
      pass(byMs);
      ringDue();
    },
    set: (nowMs) => jump(nowMs - wallMs, 0),
    ring: (place) => void take(place),
    runNext: () => {
      const place = earliest();
      if (place < 0) return false;
      pass(Math.max(0, (timers[place]?.atMs ?? 0) - elapsedMs));
      take(place);
      return true;
    },
    waiting: () => timers.map(({ atMs }) => atMs - elapsedMs),
  };
}
