import { expect, it } from 'vitest';
import type { Actor } from '../../main/kernel/actor.ts';
import { amount, ok } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import { openOutbox } from '../kit/outbox.ts';
import { answerRead, openReviewOf } from '../kit/review.ts';

const mei: Actor = { role: 'manager', id: 'm1', person: 'Mei Manager' };

/** A till with an entry in review. */
function openReview(around: { readonly checkedUp?: boolean } = {}) {
  const till = openOutbox();
  const waits = till.attempt(till.add().id, 'unknown');
  till.transitions.sendToReview(waits, 'evidence-unclear');
  till.db.prepare("UPDATE attempt SET cause = 'duplicate' WHERE entry = ?").run(waits.sequence);
  const reading = {
    ...{ customerUid: waits.customerUid, number: '1', name: 'x', categoryName: '', phone: '' },
    ...{ balance: amount('1'), point: amount('1'), enable: 1, expiryDate: null },
  };
  const { review, evidence } = openReviewOf(
    till,
    {
      member: async () => ({ ...ok(reading), overlapsNoSend: true }),
      investigateAgain: async () => ok({ verdict: {}, sums: reading }),
    },
    { isCheckedUp: () => around.checkedUp === true },
  );
  evidence.keep(waits.id, till.clock.nowMs(), { readings: [{}] });
  return {
    entries: () => [...till.outbox.all()].length,
    decision: () => till.outbox.byId(waits.id)?.decision,
    close: (answer: 'arrived' | 'drop') =>
      answerRead(review, { id: waits.id, version: waits.version + 1 }, answer, mei),
    send: () => answerRead(review, { id: waits.id, version: waits.version + 1 }, 'send', atTheTill),
  };
}

it('sends what only another’s second had stopped as a new entry', async () => {
  const { send, entries } = openReview();
  expect(await send()).toMatchObject({ ok: true, value: { state: 'queued' } });
  expect(entries()).toBe(2);
});

it.each([
  ['arrived', 'confirmed', 'arrived'],
  ['drop', 'cancelled', 'dropped'],
] as const)('an entry closed by “%s” says who closed it, and what was read', async (answer, state, as) => {
  const { close, decision } = openReview();
  const read = { balance: '1', point: '1' };
  const said = { as, who: 'Mei Manager', read };
  expect(await close(answer)).toMatchObject({ ok: true, value: { state, decision: said } });
  expect(decision()).toMatchObject(said);
});

it('leaves a member alone while the host check-up has it', async () => {
  const { send, entries } = openReview({ checkedUp: true });
  expect(await send()).toMatchObject({ error: { code: 'check-up-running' } });
  expect(entries()).toBe(1);
});
