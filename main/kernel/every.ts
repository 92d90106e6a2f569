import type { Clock } from './ports.ts';

/**
 * Runs `work` every `everyMs`, first after that time, until the returned function is called. The next run is
 * scheduled first, so that one that fails does not end the series.
 */
export function every(clock: Pick<Clock, 'schedule'>, everyMs: number, work: () => void): () => void {
  let cancel = clock.schedule(everyMs, turn);
  function turn() {
    cancel = clock.schedule(everyMs, turn);
    work();
  }
  return () => cancel();
}
