import { describe, expect, it } from 'vitest';
import { openLoop, pass, settle, type TestLoop } from '../kit/loop.ts';
import { member } from '../kit/member.ts';
import {
  answerLookUps,
  badGateway,
  brokenBackEnd,
  brokenRecord,
  noAnswerInTime,
  recordOf,
} from '../kit/reads.ts';

const reasons = ({ link }: TestLoop) => link.state.pauses.map(({ reason }) => reason);

/** The reply to member 1's increment is lost. */
async function loseOne(till: TestLoop): Promise<void> {
  till.directory.keep({ ...member, customerUid: '1', number: 'A' }, 1, false);
  till.loop.start();
  await settle();
  await till.add('1');
  await till.sends()[0]?.end('lost');
  expect(reasons(till)).toEqual(['unanswered']);
}

describe('after a lost reply KYBIO is asked', () => {
  it('about that member first, and the pause is over', async () => {
    const { asked, over } = answerLookUps(recordOf);
    const till = openLoop({ over });
    await loseOne(till);
    await pass(till, 5_000, 500);
    expect(asked).toEqual(['A']);
    expect(reasons(till)).toEqual([]);
  });

  it.each([
    ['words of a broken back end', brokenBackEnd],
    ['a record that cannot be read', brokenRecord],
    ['no answer in time', noAnswerInTime],
    ['a gateway’s page', badGateway],
  ])('and where it has for that member only %s, nobody else waits', async (_, bad) => {
    const { over } = answerLookUps((what) => (what === 'A' ? bad : recordOf(what, what)));
    const till = openLoop({ over });
    await loseOne(till);
    await till.add('2');
    await pass(till, 60_000, 1_000);
    expect(till.states()).toEqual(['unknown', 'sending']);
    await till.sends()[0]?.end('success');
    await pass(till, 1_500_000, 5_000);
    await till.add('3');
    await pass(till, 60_000, 1_000);
    expect(till.states()).toEqual(['review', 'confirmed', 'sending']);
  });

  it('about the member again, where nothing at all was answered', async () => {
    let isAway = true;
    const { asked, over } = answerLookUps((what) => (isAway ? badGateway : recordOf(what)));
    const till = openLoop({ over });
    await loseOne(till);
    await pass(till, 100_000, 500);
    expect(asked.slice(0, 4)).toEqual(['A', 'page', 'A', 'page']);
    isAway = false;
    till.loop.hurry();
    await settle();
    expect(reasons(till)).toEqual([]);
  });
});

it('nobody in review is asked about', async () => {
  const { asked, over } = answerLookUps(recordOf);
  const till = openLoop({ over });
  till.loop.start();
  await settle();
  const { id } = await till.add('1');
  await till.sends()[0]?.end('502');
  const lost = till.outbox.byId(id);
  if (lost !== null) till.transitions.sendToReview(lost, 'restored');
  await till.add('2');
  await pass(till, 60_000, 1_000);
  expect(asked).toEqual(['2']);
});

describe.each(['not-kybio', 'unknown-words'] as const)(
  'where a card that nobody has is answered with what is said to every call: %s',
  (cause) => {
    const saidToAll: Awaited<ReturnType<ReturnType<typeof answerLookUps>['over']['readByUid']>> = {
      ...badGateway,
      result: { ok: false, error: { kind: 'no-answer', cause, pause: null, messages: [] } },
    };

    /** KYBIO has one sentence for a member that is gone, whatever it is asked, and records for all others. */
    it('the next one who waits is asked about, so that nobody waits for ever', async () => {
      const { asked, over } = answerLookUps((what) => (what === 'B' ? recordOf('B', '2') : saidToAll));
      const till = openLoop({ over });
      till.directory.keep({ ...member, customerUid: '2', number: 'B' }, 1, false);
      await loseOne(till);
      await till.add('2');
      await pass(till, 120_000, 1_000);
      expect(asked.slice(0, 2)).toEqual(['A', 'B']);
      expect(till.states()).toEqual(['unknown', 'sending']);
    });

    it('and where that says the same nothing goes', async () => {
      const { asked, over } = answerLookUps(() => saidToAll);
      const till = openLoop({ over });
      till.directory.keep({ ...member, customerUid: '2', number: 'B' }, 1, false);
      await loseOne(till);
      await till.add('2');
      await pass(till, 7_200_000, 10_000);
      expect(new Set(asked)).toEqual(new Set(['A', 'B']));
      expect(till.states()[1]).toBe('queued');
    });
  },
);
