import { z } from 'zod';
import { appError, type EntryCause, err, ok, type Result } from '../../preload/contract/index.ts';
import { type Actor, actorText } from '../journal/actor.ts';
import type { KnownMember } from '../members/directory-repository.ts';
import { isEnteredForCard } from '../outbox/entered.ts';
import type { Decision } from '../outbox/transitions-repository.ts';
import type { Baseline, Increment } from '../outbox/types.ts';
import type { OpenDoubt } from '../sync/doubts.ts';
import type { AttemptRecord } from '../sync/evidence-repository.ts';
import { noPapers, type Papers } from '../sync/papers-beside.ts';
import { correctDoubt, type ShownReadings } from './doubt-correction.ts';
import type { ReviewParts } from './review-parts.ts';

/** One entry that needs a person, with everything that is known about it. */
export interface ReviewCase {
  readonly increment: Increment;
  readonly attempts: readonly AttemptRecord[];
  /** As gathered; null where nothing could be read. */
  readonly evidence: { readonly gatheredAtMs: number; readonly content: unknown } | null;
  readonly papers: Papers;
  /** What a paper says that the member held, with ours since; null where that is not known. */
  readonly papersBaseline: Baseline | null;
  /** False: it can be confirmed or dropped, never sent. */
  readonly sendable: boolean;
  /** Who has the card now that it was entered for, where KYBIO has named somebody else. */
  readonly cardOf: KnownMember | null;
}

export type ReviewAnswer = 'arrived' | 'send' | 'drop';

/** What a manager decides. The caller has checked that a manager asks; every answer is journaled. */
export interface ReviewService {
  cases(): readonly ReviewCase[];
  doubts(): readonly OpenDoubt[];
  /**
   * Errors: entry-not-found, entry-changed (somebody or the till was quicker), entry-not-vouched,
   * may-still-arrive (nothing is dropped or sent again before quiescence; `details.seconds`),
   * evidence-changed (what was read anew speaks against sending), check-up-running, other-account (it was
   * made for another), and what a read can meet.
   */
  answer(id: string, version: number, answer: ReviewAnswer, who: Actor): Promise<Result<Increment>>;
  /**
   * A linked increment that mends it, after a new reading. Errors besides: evidence-changed, where the sums no
   * longer hold it; said again on the same reading, it is made all the same.
   */
  correct(doubtId: string, who: Actor): Promise<Result<Increment>>;
  dismiss(doubtId: string, who: Actor): Result<Record<string, never>>;
}

/** These came to review when quiescence was over; all others may have been sent just before. */
const lookedInto: ReadonlySet<EntryCause | null> = new Set(['evidence-unclear', 'possible-double']);

/** It may have been sent by another copy of this till, or is the member's whose card is another's: read by id first. */
const isReadFirst = ({ cause }: Increment): boolean =>
  cause === 'restored' || cause === 'sent-before' || cause === 'from-receipt' || cause === 'card-of-another';

/** Nothing vouches for it, or its own receipt says that KYBIO has it: it can be confirmed or dropped. */
const neverSent: ReadonlySet<EntryCause | null> = new Set(['not-vouched-for', 'from-confirmed-receipt']);

/** "Send it" on evidence older than this reads anew first. */
const EVIDENCE_GOOD_FOR_MS = 600_000;

const readingsSchema = z.object({
  readings: z.array(z.unknown()).min(1),
  ofReply: z.literal(false).default(false),
});

/**
 * Whether KYBIO was read lately. A look at which nothing could be read is no reading, however fresh, and
 * what the member's next reply said came by itself: the one who answers may not have seen it.
 */
function isReadLately(known: ReviewCase['evidence'], nowMs: number): boolean {
  if (known === null || !readingsSchema.safeParse(known.content).success) return false;
  return Math.abs(nowMs - known.gatheredAtMs) <= EVIDENCE_GOOD_FOR_MS;
}

