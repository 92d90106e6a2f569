import { type EntryCause, isZeroAmount } from '../../preload/contract/index.ts';
import type { CallMeter } from '../hosts/calls/index.ts';
import { afterBegun, isDoubted, type Link, withBrake, withPause } from '../hosts/link/index.ts';
import type {
  Exchange,
  HostProtocol,
  MemberHost,
  Outcome,
  Phase,
  SignedBody,
  Signer,
  UnlessRepeated,
} from '../hosts/port/index.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { SharedCommit } from '../kernel/database/shared-commit.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type {
  AttemptEnd,
  Baseline,
  BegunAttempt,
  ClosedInstallations,
  Increment,
  JournalKeeper,
  OutboxRepository,
  RecordedEntry,
  SendCandidate,
  TransitionsRepository,
} from '../ledger/index.ts';
import type { DirectoryRepository } from '../members/index.ts';
import type { CardsOfOthers } from './cards-of-others.ts';
import { createCommitEnd, lostByUs, pauseForDisk, type SignedAttempt } from './commit-end.ts';
import type { Detective } from './detective-service.ts';
import type { DoubtRepository, PapersBeside } from './doubts.ts';
import { learntWordsOf } from './learnt-refusals.ts';
import type { LooksBefore } from './looks-before.ts';
import type { NewBaseline } from './new-baseline.ts';
import type { OddSumsRepository } from './odd-sums.ts';
import { mayBegin } from './plan.ts';
import type { SecondCheck } from './second-check.ts';
import { mayBeOfAnother } from './whose-reply.ts';

export interface SendOneParts {
  readonly outbox: OutboxRepository;
  readonly transitions: TransitionsRepository;
  readonly sharedCommit: SharedCommit;
  readonly directory: DirectoryRepository;
  readonly meter: CallMeter;
  readonly link: Link;
  readonly client: () => MemberHost;
  readonly protocol: Pick<HostProtocol, 'meaningOf' | 'createRepeatedReplies'>;
  readonly signer: () => Signer | null;
  readonly keeper: JournalKeeper;
  readonly looks: Pick<LooksBefore, 'mayGo' | 'begun'>;
  readonly newBaseline: Pick<NewBaseline, 'read'>;
  readonly cardsOfOthers: CardsOfOthers;
  readonly settings: Settings;
  readonly detective: Pick<Detective, 'ended' | 'replied' | 'forget'>;
  readonly doubts: DoubtRepository;
  readonly confirmedPapers: PapersBeside;
  readonly closed: Pick<ClosedInstallations, 'ended'>;
  readonly oddSums: Pick<OddSumsRepository, 'note'>;
  readonly secondCheck: SecondCheck;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly abort: AbortSignal;
  /** Nothing new begins: the till closes. */
  readonly isStopped: () => boolean;
}

/** An increment younger than this takes a connection of its own: a reused socket may be stale. */
const FRESH_AGE_MS = 10_000;

/** The journal's head cannot be kept: nothing left this machine. */
const HEAD_NOT_WRITTEN = 'HEAD_NOT_WRITTEN';

/** One attempt of one entry: vouch, commit, send, classify, commit. Resolves when the end is committed. */
export function createSendOne(
  parts: SendOneParts,
): (candidate: SendCandidate, slot: number, from: 'queued' | 'unknown') => Promise<void> {
  const commitEnd = createCommitEnd(parts);
  const unlessRepeated = parts.protocol.createRepeatedReplies();
  return async (candidate, slot, from) => {
    if (from === 'queued' && !(await readBefore(parts, candidate))) return;
    const started = await begin(parts, candidate, from, commitEnd.mayHold);
    if (started === null) return;
    const { begun, baseline, newConnection, attempt } = started;
    const { exchange, outcome } = await tryToSend(parts, begun, { newConnection, slot }, unlessRepeated);
    // Before others go behind it: a machine that was put back is known by KYBIO's clock.
    parts.link.hear(exchange);
    const settled = await commitEnd.commit(
      begun,
      baseline,
      {
        exchange,
        outcome,
        notBeforeMs: notBefore(parts.clock, outcome),
        duplicateMeansApplied: from === 'unknown',
      },
      attempt,
    );
    // After the commit, which ends a pause for the disk: the database takes rows, the head's file does not.
    if (exchange.failure?.code === HEAD_NOT_WRITTEN)
      parts.link.update((state, at) => withPause(state, 'disk', 'journal head', at.nowMs));
    if (settled.state !== 'unknown') parts.detective.forget(settled.id);
    if (settled.state === 'confirmed' && outcome.kind === 'unknown') await parts.secondCheck(settled);
  };
}

/** What is read before an entry goes, which takes up to minutes; false where it does not go then. */
async function readBefore(parts: SendOneParts, candidate: SendCandidate): Promise<boolean> {
  if (!(await parts.looks.mayGo(candidate))) return false;
  return parts.newBaseline.read(candidate);
}

/** As things are now: what has ended since the entry was due may hold all, or the till closes. */
function mayStillBegin({ link, clock, isStopped }: SendOneParts, from: 'queued' | 'unknown'): boolean {
  if (isStopped()) return false;
  const { pauses, suspicion } = link.state;
  return from === 'queued'
    ? mayBegin(link.state, clock.monotonicMs())
    : pauses.length === 0 && suspicion === null;
}

interface Started {
  readonly begun: SignedAttempt;
  readonly baseline: Baseline | null;
  readonly newConnection: boolean;
  readonly attempt: { readonly begunAtMonotonicMs: number; readonly isAgain: boolean };
}

/**
 * Commits that it is sent, together with what else begins or ends at this moment; null where it does not begin. It
 * waits where one of those that end may bring a pause.
 */
