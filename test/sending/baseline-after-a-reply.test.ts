import { expect, it } from 'vitest';
import { theManager } from '../../main/kernel/actor.ts';
import { openLoop, settle } from '../kit/loop.ts';
import { member } from '../kit/member.ts';

/** A till whose first entry waits in review and whose second is under way, for the same member. */
async function withOneInReview() {
  const till = openLoop();
  till.loop.start();
  till.directory.keep(member, till.clock.nowMs(), true);
  const { id } = await till.add('1');
  await till.sends()[0]?.end('lost');
  till.transitions.sendToReview({ id, version: till.outbox.byId(id)?.version ?? 0 }, 'evidence-unclear');
  till.clock.pass(60_000);
  till.loop.wake();
  await settle();
  await till.reads()[0]?.end('success');
  await till.add('1');
  expect(till.states()).toEqual(['review', 'sending']);
  return { till, id };
}

it('moves the baseline of a member by our own increment where a reply says no sums', async () => {
  const { till } = await withOneInReview();
  await till.sends()[0]?.end('success');
  expect(till.states()).toEqual(['review', 'confirmed']);
  expect(till.directory.baseline('1')).toMatchObject({ balance: '11', point: '1' });
});

it('leaves no baseline where a manager has answered for another entry of the member meanwhile', async () => {
  const { till, id } = await withOneInReview();
  const waiting = till.outbox.byId(id);
  // Whether the sums of the baseline hold it is a person's word: the review forgets them.
  till.directory.forgetBaseline('1');
  till.transitions.decide(
    { id, version: waiting?.version ?? 0, state: 'review' },
    { state: 'confirmed', cause: null, who: theManager, reason: 'it arrived', evidence: null },
  );
  await till.sends()[0]?.end('success');
  expect(till.states()).toEqual(['confirmed', 'confirmed']);
  expect(till.directory.baseline('1')).toBeNull();
});
