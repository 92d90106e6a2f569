import { addAmounts, type EntryCause, isZeroAmount } from '../../preload/contract/index.ts';
import { databaseFailure } from '../database/failure.ts';
import type { Settings } from '../database/settings-repository.ts';
import { classifyIncrement } from '../kybio/outcome.ts';
import type { Exchange, KybioClient, Outcome } from '../kybio/types.ts';
import type { DirectoryRepository } from '../members/directory-repository.ts';
import type { JournalKeeper } from '../outbox/journal-keeper.ts';
import type { OutboxRepository } from '../outbox/outbox-repository.ts';
import type { TransitionsRepository } from '../outbox/transitions-repository.ts';
import type { AttemptEnd, Baseline, BegunAttempt, Increment, SendCandidate } from '../outbox/types.ts';
import type { Clock, Logger } from '../ports.ts';
import type { CallMeter } from './call-meter-repository.ts';
import type { Detective } from './detective-service.ts';
import { compareWithBelieved } from './doubt-of-end.ts';
import type { DoubtRepository } from './doubt-repository.ts';
import { loadHostProfile } from './evidence-policy.ts';
import type { FreshBaseline } from './fresh-baseline.ts';
import { wordsOf } from './host-profile.ts';
import type { Link } from './link.ts';
import { afterCommit, afterOutcome, saidOfKeyBefore, withPause } from './link-state.ts';
import type { Signer } from './signer.ts';

export interface SendOneParts {
  readonly outbox: OutboxRepository;
  readonly transitions: TransitionsRepository;
  readonly directory: DirectoryRepository;
  readonly meter: CallMeter;
  readonly link: Link;
  readonly client: () => KybioClient;
  readonly signer: () => Signer | null;
  readonly keeper: JournalKeeper;
  readonly freshBaseline: Pick<FreshBaseline, 'read'>;
  readonly settings: Settings;
  readonly detective: Pick<Detective, 'ended' | 'replied' | 'forget'>;
  readonly doubts: DoubtRepository;
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
): (candidate: SendCandidate, slot: number, from: 'queued' | 'unknown') => Promise<void> {
  const commitEnd = createCommitEnd(parts);
  return async (candidate, slot, from) => {
    if (!vouched(parts, candidate)) return;
    if (from === 'queued' && !(await parts.freshBaseline.read(candidate.customerUid))) return;
    const fresh = from === 'unknown' || parts.clock.nowMs() - candidate.createdAtMs < FRESH_AGE_MS;
    const believed = parts.directory.baseline(candidate.customerUid);
    const begun = begin(parts, candidate, believed, fresh, from);
    if (begun === null) return;
    parts.onBegun();
    const { increment } = begun;
    const isCovered = await covered(parts);
    const exchange = isCovered
      ? await parts
          .client()
          .sendIncrement(begun.signed, { freshConnection: fresh, slot, signal: parts.abort })
      : notTried(parts.clock);
    const words = wordsOf(loadHostProfile(parts.settings));
    const outcome = classifyIncrement(exchange, increment, words);
    logEnd(parts.logger, begun, exchange, outcome);
    const settled = await commitEnd(begun, believed, {
      exchange,
      outcome,
      notBeforeMs: notBefore(parts.clock, outcome),
      duplicateMeansApplied: from === 'unknown',
    });
    // After the commit, which ends a pause for the disk: the database takes rows, the head's file does not.
    if (!isCovered) parts.link.update((state, at) => withPause(state, 'disk', 'journal head', at.nowMs));
    if (settled.state !== 'unknown') parts.detective.forget(settled.id);
    parts.link.hear(exchange);
  };
}

/** The journal tells the same, the present key signed it, and the signature fits the bytes (rule 9). */
function vouched(parts: SendOneParts, candidate: SendCandidate): boolean {
  const { outbox, transitions, keeper, signer, link, logger } = parts;
  const key = signer();
  if (key === null) {
    link.update((state, at) => withPause(state, 'key-lost', '', at.nowMs));
    return false;
  }
  const vouches = (id: string): boolean => keeper.problem(id) === null;
  const signed = outbox.signedBody(candidate.id);
  const problem = signed === null ? 'gone' : keeper.problem(candidate.id);
  if (problem === null && signed?.keyFingerprint !== key.keyFingerprint) {
    // Another version of the row then: the next look at the plan takes it up.
    logger.info('outbox.resigned', { entries: transitions.resign(key.signBody, vouches) });
    return false;
  }
  if (problem === null && signed !== null && key.verify(signed)) return true;
  logger.error('outbox.not-vouched-for', { sequence: candidate.sequence, problem: problem ?? 'signature' });
  transitions.quarantine(candidate);
  return false;
}

