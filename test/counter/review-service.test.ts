import { expect, it } from 'vitest';
import type { Actor } from '../../main/kernel/actor.ts';
import { amount, appError, err, ok } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import { openOutbox } from '../kit/outbox.ts';
import { answerRead, openReviewOf } from '../kit/review.ts';

const mei: Actor = { role: 'manager', id: 'm1', person: 'Mei Manager' };

/** A till with an entry in review, opened for `identity`. */
function openReview(
  around: { readonly identity?: { accountHost: string }; readonly checkedUp?: boolean } = {},
) {
  const made = openOutbox();
  const waits = made.attempt(made.add().id, 'unknown');
  made.transitions.sendToReview(waits, 'evidence-unclear');
  made.db.prepare("UPDATE attempt SET cause = 'duplicate' WHERE entry = ?").run(waits.sequence);
  const till = around.identity ? openOutbox({ file: made.file, identity: around.identity }) : made;
  const reading = {
    ...{ customerUid: waits.customerUid, number: '1', name: 'x', categoryName: '', phone: '' },
    ...{ balance: amount('1'), point: amount('1'), enable: 1, expiryDate: null },
  };
  const { review, evidence } = openReviewOf(
    till,
    {
      member: async () => ({ ...ok(reading), overlapsNoSend: true }),
      investigateAgain: async () =>
        around.identity === undefined ? ok({ verdict: {}, sums: reading }) : err(appError('other-account')),
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

it('makes no entry on one account for an entry of another', async () => {
  const { send, entries } = openReview({ identity: { accountHost: 'https://other.example' } });
  expect(await send()).toMatchObject({ error: { code: 'other-account' } });
  expect(entries()).toBe(1);
});

it('leaves a member alone while the host check-up has it', async () => {
  const { send, entries } = openReview({ checkedUp: true });
  expect(await send()).toMatchObject({ error: { code: 'check-up-running' } });
  expect(entries()).toBe(1);
});
