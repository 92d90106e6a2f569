import { compareAmounts, isZeroAmount } from '../../preload/contract/index.ts';
import type { IncrementReply } from '../hosts/port/index.ts';
import type { Increment } from '../ledger/index.ts';
import type { Sums } from './undecided.ts';

/** What else a fitting success may be the answer to. */
export interface OtherAnswers {
  /** What the member may have held before sendings of equal increments that never had their answer here. */
  readonly unanswered: readonly Sums[];
  /** Whether each of the host's newest fitting successes told the second that was sent. */
  readonly echoes: readonly boolean[];
}

/** Longer than anything between a till and a host keeps an answer, by far (ADR 21): then an equal sum is a habit. */
export const ANSWERS_LIVE_MS = 86_400_000;

/** So many that told the second say that the host always does. */
const FEWEST_ECHOES = 3;

/**
 * Whether a success that fits may be another increment's (protocol, "A success fits"): it tells the very sums from which
 * an equal one was sent whose answer never came, or lacks the second that this host always tells. One that tells the
 * entry's own second is its own: no other of this till has it. Pure.
 */
export function mayBeOfAnother(
  entry: Pick<Increment, 'balanceIncrement' | 'pointIncrement' | 'dataChangeTime'>,
  reply: IncrementReply,
  { unanswered, echoes }: OtherAnswers,
): boolean {
  if (reply.dataChangeTime === entry.dataChangeTime) return false;
  const alwaysEchoes = echoes.length >= FEWEST_ECHOES && echoes.every((echo) => echo);
  return alwaysEchoes || unanswered.some((before) => tellsSumsOf(entry, reply, before));
}

/** Part by part as far as told; a part that is not moved is the same at any time, and says nothing alone. */
function tellsSumsOf(
  { balanceIncrement, pointIncrement }: Parameters<typeof mayBeOfAnother>[0],
  { balanceBeforeUpdate, pointBeforeUpdate }: IncrementReply,
  before: Sums,
): boolean {
  const parts = [
    { told: balanceBeforeUpdate, was: before.balance, moves: !isZeroAmount(balanceIncrement) },
    { told: pointBeforeUpdate, was: before.point, moves: !isZeroAmount(pointIncrement) },
  ];
  return (
    parts.some(({ told, moves }) => told !== null && moves) &&
    parts.every(({ told, was }) => told === null || compareAmounts(told, was) === 0)
  );
}