async function begin(
  parts: SendOneParts,
  candidate: SendCandidate,
  from: 'queued' | 'unknown',
  isHeld: () => boolean,
): Promise<Started | null> {
  const work = (): Omit<Started, 'attempt'> | null => {
    // Nothing is waited for from here until the bytes are committed: those that are vouched for are those sent.
    const found = isHeld() || !mayStillBegin(parts, from) ? null : vouched(parts, candidate);
    if (found === null) return null;
    const { entry, signed } = found;
    if (from === 'queued' && parts.cardsOfOthers.stops(entry)) return null;
    const newConnection =
      from === 'unknown' ||
      // What was answered on a kept connection may have been another's answer: never twice on such a one.
      candidate.touched ||
      // What is answered to the one that goes alone must be the answer to this one.
      isDoubted(parts.link.state.brake) ||
      parts.clock.nowMs() - candidate.createdAtMs < FRESH_AGE_MS;
    const baseline = parts.directory.baseline(candidate.customerUid);
    const begun = parts.transitions.beginAttempt(candidate, baseline, newConnection, from);
    return begun === null ? null : { begun: { ...begun, signed }, baseline, newConnection };
  };
  const after = (done: Omit<Started, 'attempt'> | null): Started | null => {
    if (done === null) return null;
    parts.looks.begun(candidate.id);
    const attempt = { begunAtMonotonicMs: parts.clock.monotonicMs(), isAgain: from === 'unknown' };
    if (from === 'queued') parts.link.update((state) => withBrake(state, afterBegun(state.brake)));
    return { ...done, attempt };
  };
  try {
    return await parts.sharedCommit(work, after);
  } catch (thrown) {
    pauseForDisk(parts, thrown);
    return null;
  }
}

/** An entry as the journal tells it, and the bytes that were signed for it. */
interface ToSend {
  readonly entry: RecordedEntry;
  readonly signed: SignedBody;
}

/**
 * What to send: the journal tells the same, the present key signed the bytes, and the signature fits (protocol rule 9).
 * Null where nothing is sent.
 */
function vouched(parts: SendOneParts, candidate: SendCandidate): ToSend | null {
  const { transitions, keeper, signer, link, logger } = parts;
  const key = signer();
  if (key === null) {
    link.update((state, at) => withPause(state, 'key-lost', '', at.nowMs));
    return null;
  }
  const vouches = (id: string): boolean => keeper.problem(id) === null;
  const { problem, proven } = keeper.vouched(candidate.id);
  const { entry, signed } = proven ?? { entry: null, signed: null };
  if (problem === null && signed?.keyFingerprint !== key.keyFingerprint) {
    // Another version of the row then: the next look at the plan takes it up.
    logger.info('outbox.resigned', { entries: transitions.resign(key.signBody, vouches) });
    return null;
  }
  if (problem === null && entry !== null && signed !== null && key.verify(signed)) return { entry, signed };
  logger.error('outbox.not-vouched-for', { sequence: candidate.sequence, problem: problem ?? 'signature' });
  transitions.quarantine(candidate);
  return null;
}

/**
 * Sends, and tells what came of it. Whatever throws here is a failure of ours, and nobody knows then what KYBIO
 * did: the entry is `unknown`, and does not stay `sending` until the next start.
 */
async function tryToSend(
  parts: SendOneParts,
  begun: SignedAttempt,
  connection: { readonly newConnection: boolean; readonly slot: number },
  unlessRepeated: UnlessRepeated,
): Promise<Pick<AttemptEnd, 'exchange' | 'outcome'>> {
  const { clock, logger, abort: signal, settings } = parts;
  let exchange: Exchange | null = null;
  try {
    exchange = (await covered(parts))
      ? await parts.client().sendIncrement(begun.signed, { ...connection, signal })
      : endedByUs(clock, 'connecting', HEAD_NOT_WRITTEN);
    const read = parts.protocol.meaningOf(exchange, begun.increment, learntWordsOf(settings));
    const taken = unlessRepeated(exchange, read, (reply) => parts.doubts.isOfAnother(begun.increment, reply));
    const outcome = unlessOfAnother(parts, begun.increment, taken);
    if (outcome !== read) {
      logger.warn('increment.answered-before', { sequence: begun.increment.sequence });
      // Every answer on a connection that is one behind would be the one before.
      parts.client().dropConnections();
    }
    logEnd(logger, begun, exchange, outcome);
    return { exchange, outcome };
  } catch (thrown) {
    logger.error('increment.failed', { sequence: begun.increment.sequence, error: String(thrown) });
    return lostByUs(exchange ?? endedByUs(clock, 'sent', 'FAILED'), null);
  }
}

/** What it says is kept with the attempt, and is nobody's sums. */
function unlessOfAnother({ doubts, clock }: SendOneParts, entry: Increment, outcome: Outcome): Outcome {
  if (outcome.kind !== 'applied' || outcome.reply.dataChangeTime === entry.dataChangeTime) return outcome;
  return mayBeOfAnother(entry, outcome.reply, doubts.otherAnswers(entry, clock.nowMs()))
    ? { kind: 'unknown', cause: 'unreadable', pause: null, messages: [], reply: outcome.reply }
    : outcome;
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

/** Of an attempt of which this machine has no end but its own. */
function endedByUs(clock: Clock, phase: Phase, code: string): Exchange {
  const nowMs = clock.nowMs();
  const failure = { kind: 'aborted', code } as const;
  return { phase, reusedSocket: false, startedAtMs: nowMs, endedAtMs: nowMs, failure, response: null };
}

const notBefore = (clock: Clock, outcome: Outcome): number =>
  outcome.kind === 'not-applied' && outcome.retryAfterMs !== null ? clock.nowMs() + outcome.retryAfterMs : 0;

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
