import { expect, it } from 'vitest';
import { practiceMembers } from '../../main/hosts/practice/members.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { openDrivenTill } from '../kit/driven-till.ts';
import { balance, entry, lose, method, uid, whileUnknown } from '../kit/losing.ts';
import { answerRead } from '../kit/review.ts';

/** A member without a card number, whose reply is lost; the till knows it out of the directory. */
async function openNoCard(when: 'before' | 'after') {
  const members = practiceMembers.map((one) => (one.customerUid === uid ? { ...one, number: '' } : one));
  const driven = await openDrivenTill({ hasQueryByUid: true }, { members });
  const { session } = driven.till;
  session.counter.policy.save({ ...session.counter.policy.current(), repeatWithinMs: 0 }, theManager);
  session.start();
  await driven.drive(() => session.members.directory.byUid(uid) !== null);
  driven.store.addFault({ fault: { kind: 'drop', when }, method, times: 1 });
  const { id } = await lose(driven);
  await driven.drive(whileUnknown(driven, id));
  const answer = (word: 'arrived' | 'send') =>
    answerRead(session.counter.review, entry(driven, id), word, theManager);
  return { driven, id, answer, review: session.counter.review };
}

it('a member without a card number can be answered for', async () => {
  const { driven, id, answer, review } = await openNoCard('before');
  await driven.pass(700_000);
  expect(review.cases()).toMatchObject([{ evidence: { content: { verdict: { suggestion: 'unclear' } } } }]);
  expect(await answer('send')).toMatchObject({ ok: true });
  driven.till.session.sending.loop.wake();
  await driven.drive(() => entry(driven, id).state === 'confirmed');
  expect(balance(driven)).toBe('130.00');
});
