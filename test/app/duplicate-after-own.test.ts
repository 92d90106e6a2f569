import { expect, it } from 'vitest';
import { speaksForArrival } from '../../main/counter/case-facts.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { balance, entry, lose, openLosing, sends, uid, whileUnknown } from '../kit/losing.ts';
import { answerRead } from '../kit/review.ts';

it('a duplicate of our own second sending speaks for the first: it takes a second press to send it anew', async () => {
  const driven = await openLosing({ host: { refusesDuplicates: true } }, 'after');
  const { id } = await lose(driven);
  // What arrived is spent to the cent, and a manager says that it did not arrive.
  driven.store.adjust(uid, '120.00', '340');
  await driven.drive(whileUnknown(driven, id));
  const {
    counter: { review },
    sending: { loop },
  } = driven.till.session;
  expect(await answerRead(review, entry(driven, id), 'send', theManager)).toMatchObject({ ok: true });
  loop.wake();
  await driven.drive(() => entry(driven, id).cause === 'duplicate');
  await driven.drive(whileUnknown(driven, id));
  expect(entry(driven, id).state).toBe('review');
  const read = await review.read(id);
  if (!read.ok) throw new Error(read.error.code);
  expect(read.value.evidence?.content).toMatchObject({ verdict: { decision: 'ask', suggestion: 'applied' } });
  expect(speaksForArrival(read.value)).toBe(true);
  expect(await answerRead(review, entry(driven, id), 'send', theManager)).toMatchObject({
    error: { code: 'evidence-changed' },
  });
  await driven.pass(600_000);
  expect(sends(driven)).toHaveLength(2);
  expect(driven.store.increments().filter(({ customerUid }) => customerUid === uid)).toHaveLength(1);
  expect(balance(driven)).toBe('120.00');
});
