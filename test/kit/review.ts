import type { ReviewParts } from '../../main/counter/review-parts.ts';
import { createReviewService } from '../../main/counter/review-service.ts';
import { createDirectoryRepository } from '../../main/members/directory-repository.ts';
import { createReplace } from '../../main/outbox/replace.ts';
import { createDoubtRepository } from '../../main/sync/doubt-repository.ts';
import { createEvidenceRepository } from '../../main/sync/evidence-repository.ts';
import { type Outbox, signer } from './outbox.ts';
import { realRandom } from './practice-store.ts';
import { silentLogger } from './till.ts';

/** What KYBIO says of a member, or of whether an entry arrived, when a manager's answer has it read. */
export interface ReadOnAnswer {
  readonly member?: () => Promise<unknown>;
  readonly lookAgain?: () => Promise<unknown>;
}

/** A manager's answers over a real outbox. Nothing can be read unless a test says what, and all is quiescent. */
export function openReviewOf(till: Outbox, read: ReadOnAnswer = {}, change: Partial<ReviewParts> = {}) {
  const unread = () => Promise.reject(new Error('not read'));
  const evidence = createEvidenceRepository(till.db);
  const doubts = createDoubtRepository(till.db, realRandom);
  const review = createReviewService({
    ...till,
    ...{ evidence, doubts, directory: createDirectoryRepository(till.db) },
    reader: { byNumber: read.member ?? unread } as unknown as ReviewParts['reader'],
    looks: { answered: () => undefined },
    replace: createReplace(till.db, till.outbox, till.transitions),
    detective: {
      lookAgain: (read.lookAgain ?? unread) as ReviewParts['detective']['lookAgain'],
      quiescentInMs: () => 0,
      forget: () => undefined,
    },
    keeper: { problem: () => null },
    signer: () => signer,
    isCheckedUp: () => false,
    journal: null,
    logger: silentLogger,
    ...change,
  });
  return { review, evidence, doubts };
}
