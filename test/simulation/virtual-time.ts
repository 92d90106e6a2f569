import type { Clock } from '../../main/kernel/ports.ts';
import type { Prng } from './prng.ts';

interface Event {
  dueMs: number;
  readonly order: number;
  /** Null = nobody's: it is the world's. A till's timers stand still while its PC sleeps. */
  readonly owner: TillClock | null;
  action: (() => void) | null;
}

/** How much later than asked a timer may go off. */
export const LATEST_TIMER_MS = 180_000;

/** How a till's own timers go off. The world's events are always on time. */
export type TimerMode = 'exact' | 'late' | 'early' | 'any';

/** The clock of one process on the till's PC. */
export interface TillClock extends Clock {
  /** Like `schedule`, but never perturbed: for what the till does not time itself. */
  exactly(delayMs: number, action: () => void): void;
  /** The process has ended: its timers never go off. */
  stop(): void;
  alive(): boolean;
}

export interface VirtualTime {
  /** Milliseconds since the run began; the truth that no clock of the till shows. */
  now(): number;
  /** Unix ms, true: what the host's clock shows. */
  trueUnixMs(): number;
  after(delayMs: number, action: () => void): () => void;
  /** The wall clock of the till's PC is set by this much, for good or until it is set back. */
  jump(byMs: number): void;
  wallOffsetMs(): number;
  /** The PC sleeps from now on: its monotonic clock and its timers stand still until `wake`. */
  sleep(): void;
  wake(): number;
  asleep(): boolean;
  newTillClock(): TillClock;
  /** Runs the next event; false when none is left before `untilMs`. */
  step(untilMs: number): boolean;
}

/** Far more than a moment of a sound run has. */
const MOST_EVENTS_AT_ONCE = 100_000;

const earlier = (left: Event, right: Event): boolean =>
  left.dueMs === right.dueMs ? left.order < right.order : left.dueMs < right.dueMs;

/** A binary heap, since a run has thousands of events. */
class Heap {
  private events: Event[] = [];

  get first(): Event | undefined {
    return this.events[0];
  }

  push(event: Event): void {
    this.events.push(event);
    let at = this.events.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.swapIfEarlier(at, parent)) break;
      at = parent;
    }
  }

  pop(): Event | undefined {
    const [first] = this.events;
    const last = this.events.pop();
    if (first === undefined || last === undefined || first === last) return first;
    this.events[0] = last;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      let child = left;
      if (this.isEarlier(right, left)) child = right;
      if (!this.swapIfEarlier(child, at)) return first;
      at = child;
    }
  }

  shift(change: (event: Event) => void): void {
    const all = this.events;
    this.events = [];
    for (const event of all) {
      change(event);
      if (event.action !== null) this.push(event);
    }
  }

  private isEarlier(left: number, right: number): boolean {
    const [a, b] = [this.events[left], this.events[right]];
    return a !== undefined && b !== undefined && earlier(a, b);
  }

  private swapIfEarlier(child: number, parent: number): boolean {
    const [a, b] = [this.events[child], this.events[parent]];
    if (a === undefined || b === undefined || !earlier(a, b)) return false;
    this.events[child] = b;
    this.events[parent] = a;
    return true;
  }
}

const delayInMode = (mode: TimerMode, delayMs: number, prng: Prng): number => {
  const kind = mode === 'any' ? prng.pick(['exact', 'late', 'early'] as const) : mode;
  if (kind === 'late') return delayMs + (prng.chance(0.1) ? prng.below(LATEST_TIMER_MS) : prng.below(5_000));
  // Never at once, or a loop that waits for a moment would stand still in front of it.
  return kind === 'early' ? Math.max(Math.min(1, delayMs), delayMs * (0.5 + prng.unit() / 2)) : delayMs;
};

export interface VirtualTimeOptions {
  readonly startUnixMs: number;
  readonly timers: TimerMode;
  readonly prng: Prng;
}

export function createVirtualTime({ startUnixMs, timers, prng }: VirtualTimeOptions): VirtualTime {
  const heap = new Heap();
  let nowMs = 0;
  let eventsNow = 0;
  let order = 0;
  let offsetMs = 0;
  let sleptMs = 0;
  let asleepSinceMs: number | null = null;
  // What a sleeping PC does not do; `wake` moves it by the whole sleep.
  const putOff: Event[] = [];

  const add = (dueMs: number, action: () => void, owner: TillClock | null): (() => void) => {
    order += 1;
    const event: Event = { dueMs: Math.max(dueMs, nowMs), order, owner, action };
    heap.push(event);
    return () => {
      event.action = null;
    };
  };
  const awakeMs = (): number => (asleepSinceMs ?? nowMs) - sleptMs;

  const newTillClock = (): TillClock => {
    const bornAtMs = awakeMs();
    let stopped = false;
    const clock: TillClock = {
      nowMs: () => Math.floor(startUnixMs + nowMs + offsetMs),
      monotonicMs: () => awakeMs() - bornAtMs,
      schedule: (delayMs, action) => {
        if (stopped) return () => undefined;
        const inMs = timers === 'exact' ? delayMs : delayInMode(timers, delayMs, prng);
        // Whole milliseconds: the rest of a moment that was nearly reached may be too little to add to the time.
        const wholeMs = Math.ceil(Math.max(0, inMs));
        return add(nowMs + wholeMs, () => (stopped ? undefined : action()), clock);
      },
      exactly: (delayMs, action) => void add(nowMs + delayMs, () => (stopped ? undefined : action()), clock),
      stop: () => {
        stopped = true;
      },
      alive: () => !stopped,
    };
    return clock;
  };

  return {
    now: () => nowMs,
    trueUnixMs: () => startUnixMs + nowMs,
    after: (delayMs, action) => add(nowMs + delayMs, action, null),
    jump: (byMs) => {
      offsetMs += byMs;
    },
    wallOffsetMs: () => offsetMs,
    sleep: () => {
      asleepSinceMs ??= nowMs;
    },
    wake: () => {
      const since = asleepSinceMs;
      if (since === null) return 0;
      const lostMs = nowMs - since;
      asleepSinceMs = null;
      sleptMs += lostMs;
      for (const event of putOff.splice(0)) heap.push(event);
      heap.shift((event) => {
        if (event.owner !== null) event.dueMs = Math.max(nowMs, event.dueMs + lostMs);
      });
      return lostMs;
    },
    asleep: () => asleepSinceMs !== null,
    newTillClock,
    step: (untilMs) => {
      let event = heap.first;
      while (
        event !== undefined &&
        (event.action === null || (event.owner !== null && asleepSinceMs !== null))
      ) {
        heap.pop();
        if (event.action !== null) putOff.push(event);
        event = heap.first;
      }
      if (event === undefined || event.dueMs > untilMs) {
        nowMs = Math.max(nowMs, untilMs);
        return false;
      }
      eventsNow = event.dueMs > nowMs ? 0 : eventsNow + 1;
      // Something runs in a circle: the run ends here, and what is open has no end.
      if (eventsNow > MOST_EVENTS_AT_ONCE) return false;
      heap.pop();
      nowMs = event.dueMs;
      event.action?.();
      return true;
    },
  };
}
