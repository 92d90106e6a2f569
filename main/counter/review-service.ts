import {
  type AppError,
  appError,
  type EntryCause,
  type ErrorCode,
  err,
  ok,
  type Result,
} from '../../preload/contract/index.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Decision, Increment } from '../ledger/index.ts';
import { isEnteredForCard } from '../ledger/shown/index.ts';
import type { KnownMember } from '../members/index.ts';
import { type CaseFacts, knownOf, type ReviewCase, speaksForArrival, whatWasShown } from './case-facts.ts';
import type { ReviewParts } from './review-parts.ts';
import { createShownReadings, type ShownReading } from './shown-readings.ts';

export type ReviewAnswer = 'arrived' | 'send' | 'drop';

/** What an answer is based on. */
export interface Named {
  /** The reading on screen; null without one. */
  readonly readingId: string | null;
  /** The manager confirmed an answer that the reading speaks against. */
  readonly isMeant: boolean;
}

/** A manager's decisions. The caller has checked for a manager; every answer is journaled. */
export interface ReviewService {
  cases(): readonly ReviewCase[];
  /**
   * Reads the member of an entry in review, by id. The reading is valid for ten minutes and until an entry of the
   * member is sent; it has no sums if none can ever be read. Errors: entry-not-found, entry-changed, reading-needed
   * (an entry of the member was sent meanwhile), may-still-arrive (`details.seconds`), check-up-running, key-lost,
   * and those of a read.
   */
  read(id: string): Promise<Result<ReviewCase>>;
  /**
   * `send` and `drop` name the newest reading. Errors: entry-not-found, entry-changed (somebody or the till was
   * quicker), entry-not-vouched, may-still-arrive (before the settling time; `details.seconds`), reading-needed,
   * evidence-changed (the reading speaks for _it arrived_, unconfirmed), check-up-running, and why there are no
   * sums.
   */
  answer(
    id: string,
    version: number,
    answer: ReviewAnswer,
    who: Actor,
    named?: Named,
  ): Promise<Result<Increment>>;
  /** The PC slept: readings are discarded. */
  wokeUp(): void;
}

/** These came to review after the settling time; all others may have been sent just before. */
const investigated: ReadonlySet<EntryCause | null> = new Set(['evidence-unclear', 'possible-double']);

/** Unverified, or confirmed by its receipt: may be confirmed or dropped. */
const neverSent: ReadonlySet<EntryCause | null> = new Set(['not-vouched-for', 'from-confirmed-receipt']);

/** No reading can ever be made: dropping needs none then. */
const noReadingEver: ReadonlySet<ErrorCode> = new Set([
  'member-not-found',
  'member-blank',
  'member-unreadable',
]);

const unnamed: Named = { readingId: null, isMeant: false };

export function createReviewService(parts: ReviewParts): ReviewService {
  const { outbox, transitions, directory, evidence, logger } = parts;
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
    reading: readings.newest(increment.id),
  });
  const caseOf = (increment: Increment): ReviewCase => ({
    ...factsOf(increment),
    sendable: !neverSent.has(increment.cause) && !isConfirmedOnPaper(increment),
    cardOf: isEnteredForCard(increment) ? ownerBeside(increment) : null,
  });

  const arrivesForMs = ({ id, cause }: Increment): number =>
    investigated.has(cause)
      ? 0
      : Math.max(parts.detective.quiescentInMs(id), parts.forgottenSends.quiescentInMs());

  /** Why no reading is possible now. */
  const notReadable = (customerUid: string): AppError | null => {
    if (parts.isCheckedUp(customerUid)) return appError('check-up-running');
    return parts.canCall() ? null : appError('key-lost');
  };

  const decide = (increment: Increment, decision: Decision): Result<Increment> => {
    // Whether the baseline includes this entry is now a manager's word, not a reading: deleted first, so that a crash
    // leaves none.
    directory.forgetBaseline(increment.customerUid);
    const decided = transitions.decide(increment, decision);
    if (decided === null) return err(appError('entry-changed'));
    if (decision.state !== 'queued') parts.detective.forget(increment.id);
    else parts.preSendCheck.answered(increment.id);
    logger.info('review.answered', { sequence: increment.sequence, state: decision.state });
    return ok(decided);
  };

  /** _It did not, send it_, with a valid reading. */
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
    read: async (id) => {
      const increment = outbox.byId(id);
      if (increment === null) return err(appError('entry-not-found'));
      if (increment.state !== 'review') return err(appError('entry-changed'));
      const waitMs = arrivesForMs(increment);
      if (waitMs > 0) return err(stillArriving(waitMs));
      const keep = readings.begin(id, increment.customerUid);
      const why = notReadable(increment.customerUid);
      if (why !== null) return err(why);
      // The reading becomes the baseline: an earlier one is stored, if it is from before the entry.
      const known = directory.baseline(increment.customerUid);
      if (known !== null && known.atMs < increment.createdAtMs && knownOf(factsOf(increment)) === null)
        evidence.keepBefore([{ increment, baseline: known }]);
      const looked = await parts.detective.investigateAgain(increment);
      if (looked.ok) keep({ sums: looked.value.sums, why: null });
      else if (noReadingEver.has(looked.error.code)) keep({ sums: null, why: looked.error.code });
      else return looked;
      return ok(caseOf(increment));
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
  };
}

const stillArriving = (waitMs: number): AppError =>
  appError('may-still-arrive', { seconds: String(Math.ceil(waitMs / 1_000)) });

/** Another increment has this send key: the same bytes would be refused again. */
function sendAnew(
  { directory, replace, signer }: ReviewParts,
  increment: Increment,
  who: Actor,
  read: unknown,
): Result<Increment> {
  const key = signer();
  if (key === null) return err(appError('key-lost'));
  directory.forgetBaseline(increment.customerUid);
  const decision = { who, reason: 'it did not arrive', evidence: read };
  const added = replace(increment, decision, key.sign);
  return added === null ? err(appError('entry-changed')) : ok(added);
}
