import { compareAmounts, isZeroAmount } from '../../preload/contract/index.ts';
import type { IncrementReply } from '../hosts/port/index.ts';
import type { Increment } from '../ledger/index.ts';
import type { Sums } from './undecided.ts';

/** What else a fitting success may answer. */
export interface OtherAnswers {
  /** Possible sums before sends of equal increments that got no answer. */
  readonly unanswered: readonly Sums[];
  /** Whether each of the host's newest fitting successes had the second that was sent. */
  readonly echoes: readonly boolean[];
}

/** Far longer than anything between till and host keeps an answer (ADR 21); later, an equal sum is a habit. */
export const ANSWERS_LIVE_MS = 86_400_000;

/** So many with the second mean that the host always sends it. */
const FEWEST_ECHOES = 3;

/**
 * Whether a fitting success may be another increment's (protocol, "A success fits"): it has the sums before an equal
 * one without an answer, or lacks the second that this host always sends. One with the entry's own second is its own.
 * Pure.
 */
export function mayBeOfAnother(
  entry: Pick<Increment, 'balanceIncrement' | 'pointIncrement' | 'dataChangeTime'>,
  reply: IncrementReply,
  { unanswered, echoes }: OtherAnswers,
): boolean {
  if (reply.dataChangeTime === entry.dataChangeTime) return false;
  const alwaysEchoes = echoes.length >= FEWEST_ECHOES && echoes.every((echo) => echo);
  return alwaysEchoes || unanswered.some((before) => containsSumsOf(entry, reply, before));
}

/** Compares the reported parts; a part that does not move proves nothing alone. */
function containsSumsOf(
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
