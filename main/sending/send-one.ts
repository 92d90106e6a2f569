import { type EntryCause, isZeroAmount } from '../../preload/contract/index.ts';
import { withPause } from '../hosts/link/index.ts';
import type { Exchange, Outcome, Phase, SignedBody } from '../hosts/port/index.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type { AttemptEnd, Baseline, BegunAttempt, RecordedEntry, SendCandidate } from '../ledger/index.ts';
import type { CardsOfOthers } from './cards-of-others.ts';
import { commitEnd, lostByUs, pauseForDisk, type SignedAttempt } from './commit-end.ts';
import type { SyncLoopParts } from './loop-parts.ts';
import type { NewBaseline } from './new-baseline.ts';
import { mayBegin } from './plan.ts';

interface SendOneParts extends SyncLoopParts {
  readonly newBaseline: NewBaseline;
  readonly cardsOfOthers: CardsOfOthers;
  readonly abort: AbortSignal;
  /** The till closes: nothing new begins. */
  readonly isStopped: () => boolean;
}

/** The checkpoint cannot be written: nothing left this machine. */
const HEAD_NOT_WRITTEN = 'HEAD_NOT_WRITTEN';

/** One attempt of an entry: verify, commit, send, classify, commit. Resolves once its end is committed. */
export function createSendOne(
  parts: SendOneParts,
): (candidate: SendCandidate, from: 'queued' | 'unknown') => Promise<void> {
  return async (candidate, from) => {
    if (from === 'queued' && !(await readBefore(parts, candidate))) return;
    const started = begin(parts, candidate, from);
    if (started === null) return;
    const { begun, baseline } = started;
    const { exchange, outcome } = await tryToSend(parts, begun);
    // Before others are sent: KYBIO's clock reveals a restored machine.
    parts.link.hear(exchange);
    const settled = await commitEnd(parts, begun, baseline, { exchange, outcome }, from === 'unknown');
    // After the commit, which ends a disk pause: the database works, the checkpoint's file does not.
    if (exchange.failure?.code === HEAD_NOT_WRITTEN)
      parts.link.update((state, at) => withPause(state, 'disk', 'journal head', at.nowMs));
    if (settled.state !== 'unknown') parts.detective.forget(settled.id);
  };
}

/** Reads before a send, which may take minutes; false if the entry does not go. */
async function readBefore(parts: SendOneParts, candidate: SendCandidate): Promise<boolean> {
  if (!(await parts.preSendCheck.mayGo(candidate))) return false;
  return parts.newBaseline.read(candidate);
}

/** Checked again after the reads: a pause may have come, or the till closes. */
function mayStillBegin({ link, clock, isStopped }: SendOneParts, from: 'queued' | 'unknown'): boolean {
  if (isStopped()) return false;
  return from === 'queued' ? mayBegin(link.state, clock.monotonicMs()) : link.state.pauses.length === 0;
}

interface Started {
  readonly begun: SignedAttempt;
  readonly baseline: Baseline | null;
}

/** Commits `sending`; null if it does not begin. */
function begin(parts: SendOneParts, candidate: SendCandidate, from: 'queued' | 'unknown'): Started | null {
  try {
    // No await from here to the commit: the verified bytes are those sent.
    const found = mayStillBegin(parts, from) ? verifiedBody(parts, candidate) : null;
    if (found === null) return null;
    const { entry, signed } = found;
    if (from === 'queued' && parts.cardsOfOthers.stops(entry)) return null;
    const baseline = parts.directory.baseline(candidate.customerUid);
    const begun = parts.transitions.beginAttempt(candidate, baseline, from);
    if (begun === null) return null;
    parts.preSendCheck.begun(candidate.id);
    return { begun: { ...begun, signed }, baseline };
  } catch (thrown) {
    pauseForDisk(parts, thrown);
    return null;
  }
}

/** An entry as the journal proves it, and its signed bytes. */
interface ToSend {
  readonly entry: RecordedEntry;
  readonly signed: SignedBody;
}

/**
 * What to send, verified against the journal and signed by the current key (protocol rule 9); null if nothing is
 * sent.
 */
function verifiedBody(parts: SendOneParts, candidate: SendCandidate): ToSend | null {
  const { transitions, keeper, signer, link, logger } = parts;
  const key = signer();
  if (key === null) {
    link.update((state, at) => withPause(state, 'key-lost', '', at.nowMs));
    return null;
  }
  const isVerified = (id: string): boolean => keeper.problem(id) === null;
  const { problem, proven } = keeper.verified(candidate.id);
  const { entry, signed } = proven ?? { entry: null, signed: null };
  if (problem === null && signed?.keyFingerprint !== key.keyFingerprint) {
    // The entry has a new version: the next plan picks it up.
    logger.info('outbox.resigned', { entries: transitions.resign(key.signBody, isVerified) });
    return null;
  }
  if (problem === null && entry !== null && signed !== null && key.verify(signed)) return { entry, signed };
  logger.error('outbox.not-vouched-for', { sequence: candidate.sequence, problem: problem ?? 'signature' });
  transitions.quarantine(candidate);
  return null;
}

/**
 * Sends and classifies. An exception here is our failure, and what KYBIO did is unknown: the entry becomes `unknown`
 * instead of staying `sending`.
 */
async function tryToSend(parts: SendOneParts, begun: SignedAttempt): Promise<AttemptEnd> {
  const { clock, logger, abort: signal } = parts;
  let exchange: Exchange | null = null;
  try {
    exchange = (await isCheckpointed(parts))
      ? await parts.client().sendIncrement(begun.signed, signal)
      : endedByUs(clock, 'connecting', HEAD_NOT_WRITTEN);
    const outcome = parts.protocol.meaningOf(exchange, begun.increment);
    logEnd(logger, begun, exchange, outcome);
    return { exchange, outcome };
  } catch (thrown) {
    logger.error('increment.failed', { sequence: begun.increment.sequence, error: String(thrown) });
    return lostByUs(exchange ?? endedByUs(clock, 'sent', 'FAILED'), null);
  }
}

/** The checkpoint includes the attempt's row before its first byte leaves. */
async function isCheckpointed({ keeper, logger }: SendOneParts): Promise<boolean> {
  try {
    await keeper.checkpoint();
    return true;
  } catch (thrown) {
    logger.error('journal.head-not-written', { error: String(thrown) });
    return false;
  }
}

/** An exchange that ended on our side. */
function endedByUs(clock: Clock, phase: Phase, code: string): Exchange {
  const nowMs = clock.nowMs();
  const failure = { kind: 'aborted', code } as const;
  return { phase, startedAtMs: nowMs, endedAtMs: nowMs, failure, response: null };
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