/** Before an attempt's first byte leaves, the journal's head outside the database covers it. */
async function covered({ keeper, logger }: SendOneParts): Promise<boolean> {
  try {
    await keeper.cover();
    return true;
  } catch (thrown) {
    logger.error('journal.head-not-written', { error: String(thrown) });
    return false;
  }
}

/** An attempt that was ended before it began: nothing left this machine. */
function notTried(clock: Clock): Exchange {
  const nowMs = clock.nowMs();
  const failure = { kind: 'aborted', code: 'HEAD_NOT_WRITTEN' } as const;
  return {
    phase: 'connecting',
    reusedSocket: false,
    startedAtMs: nowMs,
    endedAtMs: nowMs,
    failure,
    response: null,
  };
}

function begin(
  parts: SendOneParts,
  candidate: SendCandidate,
  baseline: Baseline | null,
  fresh: boolean,
  from: 'queued' | 'unknown',
): BegunAttempt | null {
  try {
    return parts.transitions.beginAttempt(candidate, baseline, fresh, from);
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
function createCommitEnd(
  parts: SendOneParts,
): (begun: BegunAttempt, believed: Baseline | null, end: AttemptEnd) => Promise<Increment> {
  const uncommitted = new Set<BegunAttempt>();
  return async (begun, believed, end) => {
    for (;;) {
      const settled = tryToEnd(parts, begun, believed, end);
      if (settled === null) {
        uncommitted.add(begun);
        await new Promise<void>((resolve) => parts.clock.schedule(COMMIT_RETRY_MS, resolve));
        continue;
      }
      uncommitted.delete(begun);
      const isOfPresentKey = begun.signed.keyFingerprint === parts.signer()?.keyFingerprint;
      const outcome = isOfPresentKey ? end.outcome : saidOfKeyBefore(end.outcome);
      parts.link.update((state, at) =>
        afterOutcome(uncommitted.size === 0 ? afterCommit(state) : state, outcome, at),
      );
      return settled;
    }
  };
}

const mayHaveMoved = ({ outcome }: AttemptEnd): boolean =>
  outcome.kind === 'applied' || (outcome.kind === 'unknown' && outcome.cause === 'duplicate');

/** Null where the disk refused; the queue is paused then. */
function tryToEnd(
  parts: SendOneParts,
  begun: BegunAttempt,
  believed: Baseline | null,
  end: AttemptEnd,
): Increment | null {
  try {
    parts.detective.ended(begun.increment.id);
    return parts.transitions.endAttempt(begun, end, (settled) => {
      // In the same commit: after a crash what is believed of the member holds this increment, or both do not,
      // and what its reply said of others is not forgotten.
      if (mayHaveMoved(end)) learnSums(parts, settled);
      compareWithBelieved(parts, settled, believed);
      if (settled.state === 'confirmed') parts.detective.replied(settled, begun.begunAtMs);
      if (end.exchange.phase !== 'connecting') parts.meter.count('increment');
    });
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

/**
 * What a confirmed reply says is the newest that anybody knows of this member. Where it does not say, what
 * is believed moves by our own increment; where nothing is, or the entry is undecided, nothing is. Not what
 * was believed when the attempt began: a manager may have answered for another entry of the member since.
 */
function learnSums({ directory, clock }: SendOneParts, increment: Increment): void {
  const { state, balanceAfter, pointAfter, balanceIncrement, pointIncrement, customerUid } = increment;
  const known = state === 'confirmed' ? directory.baseline(customerUid) : null;
  const balance = balanceAfter ?? (known === null ? null : addAmounts(known.balance, balanceIncrement));
  const point = pointAfter ?? (known === null ? null : addAmounts(known.point, pointIncrement));
  if (balance === null || point === null) directory.forgetBaseline(customerUid);
  else directory.keepSums(customerUid, balance, point, clock.nowMs());
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
