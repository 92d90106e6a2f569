import { addAmounts } from '../../preload/contract/index.ts';
import type { CallMeter } from '../hosts/calls/index.ts';
import {
  afterCommit,
  afterOutcome,
  type EndedAttempt,
  type Link,
  saidOfKeyBefore,
  withPause,
} from '../hosts/link/index.ts';
import type { Exchange, IncrementReply, SignedBody, Signer } from '../hosts/port/index.ts';
import { databaseFailure } from '../kernel/database/failure.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { SharedCommit } from '../kernel/database/shared-commit.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type {
  AttemptEnd,
  Baseline,
  BegunAttempt,
  ClosedInstallations,
  Increment,
  OutboxRepository,
  ToldByEnd,
  TransitionsRepository,
} from '../ledger/index.ts';
import type { DirectoryRepository } from '../members/index.ts';
import type { Detective } from './detective-service.ts';
import { compareWithBaseline } from './doubt-of-end.ts';
import type { DoubtRepository, PapersBeside } from './doubts.ts';
import type { OddSumsRepository } from './odd-sums.ts';

export interface CommitEndParts {
  readonly transitions: TransitionsRepository;
  readonly sharedCommit: SharedCommit;
  readonly directory: DirectoryRepository;
  readonly meter: CallMeter;
  readonly link: Link;
  readonly signer: () => Signer | null;
  readonly settings: Settings;
  readonly detective: Pick<Detective, 'ended' | 'replied'>;
  readonly outbox: Pick<OutboxRepository, 'byId'>;
  readonly doubts: DoubtRepository;
  readonly confirmedPapers: PapersBeside;
  readonly closed: Pick<ClosedInstallations, 'ended'>;
  readonly oddSums: Pick<OddSumsRepository, 'note'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How soon a commit that failed is tried again. Nothing is sent until it went through. */
const COMMIT_RETRY_MS = 1_000;

/** An attempt with the bytes that go: those that were vouched for. */
export interface SignedAttempt extends BegunAttempt {
  readonly signed: SignedBody;
}

export interface CommitEnd {
  commit(
    begun: SignedAttempt,
    baseline: Baseline | null,
    end: AttemptEnd,
    attempt: EndedAttempt,
  ): Promise<Increment>;
  /** An attempt has ended in a way that may hold the queue, and is not committed yet. */
  mayHold(): boolean;
}

/**
 * If an outcome cannot be committed, sending stops until it can (protocol rule 2). The process may die first:
 * then the row is found in `sending` and is `unknown`. What the outcome means for the queue is noted in
 * the same step that ends the pause, so that nothing goes between the two.
 */
export function createCommitEnd(parts: CommitEndParts): CommitEnd {
  const uncommitted = new Set<BegunAttempt>();
  // All but what was applied: until they are committed nobody knows what they bring.
  const mayHold = new Set<BegunAttempt>();
  const commit: CommitEnd['commit'] = async (begun, baseline, end, attempt) => {
    if (end.outcome.kind !== 'applied') mayHold.add(begun);
    const committed = ({ settled, outcome: heard }: Done): Increment => {
      uncommitted.delete(begun);
      mayHold.delete(begun);
      const isOfPresentKey = begun.signed.keyFingerprint === parts.signer()?.keyFingerprint;
      const outcome = isOfPresentKey ? heard : saidOfKeyBefore(heard);
      parts.link.update((state, at) =>
        afterOutcome(uncommitted.size === 0 ? afterCommit(state) : state, outcome, at, {
          ...attempt,
          about: begun.increment.customerUid,
        }),
      );
      return settled;
    };
    try {
      for (;;) {
        const settled = await tryToEnd(parts, begun, baseline, end, committed);
        if (settled !== null) return settled;
        uncommitted.add(begun);
        await new Promise<void>((resolve) => parts.clock.schedule(COMMIT_RETRY_MS, resolve));
      }
    } finally {
      mayHold.delete(begun);
    }
  };
  return { commit, mayHold: () => mayHold.size > 0 };
}

/** What was committed, and as what: the end as it was heard, or as one that nobody knows. */
interface Done {
  readonly settled: Increment;
  readonly outcome: AttemptEnd['outcome'];
}

type Committed = (done: Done) => Increment;

/** Null where the disk refused; the queue is paused then. */
async function tryToEnd(
  parts: CommitEndParts,
  begun: BegunAttempt,
  baseline: Baseline | null,
  end: AttemptEnd,
  committed: Committed,
): Promise<Increment | null> {
  const commit = (as: AttemptEnd, write: () => Increment): Promise<Increment> =>
    parts.sharedCommit(() => ({ settled: write(), outcome: as.outcome }), committed);
  const ours = (thrown: unknown): void => {
    if (databaseFailure(thrown) !== null) throw thrown;
    parts.logger.error('increment.end-failed', { sequence: begun.increment.sequence, error: String(thrown) });
  };
  const reply = 'reply' in end.outcome ? end.outcome.reply : null;
  try {
    try {
      return await commit(end, () => writeEnd(parts, begun, baseline, end));
    } catch (thrown) {
      ours(thrown);
    }
    // What cannot be committed with all that it teaches goes alone: an entry must not stay `sending` until a restart.
    const lost = { ...end, ...lostByUs(end.exchange, reply) };
    try {
      return await commit(lost, () => writeEnd(parts, begun, baseline, lost));
    } catch (thrown) {
      ours(thrown);
    }
    const alone = { ...end, ...lostByUs(end.exchange, null) };
    return await commit(alone, () => parts.transitions.endAttempt(begun, alone, () => undefined));
  } catch (thrown) {
    pauseForDisk(parts, thrown);
    return null;
  }
}

/**
 * An end that a failure of our own kept from the commit: it may have been applied, and counts as sent whatever the
 * failure was.
 */
export function lostByUs(
  exchange: Exchange,
  reply: IncrementReply | null,
): Pick<AttemptEnd, 'exchange' | 'outcome'> {
  const cause = exchange.response === null ? 'reply-lost' : 'unreadable';
  const phase = exchange.phase === 'connecting' ? 'sent' : exchange.phase;
  return {
    exchange: { ...exchange, phase },
    outcome: { kind: 'unknown', cause, pause: null, messages: [], reply },
  };
}

const mayHaveMoved = ({ outcome }: AttemptEnd): boolean =>
  outcome.kind === 'applied' || (outcome.kind === 'unknown' && outcome.cause === 'duplicate');

function writeEnd(
  parts: CommitEndParts,
  begun: BegunAttempt,
  baseline: Baseline | null,
  end: AttemptEnd,
): Increment {
  parts.detective.ended(begun.increment.id);
  return parts.transitions.endAttempt(begun, end, (settled) => {
    // In the same commit: after a crash the baseline of the member holds this increment, or both do not,
    // and what its reply said of others is not forgotten.
    const knownNow = parts.directory.baseline(settled.customerUid);
    if (mayHaveMoved(end)) learnSums(parts, settled, knownNow);
    compareWithBaseline(parts, settled, baseline);
    parts.confirmedPapers.settled(settled);
    parts.closed.ended(toldByEnd(settled, baseline, knownNow));
    if (settled.state === 'confirmed') parts.detective.replied(settled, begun.begunAtMs);
    if (end.exchange.phase !== 'connecting') parts.meter.count('increment');
  });
}

const toldByEnd = (
  { sequence, customerUid, state, balanceBefore, pointBefore }: Increment,
  known: Baseline | null,
  knownNow: Baseline | null,
): ToldByEnd => {
  const isTold = state === 'confirmed';
  const told = { balance: isTold ? balanceBefore : null, point: isTold ? pointBefore : null };
  return { sequence, customerUid, known, knownNow, told };
};

export function pauseForDisk(
  { link, logger }: Pick<CommitEndParts, 'link' | 'logger'>,
  thrown: unknown,
): void {
  const failure = databaseFailure(thrown);
  if (failure === null) throw thrown;
  logger.error('outbox.not-committed', { code: failure.code, sqlite: failure.details?.['sqlite'] ?? '' });
  link.update((state, at) => withPause(state, 'disk', '', at.nowMs));
}

/**
 * What a confirmed reply says is the newest that anybody knows of this member. Where it does not say, the
 * baseline moves by our own increment; where there is none, or the entry is undecided, there is none. `knownNow`, and not the
 * baseline of when the attempt began: a manager may have answered for another entry of the member since.
 */
function learnSums(
  { directory, clock }: CommitEndParts,
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
