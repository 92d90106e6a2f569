import { subtractAmounts } from '../../../preload/contract/index.ts';
import type { Bench } from './bench.ts';
import { sameSums } from './read-answers.ts';
import { isNothing, noMovement, pendingOf, withEnd } from './state.ts';

/** How patient it is with an answer that was lost: the same as for any entry. */
export interface Patience {
  /** No reading counts before this, on the monotonic clock. */
  readonly quiescentAtMonotonicMs: number;
  readonly secondReadingMs: number;
}

/**
 * Finds out by two equal readings whether the attempt whose answer was lost has arrived. False where
 * the member's sums moved in another way: then it stays unknown, and a person must look.
 */
export async function resolvePending(bench: Bench, patience: Patience): Promise<boolean> {
  const { clock, repository } = bench.parts;
  const waitMs = patience.quiescentAtMonotonicMs - clock.monotonicMs();
  if (waitMs > 0) await bench.delay(waitMs);
  const first = await bench.read();
  await bench.delay(patience.secondReadingMs);
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
  const effect = arrived ? send.increments : noMovement;
  repository.save(
    { ...withEnd(state, send, { effect, answer: 'resolved' }), sums },
    {
      what: 'resolved',
      content: { key: send.key, effect, before: attempt.before, after: sums },
    },
  );
  return true;
}
