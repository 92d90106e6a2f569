import type { ReviewParts } from '../../main/counter/review-parts.ts';
import {
  createReviewService,
  type ReviewAnswer,
  type ReviewService,
} from '../../main/counter/review-service.ts';
import type { Actor } from '../../main/kernel/actor.ts';
import { createReplace } from '../../main/ledger/replace.ts';
import { createDirectoryRepository } from '../../main/members/directory-repository.ts';
import { createEvidenceRepository } from '../../main/sending/evidence-repository.ts';
import { type Outbox, signer } from './outbox.ts';
import { realRandom } from './practice-store.ts';
import { silentLogger } from './till.ts';

/** What KYBIO says of a member, or of whether an entry arrived, when a manager's answer has it read. */
export interface ReadOnAnswer {
  readonly member?: () => Promise<unknown>;
  readonly investigateAgain?: () => Promise<unknown>;
}

/** Whether a manager who was told that the reading speaks against it means it all the same. */
export interface Means {
  readonly isMeant?: boolean;
}

/** As on the screen: KYBIO is read, and the answer names the reading. A reading that could not be had answers. */
export async function answerRead(
  review: ReviewService,
  { id, version }: { readonly id: string; readonly version: number },
  answer: ReviewAnswer,
  who: Actor,
  { isMeant = false }: Means = {},
): ReturnType<ReviewService['answer']> {
  const read = await review.read(id);
  if (!read.ok) return read;
  return review.answer(id, version, answer, who, {
    readingId: read.value.reading?.readingId ?? null,
    isMeant,
  });
}

/** A manager's answers over a real outbox. Nothing can be read unless a test says what, and all is quiescent. */
export function openReviewOf(till: Outbox, read: ReadOnAnswer = {}, change: Partial<ReviewParts> = {}) {
  const unread = () => Promise.reject(new Error('not read'));
  const evidence = createEvidenceRepository(till.db);
  const review = createReviewService({
    ...till,
    evidence,
    directory: createDirectoryRepository(till.db),
    reader: { byUid: read.member ?? unread } as unknown as ReviewParts['reader'],
    preSendCheck: { answered: () => undefined },
    replace: createReplace(till.db, till.outbox, till.transitions),
    detective: {
      investigateAgain: (read.investigateAgain ?? unread) as ReviewParts['detective']['investigateAgain'],
      quiescentInMs: () => 0,
      forget: () => undefined,
    },
    forgottenSends: { quiescentInMs: () => 0 },
    keeper: { problem: () => null },
    signer: () => signer,
    canCall: () => true,
    random: realRandom,
    isCheckedUp: () => false,
    logger: silentLogger,
    ...change,
  });
  return { review, evidence };
}
