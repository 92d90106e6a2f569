import {
  type AppError,
  appError,
  type EntryCause,
  type ErrorCode,
  err,
  ok,
  type Result,
} from '../../preload/contract/index.ts';
import { mayClearUp } from '../hosts/calls/index.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import type { Decision, Increment } from '../ledger/index.ts';
import { isEnteredForCard } from '../ledger/shown/index.ts';
import type { KnownMember } from '../members/index.ts';
import type { OpenDoubt } from '../sending/index.ts';
import { type CaseFacts, knownOf, type ReviewCase, speaksForArrival, whatWasShown } from './case-facts.ts';
import { correctDoubt, type ReadDoubt, readDoubt, standingNow } from './doubt-correction.ts';
import type { ReviewParts } from './review-parts.ts';
import { createShownReadings, type ShownReading } from './shown-readings.ts';

export type ReviewAnswer = 'arrived' | 'send' | 'drop';

/** What a person answers by. */
export interface Named {
  /** The reading that was on the screen; null where there was none. */
  readonly readingId: string | null;
  /** The reading speaks against it, the person was told so in words, and means it. */
  readonly isMeant: boolean;
}

/** What a manager decides. The caller has checked that a manager asks; every answer is journaled. */
export interface ReviewService {
  cases(): readonly ReviewCase[];
  doubts(): readonly ReadDoubt[];
  /**
   * Reads the member of an entry in review, by its id: from then on the reading is a part of its case, until it is ten
   * minutes old or an entry of the member is sent. It has no sums where none can ever be had from here. Errors:
   * entry-not-found, entry-changed, reading-needed (something of the member was on its way meanwhile),
   * may-still-arrive (`details.seconds`), check-up-running, key-lost, call-budget-spent, and what a read can meet.
   */
  read(id: string): Promise<Result<ReviewCase>>;
  /** The same of the member of a doubt. Errors besides: other-account, entry-not-vouched, member-not-found. */
  readDoubt(doubtId: string): Promise<Result<ReadDoubt>>;
  /**
   * `send` and `drop` name the newest reading of the case. Errors: entry-not-found, entry-changed (somebody or the till
   * was quicker), entry-not-vouched, may-still-arrive (nothing is dropped or sent again before quiescence;
   * `details.seconds`), reading-needed, evidence-changed (what was read speaks for *it arrived*, and nobody has said that
   * it is meant all the same), check-up-running, other-account, and why there are no sums.
   */
  answer(
    id: string,
    version: number,
    answer: ReviewAnswer,
    who: Actor,
    named?: Named,
  ): Promise<Result<Increment>>;
  /**
   * A linked increment that mends it. Errors besides: evidence-changed, where the reading does not bear the doubt out
   * and nobody has said that it is meant all the same.
   */
  correct(doubtId: string, who: Actor, named?: Named): Promise<Result<Increment>>;
  dismiss(doubtId: string, who: Actor): Result<Record<string, never>>;
  /** The PC slept: everything is read anew. */
  wokeUp(): void;
}

/** These came to review when quiescence was over; all others may have been sent just before. */
const lookedInto: ReadonlySet<EntryCause | null> = new Set(['evidence-unclear', 'possible-double']);

/** Nothing vouches for it, or its own receipt says that KYBIO has it: it can be confirmed or dropped. */
const neverSent: ReadonlySet<EntryCause | null> = new Set(['not-vouched-for', 'from-confirmed-receipt']);

/** KYBIO, or whose entry it is, says that no reading will ever be had: what can only be dropped is not stuck. */
const noReadingEver: ReadonlySet<ErrorCode> = new Set([
  'other-account',
  'member-not-found',
  'member-blank',
  'member-unreadable',
]);

const unnamed: Named = { readingId: null, isMeant: false };

