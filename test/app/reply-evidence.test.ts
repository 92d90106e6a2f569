import { expect, it } from 'vitest';
import { theManager } from '../../main/kernel/actor.ts';
import type { Driven } from '../kit/driven-till.ts';
import { entry, lose, openLosing, uid, whileUnknown } from '../kit/losing.ts';
import { answerRead } from '../kit/review.ts';

const confirmed = async (driven: Driven, sum: string) => {
  const { id } = driven.till.topUp(uid, sum);
  await driven.drive(() => entry(driven, id).state === 'confirmed');
};

const evidenceOf = (driven: Driven) => driven.till.session.counter.review.cases()[0]?.evidence ?? null;
const advice = (driven: Driven) =>
  (evidenceOf(driven)?.content as { verdict: { suggestion: string } } | undefined)?.verdict.suggestion;

/** An entry of 10.00 that came to review without one answer of KYBIO, which is there again now. */
async function unread(when: 'before' | 'after') {
  const driven = await openLosing({}, when);
  const { id } = await lose(driven);
  await driven.store.setPlug(false);
  await driven.drive(whileUnknown(driven, id));
  expect(advice(driven)).toBe('unclear');
  await driven.store.setPlug(true);
  driven.till.session.sending.loop.networkChanged();
  return { driven, id };
}

it.each([
  // Where others write, what arrived may have been spent.
  ['before', '2.00', 'unclear'],
  ['before', '10.00', 'unclear'],
  ['after', '2.00', 'applied'],
  ['after', '10.00', 'applied'],
] as const)(
  'the reply to a later one says what became of an entry that was dropped %s KYBIO (%s: %s)',
  async (when, next, says) => {
    const { driven } = await unread(when);
    await confirmed(driven, next);
    expect(advice(driven)).toBe(says);
    // And to one more, which the first of them does not blur.
    await confirmed(driven, '3.00');
    expect(advice(driven)).toBe(says);
  },
);

it('a manager who has not seen it does not send against it', async () => {
  const { driven, id } = await unread('after');
  const { version } = entry(driven, id);
  await confirmed(driven, '2.00');
  const {
    counter: { review },
  } = driven.till.session;
  expect(await answerRead(review, { id, version }, 'send', theManager)).toMatchObject({
    error: { code: 'evidence-changed' },
  });
});

it('says nothing of an entry that may still arrive', async () => {
  const driven = await openLosing({}, 'before');
  const { id } = await lose(driven);
  driven.till.session.ledger.transitions.sendToReview(entry(driven, id), 'restored');
  await confirmed(driven, '2.00');
  expect(evidenceOf(driven)).toBeNull();
});

it('takes nothing away where somebody else wrote meanwhile', async () => {
  const driven = await openLosing({}, 'before');
  const { id } = await lose(driven);
  await driven.drive(whileUnknown(driven, id));
  const known = evidenceOf(driven);
  expect(advice(driven)).toBe('unclear');
  driven.store.adjust(uid, '123.45', '340');
  await confirmed(driven, '2.00');
  expect(evidenceOf(driven)).toEqual(known);
});
