import { addAmounts } from '../../preload/contract/index.ts';
import { afterCommit, afterOutcome, withoutOldKeyPause, withPause } from '../hosts/link/index.ts';
import type { Exchange, IncrementReply, SignedBody } from '../hosts/port/index.ts';
import { databaseFailure } from '../kernel/database/failure.ts';
import type { AttemptEnd, Baseline, BegunAttempt, Increment } from '../ledger/index.ts';
import type { SyncLoopParts } from './loop-parts.ts';

/** Retry interval of a failed commit; nothing is sent until it succeeds. */
const COMMIT_RETRY_MS = 1_000;

/** An attempt with its verified bytes. */
export interface SignedAttempt extends BegunAttempt {
  readonly signed: SignedBody;
}

/**
 * Commits an attempt's end. If that fails, the lane stays taken and sending stops until it succeeds (protocol rule 2);
 * after a crash the entry is found in `sending` and becomes `unknown`. The link learns the outcome in the step that
 * ends the pause, so that nothing goes in between.
 */
export async function commitEnd(
  parts: SyncLoopParts,
  begun: SignedAttempt,
  baseline: Baseline | null,
  end: AttemptEnd,
  isAgain: boolean,
): Promise<Increment> {
  for (;;) {
    const done = tryToEnd(parts, begun, baseline, end);
    if (done !== null) {
      const isOfPresentKey = begun.signed.keyFingerprint === parts.signer()?.keyFingerprint;
      const outcome = isOfPresentKey ? done.outcome : withoutOldKeyPause(done.outcome);
      const about = begun.increment.customerUid;
      const retryAfterMs = end.exchange.response?.retryAfterMs ?? null;
      const attempt = { isAgain, about, retryAfterMs };
      parts.link.update((state, at) => afterOutcome(afterCommit(state), outcome, at, attempt));
      return done.settled;
    }
    await new Promise<void>((resolve) => parts.clock.schedule(COMMIT_RETRY_MS, resolve));
  }
}

/** What was committed, and with which outcome: as received, or as unknown. */
interface Done {
  readonly settled: Increment;
  readonly outcome: AttemptEnd['outcome'];
}

/** Null if the disk refused; the queue is then paused. */
function tryToEnd(
  parts: SyncLoopParts,
  begun: BegunAttempt,
  baseline: Baseline | null,
  end: AttemptEnd,
): Done | null {
  const commit = (as: AttemptEnd): Done => ({
    settled: writeEnd(parts, begun, baseline, as),
    outcome: as.outcome,
  });
  const ours = (thrown: unknown): void => {
    if (databaseFailure(thrown) !== null) throw thrown;
    parts.logger.error('increment.end-failed', { sequence: begun.increment.sequence, error: String(thrown) });
  };
  const reply = 'reply' in end.outcome ? end.outcome.reply : null;
  try {
    try {
      return commit(end);
    } catch (thrown) {
      ours(thrown);
    }
    // If the end with its side effects cannot be committed, it is committed as unknown, at last alone: an entry must
    // not stay `sending` until a restart.
    const lost = { ...end, ...lostByUs(end.exchange, reply) };
    try {
      return commit(lost);
    } catch (thrown) {
      ours(thrown);
    }
    const alone = { ...end, ...lostByUs(end.exchange, null) };
    return { settled: parts.transitions.endAttempt(begun, alone), outcome: alone.outcome };
  } catch (thrown) {
    pauseForDisk(parts, thrown);
    return null;
  }
}

/** The end after a failure of our own: it may have been applied, and counts as sent. */
export function lostByUs(exchange: Exchange, reply: IncrementReply | null): AttemptEnd {
  const cause = exchange.response === null ? 'reply-lost' : 'unreadable';
  const phase = exchange.phase === 'connecting' ? 'sent' : exchange.phase;
  return {
    exchange: { ...exchange, phase },
    outcome: { kind: 'unknown', cause, pause: null, messages: [], reply },
  };
}

const isDuplicate = ({ outcome }: AttemptEnd): boolean =>
  outcome.kind === 'unknown' && outcome.cause === 'duplicate';

function writeEnd(
  parts: SyncLoopParts,
  begun: BegunAttempt,
  _baseline: Baseline | null,
  end: AttemptEnd,
): Increment {
  parts.detective.ended(begun.increment.id, isDuplicate(end));
  return parts.transitions.endAttempt(begun, end, (settled) => {
    // In one commit: after a crash the baseline includes this increment, or neither is stored.
    const knownNow = parts.directory.baseline(settled.customerUid);
    if (end.outcome.kind === 'applied' || isDuplicate(end)) learnSums(parts, settled, knownNow);
    if (end.exchange.phase !== 'connecting') parts.meter.count('increment');
  });
}

export function pauseForDisk(
  { link, logger }: Pick<SyncLoopParts, 'link' | 'logger'>,
  thrown: unknown,
): void {
  const failure = databaseFailure(thrown);
  if (failure === null) throw thrown;
  logger.error('outbox.not-committed', { code: failure.code, sqlite: failure.details?.['sqlite'] ?? '' });
  link.update((state, at) => withPause(state, 'disk', '', at.nowMs));
}

/**
 * A confirmed reply's sums are the newest. Without sums the baseline moves by our increment; without a baseline, or
 * undecided, it is deleted. `knownNow`, not the baseline of the send: a manager may have answered for another entry
 * since.
 */
function learnSums(
  { directory, clock }: SyncLoopParts,
  increment: Increment,
  knownNow: Baseline | null,
): void {
  const { state, balanceAfter, pointAfter, balanceIncrement, pointIncrement, customerUid } = increment;
  const known = state === 'confirmed' ? knownNow : null;
  const balance = balanceAfter ?? (known === null ? null : addAmounts(known.balance, balanceIncrement));
  const point = pointAfter ?? (known === null ? null : addAmounts(known.point, pointIncrement));
  if (balance === null || point === null) directory.forgetBaseline(customerUid);
  else directory.keepSums(customerUid, balance, point, clock.nowMs());
}
