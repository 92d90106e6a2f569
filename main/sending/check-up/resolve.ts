import { subtractAmounts } from '../../../preload/contract/index.ts';
import { noSums, sameSums } from '../undecided.ts';
import type { Bench } from './bench.ts';
import { isNothing, pendingOf, withEnd } from './state.ts';

/** As for any entry. */
export interface Waits {
  /** End of the settling time, monotonic: earlier readings do not count. */
  readonly quiescentAtMonotonicMs: number;
  readonly secondReadingMs: number;
}

/**
 * Finds out by two equal readings whether the attempt arrived. False if the sums moved otherwise: a person must look.
 */
export async function resolvePending(bench: Bench, waits: Waits): Promise<boolean> {
  const { clock, repository } = bench.parts;
  const waitMs = waits.quiescentAtMonotonicMs - clock.monotonicMs();
  if (waitMs > 0) await bench.delay(waitMs);
  const first = await bench.read();
  await bench.delay(waits.secondReadingMs);
  const sums = await bench.read();
  const state = bench.state();
  const pending = pendingOf(state);
  if (pending === null) return true;
  const { send, attempt } = pending;
  const moved = {
    balance: subtractAmounts(sums.balance, attempt.before.balance),
    point: subtractAmounts(sums.point, attempt.before.point),
  };
  const arrived = sameSums(moved, send.increments);
  if (!sameSums(first, sums) || !(arrived || isNothing(moved))) return false;
  const effect = arrived ? send.increments : noSums;
  repository.save(
    { ...withEnd(state, send, { effect, answer: 'resolved' }), sums },
    {
      what: 'resolved',
      content: { key: send.key, effect, before: attempt.before, after: sums },
    },
  );
  return true;
}
