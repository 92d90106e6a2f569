import type { Clock } from '../../../main/kernel/ports.ts';
import type { Prng } from '../prng.ts';
import { createVirtualTime, type TillClock, type VirtualTime } from '../virtual-time.ts';

/** One time for all tills; each PC's clock may be off. It stands still while a disk or a thread really works. */
export interface ChainTime extends VirtualTime {
  /** Time stands still until it is done. */
  hold<T>(work: () => Promise<T>): Promise<T>;
  /** Goes on, bit by bit, until it is done: what waits for timers and for threads. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /** Runs all that is due until then. */
  run(untilMs: number): Promise<void>;
  wait(forMs: number): Promise<void>;
  /** How long the longest of its steps took on this machine: a till's main thread was held so long. */
  longestStepMs(): number;
}

/** A PC's clock, and that of the network beside it. */
export interface PcClock extends Clock, Pick<TillClock, 'exactly' | 'stop' | 'alive'> {}

/** All that is to be done now is done. */
const turn = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));
const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
/** Messages of threads are looked at so often all the same. */
const BREATH_EVERY = 256;
/** Between two steps of one piece of work, as packing what was read. */
const QUIET_MS = 3;

/** A disk or a thread of this process works. */
const works: ReadonlySet<string> = new Set(['FSReqPromise', 'FSReqCallback', 'MessagePort']);
const atWork = (): number => process.getActiveResourcesInfo().filter((name) => works.has(name)).length;

export function createChainTime(startUnixMs: number, prng: Prng): ChainTime {
  const time = createVirtualTime({ startUnixMs, timers: 'exact', prng });
  const always = atWork();
  let held = 0;
  let steps = 0;
  let longestMs = 0;
  const isAtWork = () => atWork() > always;
  const untilQuiet = async () => {
    for (let sinceMs = performance.now(); performance.now() - sinceMs < QUIET_MS; await breath())
      if (isAtWork()) sinceMs = performance.now();
  };
  const settle = async () => {
    await turn();
    steps += 1;
    if (steps % BREATH_EVERY === 0) await breath();
    while (held > 0) await breath();
    if (isAtWork()) await untilQuiet();
  };
  const run: ChainTime['run'] = async (untilMs) => {
    await settle();
    for (;;) {
      const startedAtMs = performance.now();
      if (!time.step(untilMs)) break;
      longestMs = Math.max(longestMs, performance.now() - startedAtMs);
      await settle();
    }
  };
  return {
    ...time,
    run,
    during: async (work) => {
      let isDone = false;
      const done = work().finally(() => {
        isDone = true;
      });
      while (!isDone) {
        await run(time.now() + 10);
        await breath();
      }
      return done;
    },
    hold: async (work) => {
      held += 1;
      try {
        return await work();
      } finally {
        held -= 1;
      }
    },
    wait: (forMs) => new Promise((resolve) => void time.after(forMs, resolve)),
    longestStepMs: () => longestMs,
  };
}

export function pcClock(time: VirtualTime, offMs: () => number): PcClock {
  const clock = time.newTillClock();
  return { ...clock, nowMs: () => clock.nowMs() + offMs() };
}
