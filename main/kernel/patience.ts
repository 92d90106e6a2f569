import type { Clock } from './ports.ts';
import { createTurns } from './turns.ts';

/** Work on one place that may never answer: a share whose other end is gone takes a call and never gives it back. */
export interface PatientWork<T> {
  /** The folder that is worked on. */
  readonly place: string;
  /** Works of one lane are done one after the other. */
  readonly lane: 'copies' | 'entries' | 'picked';
  readonly limitMs: number;
  readonly work: () => Promise<T>;
}

/** Waits for slow places, and for none of them too long. One for the whole program: what hangs outlives a till that is closed. */
export interface Patience {
  /**
   * Resolves and rejects as the work does; rejects with `ETIMEDOUT` when the limit is over, and at once where something
   * hangs at this place. What hangs goes on by itself when the place is back, and then others are let in again.
   */
  run<T>(of: PatientWork<T>): Promise<T>;
  /** Something has not come back yet, and so a thread of this process may not end. */
  isBusy(): boolean;
}

/** Each call that hangs holds one of the four threads that every file of this process is read by. */
const MOST = 3;

interface Call {
  readonly place: string;
  hangs: boolean;
}

const noAnswer = (place: string): Error =>
  Object.assign(new Error(`no answer: ${place}`), { code: 'ETIMEDOUT' });

export function createPatience(clock: Pick<Clock, 'schedule'>): Patience {
  const calls = new Set<Call>();
  const lanes = { copies: createTurns(), entries: createTurns(), picked: createTurns() };

  const begin = <T>({ place, limitMs, work }: PatientWork<T>): Promise<T> => {
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
