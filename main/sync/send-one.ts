import { type EntryCause, isZeroAmount } from '../../preload/contract/index.ts';
import { databaseFailure } from '../database/failure.ts';
import { classifyIncrement } from '../kybio/outcome.ts';
import type { Exchange, KybioClient, Outcome } from '../kybio/types.ts';
import type { DirectoryRepository } from '../members/directory-repository.ts';
import type { OutboxRepository } from '../outbox/outbox-repository.ts';
import type { TransitionsRepository } from '../outbox/transitions-repository.ts';
import type { AttemptEnd, BegunAttempt, Increment, SendCandidate } from '../outbox/types.ts';
import type { Clock, Logger } from '../ports.ts';
import type { CallMeter } from './call-meter-repository.ts';
import type { Link } from './link.ts';
import { afterCommit, afterOutcome, withPause } from './link-state.ts';
import type { Signer } from './signer.ts';

export interface SendOneParts {
  readonly outbox: OutboxRepository;
  readonly transitions: TransitionsRepository;
  readonly directory: DirectoryRepository;
  readonly meter: CallMeter;
  readonly link: Link;
  readonly client: () => KybioClient;
  readonly signer: () => Signer | null;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly abort: AbortSignal;
  /** The entry is committed as `sending`. */
  readonly onBegun: () => void;
}

/** An increment younger than this takes a connection of its own: a reused socket may be stale. */
const FRESH_AGE_MS = 10_000;

/** How soon a commit that failed is tried again. Nothing is sent until it went through. */
const COMMIT_RETRY_MS = 1_000;

/** One attempt of one entry: vouch, commit, send, classify, commit. Resolves when the end is committed. */
export function createSendOne(
  parts: SendOneParts,
): (candidate: SendCandidate, slot: number) => Promise<void> {
  const commitEnd = createCommitEnd(parts);
  return async (candidate, slot) => {
    if (!vouched(parts, candidate)) return;
    const fresh = parts.clock.nowMs() - candidate.createdAtMs < FRESH_AGE_MS;
    const begun = begin(parts, candidate, fresh);
    if (begun === null) return;
    parts.onBegun();
    const { increment } = begun;
    const exchange = await parts
      .client()
      .sendIncrement(begun.signed, { freshConnection: fresh, slot, signal: parts.abort });
    const outcome = classifyIncrement(exchange, increment);
    logEnd(parts.logger, begun, exchange, outcome);
    const settled = await commitEnd(begun, {
      exchange,
      outcome,
      notBeforeMs: notBefore(parts.clock, outcome),
    });
    parts.link.hear(exchange);
    if (exchange.phase !== 'connecting') countCall(parts);
    learnSums(parts, settled);
  };
}

/** Signed by the present key, and the signature fits the bytes: else it is not sent as it is. */
function vouched(
  { outbox, transitions, signer, link, logger }: SendOneParts,
  candidate: SendCandidate,
): boolean {
  const key = signer();
  if (key === null) {
    link.update((state, at) => withPause(state, 'key-lost', '', at.nowMs));
    return false;
  }
  const signed = outbox.signedBody(candidate.id);
  if (signed === null) return false;
  if (signed.keyFingerprint !== key.keyFingerprint) {
    const resigned = transitions.resign(key.signBody);
    logger.info('outbox.resigned', { entries: resigned });
    // Another version of the row now: the next look at the plan takes it up.
    return false;
  }
  if (key.verify(signed)) return true;
  logger.error('outbox.not-vouched-for', { sequence: candidate.sequence });
  transitions.quarantine(candidate);
  return false;
}

function begin(parts: SendOneParts, candidate: SendCandidate, fresh: boolean): BegunAttempt | null {
  try {
    return parts.transitions.beginAttempt(candidate, parts.directory.baseline(candidate.customerUid), fresh);
  } catch (thrown) {
    pauseForDisk(parts, thrown);
    return null;
  }
}

/**
 * If an outcome cannot be committed, sending stops until it can (rule 2). The process may die first:
 * then the row is found in `sending` and is `unknown`. What the outcome means for the queue is told in
 * the same step that ends the pause, so that nothing goes between the two.
 */
function createCommitEnd(parts: SendOneParts): (begun: BegunAttempt, end: AttemptEnd) => Promise<Increment> {
  const uncommitted = new Set<BegunAttempt>();
  return async (begun, end) => {
    for (;;) {
      const settled = tryToEnd(parts, begun, end);
      if (settled === null) {
        uncommitted.add(begun);
        await new Promise<void>((resolve) => parts.clock.schedule(COMMIT_RETRY_MS, resolve));
        continue;
      }
      uncommitted.delete(begun);
      parts.link.update((state, at) =>
        afterOutcome(uncommitted.size === 0 ? afterCommit(state) : state, end.outcome, at),
      );
      return settled;
    }
  };
}

/** Null where the disk refused; the queue is paused then. */
function tryToEnd(parts: SendOneParts, begun: BegunAttempt, end: AttemptEnd): Increment | null {
  try {
    return parts.transitions.endAttempt(begun, end);
  } catch (thrown) {
    pauseForDisk(parts, thrown);
    return null;
  }
}

function pauseForDisk({ link, logger }: SendOneParts, thrown: unknown): void {
  const failure = databaseFailure(thrown);
  if (failure === null) throw thrown;
  logger.error('outbox.not-committed', { code: failure.code, sqlite: failure.details?.['sqlite'] ?? '' });
  link.update((state, at) => withPause(state, 'disk', '', at.nowMs));
}

const notBefore = (clock: Clock, outcome: Outcome): number =>
  outcome.kind === 'not-applied' && outcome.retryAfterMs !== null ? clock.nowMs() + outcome.retryAfterMs : 0;

function countCall({ meter, logger }: SendOneParts): void {
  try {
    meter.count('increment');
  } catch (thrown) {
    logger.warn('meter.not-counted', { error: String(thrown) });
  }
}

/** What a confirmed reply says is the newest that anybody knows of this member. */
function learnSums({ directory, clock, logger }: SendOneParts, increment: Increment): void {
  const { state, balanceAfter, pointAfter, customerUid } = increment;
  if (state !== 'confirmed' || balanceAfter === null || pointAfter === null) return;
  try {
    directory.keepSums(customerUid, balanceAfter, pointAfter, clock.nowMs());
  } catch (thrown) {
    logger.warn('directory.not-kept', { error: String(thrown) });
  }
}

function logEnd(
  logger: Logger,
  { increment, number }: BegunAttempt,
  exchange: Exchange,
  outcome: Outcome,
): void {
  const cause: EntryCause | null = 'cause' in outcome ? outcome.cause : null;
  logger.info('increment.attempt', {
    entry: increment.id,
    sequence: increment.sequence,
    attempt: number,
    award: isZeroAmount(increment.balanceIncrement),
    outcome: outcome.kind,
    cause,
    phase: exchange.phase,
    status: exchange.response?.status ?? null,
    failure: exchange.failure?.code ?? null,
    elapsedMs: exchange.endedAtMs - exchange.startedAtMs,
  });
}
