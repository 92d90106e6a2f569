import { expect, it } from 'vitest';
import { POLICY_KEY } from '../../main/hosts/host/evidence-policy.ts';
import { unknownHost } from '../../main/hosts/host/host-profile.ts';
import { classifyRead, wasAnswered } from '../../main/hosts/kybio/read.ts';
import { parseRechargeLog } from '../../main/hosts/kybio/recharge.ts';
import { answered, errorReply } from '../hosts/kybio/support/increment.ts';
import { openLoop, pass, settle } from '../kit/loop.ts';
import { answerLookUps, brokenRecord, notFound as memberNotFound, recordOf } from '../kit/reads.ts';

type Answer = readonly [status: number, body: string];

const notFound: Answer = [404, '<html>Not Found</html>'];
const badGateway: Answer = [502, '<html>Bad Gateway</html>'];
const rows = (...data: readonly object[]): Answer => [200, JSON.stringify({ status: 'success', data })];

const tellsOurTime = { carriesOurTime: true, delayMs: 1_000 };

/**
 * Loses the reply to an increment of 10 on a host whose log is proven to tell of it, or not, and waits for what
 * comes of it: `answerOf` says what the log answers, by how often it was read and the increment's second.
 */
async function decideByLog(
  answerOf: (read: number, second: string) => Answer,
  { isProven = true, memberOf = (what: string) => recordOf(what), customerNumber = 'C1' } = {},
) {
  let reads = 0;
  let second = '';
  const { over } = answerLookUps(memberOf);
  const till = openLoop({
    over: {
      ...over,
      readLog: () => {
        reads += 1;
        const exchange = answered(...answerOf(reads, second));
        return Promise.resolve({
          exchange,
          isAnswered: wasAnswered(exchange),
          result: classifyRead(exchange, parseRechargeLog),
        });
      },
    },
    profile: {
      ...unknownHost,
      duplicates: { greatestAgeMs: 0 },
      log: isProven ? tellsOurTime : null,
    },
  });
  till.settings.set(POLICY_KEY, JSON.stringify({ tillNumbersDeclared: true }));
  till.loop.start();
  await settle();
  second = (await till.add('1', { customerNumber })).dataChangeTime;
  await till.sends()[0]?.end('lost');
  await pass(till, 1_200_000, 500);
  return { reads, states: till.states() };
}

const refusals: readonly [string, Answer][] = [
  ['words', [200, errorReply('not for you')]],
  ['words about a permission', [200, errorReply('没有权限')]],
  ['a status', notFound],
];
const arrived = (second: string) => rows({ rechargeMoney: 10, giftMoney: 0, datetime: second });

it.each(refusals)(
  'a log that proves nothing and is refused with %s is not asked for again',
  async (_, answer) => {
    const decided = await decideByLog(() => answer, { isProven: false });
    expect(decided).toEqual({ reads: 1, states: ['review'] });
  },
);

it.each(refusals)(
  'one that was given at the check-up and is refused once with %s is, and tells',
  async (_, answer) => {
    const decided = await decideByLog((read, second) => (read === 1 ? answer : arrived(second)));
    expect(decided).toEqual({ reads: 2, states: ['confirmed'] });
  },
);

it.each(refusals)(
  'also where it was silent and is refused with %s when it is read again',
  async (_, answer) => {
    const answerOf = (read: number, second: string): Answer =>
      read === 1 ? rows() : read === 2 ? answer : arrived(second);
    const decided = await decideByLog(answerOf);
    expect(decided).toEqual({ reads: 3, states: ['confirmed'] });
  },
);

it.each<[string, Answer, number]>([
  ['refused', notFound, 8],
  ['not given', badGateway, 31],
])(
  'one that is %s again and again is asked for now and then, until a person decides',
  async (_, answer, most) => {
    const { reads, states } = await decideByLog(() => answer);
    expect(states).toEqual(['review']);
    expect(reads).toBeGreaterThan(2);
    expect(reads).toBeLessThanOrEqual(most);
  },
);

it.each<[string, string, (what: string) => ReturnType<typeof recordOf>]>([
  [
    'has no card, on a host that reads by card only,',
    '',
    (what) => (what.startsWith('uid') ? memberNotFound : recordOf(what)),
  ],
  ["has a card that is another member's now", 'C1', (what) => recordOf(what, '2')],
  ['has a record that cannot be read', 'C1', () => brokenRecord],
])('it tells also of a member that %s', async (_, customerNumber, memberOf) => {
  const decided = await decideByLog((_read, second) => arrived(second), {
    memberOf,
    customerNumber,
  });
  expect(decided).toEqual({ reads: 1, states: ['confirmed'] });
});

it.each([
  ['who cannot be read, and may have been merged into another,', () => brokenRecord],
  ['who can be read', (what: string) => recordOf(what)],
] as const)('but its silence about one %s decides nothing', async (_, memberOf) => {
  const decided = await decideByLog(() => rows(), { memberOf });
  expect(decided).toEqual({ reads: 2, states: ['review'] });
});