export function createReviewService(parts: ReviewParts): ReviewService {
  const { outbox, transitions, directory, evidence, doubts, logger, together, confirmedPapers } = parts;
  const readings = createShownReadings(parts);

  const isConfirmedOnPaper = ({ id, cause }: Increment): boolean =>
    cause === 'from-confirmed-receipt' || evidence.papers(id).confirmed !== null;

  const ownerBeside = ({ customerNumber, customerUid }: Increment): KnownMember | null =>
    directory.byNumber(customerNumber).find((owner) => owner.customerUid !== customerUid) ?? null;

  const factsOf = (increment: Increment): CaseFacts => ({
    increment,
    attempts: evidence.attempts(increment.id),
    evidence: evidence.kept(increment.id),
    papers: evidence.papers(increment.id),
    papersBaseline: evidence.papersBaseline(increment),
    sentBaseline: evidence.sentBaseline(increment),
    others: evidence.others(increment),
    ...evidence.besides(increment),
    reading: readings.newest(increment.id),
  });
  const caseOf = (increment: Increment): ReviewCase => ({
    ...factsOf(increment),
    sendable: !neverSent.has(increment.cause) && !isConfirmedOnPaper(increment),
    cardOf: isEnteredForCard(increment) ? ownerBeside(increment) : null,
  });
  const withReading = (doubt: OpenDoubt): ReadDoubt => {
    const reading = readings.newest(doubt.id);
    return { ...doubt, reading, standing: standingNow(parts, doubt, reading) };
  };

  const arrivesForMs = ({ id, cause }: Increment): number =>
    lookedInto.has(cause)
      ? 0
      : Math.max(parts.detective.quiescentInMs(id), parts.forgottenSends.quiescentInMs());

  /** Why nobody may read now. */
  const notReadable = (customerUid: string): AppError | null => {
    if (parts.isCheckedUp(customerUid)) return appError('check-up-running');
    if (!parts.canCall()) return appError('key-lost');
    return mayClearUp(parts.purse) ? null : appError('call-budget-spent');
  };

  const decide = (increment: Increment, decision: Decision): Result<Increment> => {
    // Whether the sums of the baseline hold this entry is a person's word now, not a reading: gone
    // first, or a crash in between leaves them.
    directory.forgetBaseline(increment.customerUid);
    const decided = together(() => {
      const after = transitions.decide(increment, decision);
      if (after !== null) confirmedPapers.settled(after);
      return after;
    });
    if (decided === null) return err(appError('entry-changed'));
    if (decision.state !== 'queued') parts.detective.forget(increment.id);
    else parts.looks.answered(increment.id);
    logger.info('review.answered', { sequence: increment.sequence, state: decision.state });
    return ok(decided);
  };

  /** A manager's *It did not, send it*, of which the reading was looked at already. */
  const send = (of: ReviewCase, { sums, why }: ShownReading, who: Actor, isMeant: boolean) => {
    const { increment } = of;
    if (sums === null) return err(appError(why ?? 'reading-needed'));
    if (parts.isCheckedUp(increment.customerUid)) return err(appError('check-up-running'));
    if (speaksForArrival(of) && !isMeant) return err(appError('evidence-changed'));
    const read = whatWasShown(of);
    if (of.attempts.at(-1)?.cause === 'duplicate') return sendAnew(parts, increment, who, read);
    const decision = { cause: null, who, evidence: read };
    return decide(increment, { ...decision, state: 'queued', reason: 'it did not arrive' });
  };

  return {
    wokeUp: readings.wokeUp,
    cases: () => outbox.inReview().map(caseOf),
    doubts: () => doubts.waiting().map(withReading),
    read: async (id) => {
      const increment = outbox.byId(id);
      if (increment === null) return err(appError('entry-not-found'));
      if (increment.state !== 'review') return err(appError('entry-changed'));
      const waitMs = arrivesForMs(increment);
      if (waitMs > 0) return err(stillArriving(waitMs));
      const keep = readings.begin(id, increment.customerUid);
      const why = outbox.isOfThisAccount(increment) ? notReadable(increment.customerUid) : null;
      if (why !== null) return err(why);
      // What is read now is the baseline from then on: the one before stays in sight.
      if (knownOf(factsOf(increment)) === null)
        evidence.keepBeside(increment, directory.baseline(increment.customerUid));
      const looked = await parts.detective.lookAgain(increment);
      if (looked.ok) keep({ sums: looked.value.sums, why: null });
      else if (noReadingEver.has(looked.error.code)) keep({ sums: null, why: looked.error.code });
      else return looked;
      return ok(caseOf(increment));
    },
    readDoubt: async (doubtId) => {
      const read = await readDoubt(parts, doubtId, readings, notReadable);
      return read.ok ? ok(withReading(read.value)) : read;
    },
    answer: async (id, version, answer, who, { readingId, isMeant } = unnamed) => {
      const increment = outbox.byId(id);
      if (increment === null) return err(appError('entry-not-found'));
      if (increment.state !== 'review' || increment.version !== version)
        return err(appError('entry-changed'));
      const of = caseOf(increment);
      const decision = { cause: null, who, evidence: whatWasShown(of) };
      if (answer === 'arrived')
        return decide(increment, { ...decision, state: 'confirmed', reason: 'it arrived' });
      const waitMs = arrivesForMs(increment);
      if (waitMs > 0) return err(stillArriving(waitMs));
      if (answer === 'send' && isConfirmedOnPaper(increment)) return err(appError('receipt-says-confirmed'));
      if (answer === 'send' && (!of.sendable || parts.keeper.problem(id) !== null))
        return err(appError('entry-not-vouched'));
      const reading = readings.named(id, readingId);
      if (reading === null) return err(appError('reading-needed'));
      if (answer === 'send') return send(of, reading, who, isMeant);
      return decide(increment, { ...decision, state: 'cancelled', reason: 'dropped' });
    },
    correct: async (doubtId, who, named = unnamed) =>
      correctDoubt(parts, doubtId, who, readings.named(doubtId, named.readingId), named.isMeant),
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
      doubts.resolve(doubtId, 'dismissed', parts.clock.nowMs());
      return ok({});
    },
  };
}

const stillArriving = (waitMs: number): AppError =>
  appError('may-still-arrive', { seconds: String(Math.ceil(waitMs / 1_000)) });

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
