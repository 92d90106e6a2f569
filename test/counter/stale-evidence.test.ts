import { expect, it } from 'vitest';
import { amount, ok } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import { openOutbox } from '../kit/outbox.ts';
import { answerRead, openReviewOf } from '../kit/review.ts';

const stoodStill = { verdict: { decision: 'ask', suggestion: 'not-applied', reasons: [] }, readings: [{}] };

const sums = { balance: amount('1'), point: amount('1') };
const arrived = {
  verdict: { decision: 'ask', suggestion: 'applied', reasons: ['exact-movement'] },
  readings: [sums],
  log: null,
};

/** An entry that stood still, was sent again, and was lost again; then the folder was put back. */
function sentAgain(around: { readonly clockJumpMs: number }) {
  const till = openOutbox();
  let looks = 0;
  const { review, evidence } = openReviewOf(till, {
    investigateAgain: async () => {
      looks += 1;
      evidence.keep(lost.id, till.clock.nowMs(), arrived);
      return ok({ verdict: arrived.verdict, sums });
    },
  });
  const lost = till.attempt(till.add().id, 'unknown');
  evidence.keep(lost.id, till.clock.nowMs(), stoodStill);
  const sendIt = { state: 'queued', cause: null, who: atTheTill, reason: 'it did not arrive' } as const;
  const asked = till.transitions.sendToReview(lost, 'evidence-unclear');
  if (asked === null) throw new Error('not in review');
  till.transitions.decide(asked, { ...sendIt, evidence: null });
  till.clock.pass(around.clockJumpMs);
  till.transitions.sendToReview(till.attempt(lost.id, 'unknown'), 'restored');
  till.clock.pass(200_000);
  const version = till.outbox.byId(lost.id)?.version ?? 0;
  const send = () => answerRead(review, { id: lost.id, version }, 'send', atTheTill);
  return { review, evidence, send, lost, looks: () => looks, nowMs: till.clock.nowMs };
}

it.each([
  ['a moment later', 10_000],
  ['on a clock that was set back', -300_000],
])('evidence from before the last attempt, %s, was not read lately', async (_when, clockJumpMs) => {
  const { send, looks } = sentAgain({ clockJumpMs });
  expect(await send()).toMatchObject({ error: { code: 'evidence-changed' } });
  expect(looks()).toBe(1);
});

it('and is not shown; what was gathered since is, whatever the clock says', () => {
  const { review, evidence, lost, nowMs } = sentAgain({ clockJumpMs: 10_000 });
  expect(review.cases()).toMatchObject([{ evidence: null }]);
  evidence.keep(lost.id, nowMs() - 3_600_000, stoodStill);
  expect(review.cases()).toMatchObject([{ evidence: { content: stoodStill } }]);
});