export function createReviewService(parts: ReviewParts): ReviewService {
  const { outbox, transitions, directory, evidence, doubts, clock, logger } = parts;
  const shown: ShownReadings = new Map();
  // Between these readings and this start the till may have been put back from a backup, and the entry may have been
  // sent from where it was: nobody sends it again on their word.
  const readBefore = new Map(outbox.open().map(({ id }) => [id, evidence.kept(id)?.gatheredAtMs]));

  const isConfirmedOnPaper = ({ id, cause }: Increment): boolean =>
    cause === 'from-confirmed-receipt' || evidence.papers(id).confirmed !== null;

  /** Both what was read and what receipts say. */
  const namedEvidence = (id: string): object | null => {
    const [content, papers] = [evidence.kept(id)?.content as object | undefined, evidence.papers(id)];
    return papers === noPapers ? (content ?? null) : { ...content, papers };
  };

  const ownerBeside = ({ customerNumber, customerUid }: Increment): KnownMember | null =>
    directory.byNumber(customerNumber).find((owner) => owner.customerUid !== customerUid) ?? null;

  const caseOf = (increment: Increment): ReviewCase => ({
    increment,
    attempts: evidence.attempts(increment.id),
    evidence: evidence.kept(increment.id),
    papers: evidence.papers(increment.id),
    papersBaseline: evidence.papersBaseline(increment),
    sendable: !neverSent.has(increment.cause) && !isConfirmedOnPaper(increment),
    cardOf: isEnteredForCard(increment) ? ownerBeside(increment) : null,
  });

  const decide = (increment: Increment, decision: Decision): Result<Increment> => {
    // Whether the sums of the baseline hold this entry is a person's word now, not a reading: gone
    // first, or a crash in between leaves them.
    directory.forgetBaseline(increment.customerUid);
    if (!transitions.decide(increment, decision)) return err(appError('entry-changed'));
    if (decision.state !== 'queued') parts.detective.forget(increment.id);
    else parts.looks.answered(increment.id);
    logger.info('review.answered', { sequence: increment.sequence, state: decision.state });
    const decided = outbox.byId(increment.id);
    return decided === null ? err(appError('entry-not-found')) : ok(decided);
  };

  return {
    cases: () => outbox.inReview().map(caseOf),
    doubts: () => doubts.waiting(),
    answer: async (id, version, answer, who) => {
      const increment = outbox.byId(id);
      if (increment === null) return err(appError('entry-not-found'));
      if (increment.state !== 'review' || increment.version !== version)
        return err(appError('entry-changed'));
      const known = evidence.kept(id);
      const decision = { cause: null, who, evidence: namedEvidence(id) };
      if (answer === 'arrived')
        return decide(increment, { ...decision, state: 'confirmed', reason: 'it arrived' });
      const arrivesForMs = lookedInto.has(increment.cause) ? 0 : parts.detective.quiescentInMs(id);
      if (arrivesForMs > 0)
        return err(appError('may-still-arrive', { seconds: String(Math.ceil(arrivesForMs / 1_000)) }));
      if (answer === 'drop') return decide(increment, { ...decision, state: 'cancelled', reason: 'dropped' });
      if (isConfirmedOnPaper(increment)) return err(appError('receipt-says-confirmed'));
      if (increment.cause === 'not-vouched-for' || parts.keeper.problem(id) !== null)
        return err(appError('entry-not-vouched'));
      if (parts.isCheckedUp(increment.customerUid)) return err(appError('check-up-running'));
      const isRead = isReadLately(known, clock.nowMs()) && readBefore.get(id) !== known?.gatheredAtMs;
      if (!isRead && (increment.touched || isReadFirst(increment))) {
        const verdict = await parts.detective.lookAgain(increment);
        if (!verdict.ok) return err(verdict.error);
        if (verdict.value.suggestion === 'applied') return err(appError('evidence-changed'));
      }
      const read = namedEvidence(id);
      if (evidence.attempts(id).at(-1)?.cause === 'duplicate') return sendAnew(parts, increment, who, read);
      return decide(increment, { ...decision, evidence: read, state: 'queued', reason: 'it did not arrive' });
    },
    correct: (doubtId, who) => correctDoubt(parts, doubtId, who, shown),
    dismiss: (doubtId, who) => {
      const doubt = doubts.byId(doubtId);
      if (parts.journal === null) return err(appError('key-lost'));
      if (doubt === null) return err(appError('entry-changed'));
      // First the journal: a process that dies in between leaves a doubt that is dismissed again.
      parts.journal.append({
        event: 'noted',
        actor: actorText(who),
        reason: 'doubt dismissed',
        content: { entry: doubt.entryId, kind: doubt.kind, seenBy: doubt.seenBy, seen: doubt.content },
      });
      doubts.resolve(doubtId, 'dismissed', clock.nowMs());
      return ok({});
    },
  };
}

/** The second of this entry is another's at KYBIO: the same bytes would only be refused again. */
function sendAnew(
  { outbox, directory, replace, signer }: ReviewParts,
  increment: Increment,
  who: Actor,
  read: unknown,
): Result<Increment> {
  const key = signer();
  // A new entry is made for the account of now: there the same id is nobody, or somebody else.
  if (!outbox.isOfThisAccount(increment)) return err(appError('other-account'));
  if (key === null) return err(appError('key-lost'));
  directory.forgetBaseline(increment.customerUid);
  const decision = { who, reason: 'it did not arrive', evidence: read };
  const added = replace(increment, decision, key.sign);
  return added === null ? err(appError('entry-changed')) : ok(added);
}
