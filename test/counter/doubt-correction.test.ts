import { expect, it } from 'vitest';
import { createReviewService, type ReviewParts } from '../../main/counter/review-service.ts';
import type { KybioMember } from '../../main/kybio/types.ts';
import { createDirectoryRepository } from '../../main/members/directory-repository.ts';
import { createReplace } from '../../main/outbox/replace.ts';
import { createDoubtRepository } from '../../main/sync/doubt-repository.ts';
import { createEvidenceRepository } from '../../main/sync/evidence-repository.ts';
import type { Doubt } from '../../main/sync/next-reply.ts';
import { amount, ok } from '../../preload/contract/index.ts';
import { draft, openOutbox, signer } from '../outbox/support.ts';
import { realRandom } from '../support/practice-store.ts';
import { silentLogger } from '../support/till.ts';

const member: KybioMember = {
  ...{ customerUid: draft().customerUid, number: '1', name: 'x', categoryName: '', phone: '' },
  ...{ balance: amount('130'), point: amount('340'), enable: 1, expiryDate: null },
};

/** A till with a doubt about a confirmed entry; `meanwhile` says what happens during the reading. */
function openDoubted(kind: Doubt['kind'], change: Parameters<typeof draft>[0] = {}) {
  const till = openOutbox();
  const doubted = till.attempt(till.add(change).id, 'applied');
  const doubts = createDoubtRepository(till.db, realRandom);
  doubts.open({ entryId: doubted.id, kind }, doubted.id, 1, {});
  let meanwhile: () => void = () => undefined;
  const reader = {
    byNumber: async () => {
      meanwhile();
      return { ...ok(member), quiet: true };
    },
  };
  const review = createReviewService({
    ...till,
    directory: createDirectoryRepository(till.db),
    reader: reader as unknown as ReviewParts['reader'],
    ...{ evidence: createEvidenceRepository(till.db), doubts },
    replace: createReplace(till.db, till.outbox, till.transitions),
    detective: { lookAgain: async () => Promise.reject(new Error('not read')), quietInMs: () => 0 },
    keeper: { problem: () => null },
    signer: () => signer,
    isCheckedUp: () => false,
    journal: { append: () => undefined },
    logger: silentLogger,
  });
  const doubtId = doubts.waiting()[0]?.id ?? '';
  const setMeanwhile = (happens: () => void) => {
    meanwhile = happens;
  };
  return { till, doubts, review, doubted, doubtId, meanwhile: setMeanwhile };
}

it('makes a missing reversal good as a reversal, not as a top-up of less than nothing', async () => {
  const { review, doubtId } = openDoubted('possible-missing', {
    kind: 'reversal',
    balanceIncrement: '-10',
  });
  expect(await review.correct(doubtId, 'Ann')).toMatchObject({
    ok: true,
    value: { kind: 'reversal', balanceIncrement: '-10' },
  });
});
