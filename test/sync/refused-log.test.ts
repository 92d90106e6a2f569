import { expect, it } from 'vitest';
import { classifyRead } from '../../main/kybio/read.ts';
import { parseRechargeLog } from '../../main/kybio/recharge.ts';
import { POLICY_KEY } from '../../main/sync/evidence-policy.ts';
import { unknownHost } from '../../main/sync/host-profile.ts';
import { answered, errorReply } from '../kybio/support/increment.ts';
import { answerLookUps, recordOf } from './reads.ts';
import { openLoop, pass, settle } from './support.ts';

type Answer = readonly [status: number, body: string];

const notFound: Answer = [404, '<html>Not Found</html>'];
const badGateway: Answer = [502, '<html>Bad Gateway</html>'];
const rows = (...data: readonly object[]): Answer => [200, JSON.stringify({ status: 'success', data })];

/**
 * Loses the reply to an increment of 10 on a host whose log is proven to tell of it, and waits for what comes of it:
 * `answerOf` says what the log answers, by how often it was read and the increment's second.
 */
async function decideByLog(answerOf: (read: number, second: string) => Answer) {
  let reads = 0;
  let second = '';
  const { over } = answerLookUps((what) => recordOf(what));
  const till = openLoop({
    over: {
      ...over,
      queryCustomerRechargeLog: () => {
        reads += 1;
        const exchange = answered(...answerOf(reads, second));
        return Promise.resolve({ exchange, result: classifyRead(exchange, parseRechargeLog) });
      },
    },
    profile: {
      ...unknownHost,
      duplicates: { greatestAgeMs: 0, rejectedStaysRejected: true },
      log: { carriesOurTime: true, topUpDelayMs: 1_000, awardDelayMs: 1_000, reversalDelayMs: 1_000 },
    },
  });
  till.settings.set(POLICY_KEY, JSON.stringify({ tillNumbersDeclared: true }));
  till.loop.start();
  await settle();
  second = (await till.add('1')).dataChangeTime;
  await till.sends()[0]?.end('lost');
  await pass(till, 1_200_000, 500);
  return { reads, states: till.states() };
}

it.each<[string, Answer]>([
  ['words', [200, errorReply('not for you')]],
  ['words about a permission', [200, errorReply('没有权限')]],
  ['a status', notFound],
])('a log that KYBIO refuses with %s is not asked for again, and a person decides', async (_, answer) => {
  expect(await decideByLog(() => answer)).toEqual({ reads: 1, states: ['review'] });
});

it('a log that KYBIO cannot give now is asked for again after a while, until a person decides', async () => {
  const { reads, states } = await decideByLog(() => badGateway);
  expect(states).toEqual(['review']);
  expect(reads).toBeGreaterThan(2);
  expect(reads).toBeLessThan(32);
});

it.each<[string, Answer]>([
  ['words', [200, errorReply('not for you')]],
  ['a status', notFound],
])(
  'a log that was given before and is refused once with %s is asked for again, and tells',
  async (_, answer) => {
    const arrived = (second: string) => rows({ rechargeMoney: 10, giftMoney: 0, datetime: second });
    const answerOf = (read: number, second: string): Answer =>
      read === 1 ? rows() : read === 2 ? answer : arrived(second);
    expect(await decideByLog(answerOf)).toEqual({ reads: 3, states: ['confirmed'] });
  },
);

it('a log that was given before and is refused from then on leaves it to a person in the end', async () => {
  const { reads, states } = await decideByLog((read) => (read === 1 ? rows() : notFound));
  expect(states).toEqual(['review']);
  expect(reads).toBeLessThan(32);
});
