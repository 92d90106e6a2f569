import type { Clock } from './ports.ts';

/**
 * Periodic work: `work` is done every `everyMs`, the first time after so long, until what is returned is called. The
 * next turn is set before the work begins: one that fails, or ends it all, takes nobody else's turn along.
 */
export function every(clock: Pick<Clock, 'schedule'>, everyMs: number, work: () => void): () => void {
  let cancel = clock.schedule(everyMs, turn);
  function turn() {
    cancel = clock.schedule(everyMs, turn);
    work();
  }
  return () => cancel();
}
