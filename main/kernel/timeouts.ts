import { createMutex } from './mutex.ts';
import type { Clock } from './ports.ts';

/** Work on a place that may never answer: a call to a disconnected share does not return. */
export interface TimedWork<T> {
  /** The folder worked on. */
  readonly place: string;
  /** Works of one lane run one after the other. */
  readonly lane: 'copies' | 'entries' | 'picked' | 'chain';
  readonly limitMs: number;
  readonly work: () => Promise<T>;
}

/** Timeouts for slow places. One for the whole program: a hanging call outlives a closed till. */
export interface Timeouts {
  /**
   * Settles as the work does; rejects with `ETIMEDOUT` after the limit, and at once while something hangs at this
   * place. A hanging call ends by itself when the place is back, and then new work is accepted.
   */
  run<T>(of: TimedWork<T>): Promise<T>;
  /** A call has not returned yet, so the process cannot end normally. */
  isBusy(): boolean;
}

/** Each hanging call blocks one of libuv's four file threads. */
const MOST = 3;

interface Call {
  readonly place: string;
  hangs: boolean;
}

const noAnswer = (place: string): Error =>
  Object.assign(new Error(`no answer: ${place}`), { code: 'ETIMEDOUT' });

export function createTimeouts(clock: Pick<Clock, 'schedule'>): Timeouts {
  const calls = new Set<Call>();
  const lanes = {
    copies: createMutex(),
    entries: createMutex(),
    picked: createMutex(),
    chain: createMutex(),
  };

  const begin = <T>({ place, limitMs, work }: TimedWork<T>): Promise<T> => {
    if (calls.size >= MOST || [...calls].some((call) => call.hangs && call.place === place))
      return Promise.reject(noAnswer(place));
    const call: Call = { place, hangs: false };
    calls.add(call);
    return new Promise((resolve, reject) => {
      const cancel = clock.schedule(limitMs, () => {
        call.hangs = true;
        reject(noAnswer(place));
      });
      work()
        .then(resolve, reject)
        .finally(() => {
          cancel();
          calls.delete(call);
        });
    });
  };

  return {
    run: (of) => lanes[of.lane](() => begin(of)),
    isBusy: () => calls.size > 0,
  };
}
