import { expect, it } from 'vitest';
import { classifyRead } from '../../main/kybio/read.ts';
import { parseRechargeLog } from '../../main/kybio/recharge.ts';
import { POLICY_KEY } from '../../main/sync/evidence-policy.ts';
import { unknownHost } from '../../main/sync/host-profile.ts';
import { answered, errorReply } from '../kybio/support/increment.ts';
import { answerLookUps, recordOf } from './reads.ts';
import { openLoop, pass, settle } from './support.ts';

/** How often the log is read for one lost reply, on a host whose log is proven to tell of it. */
async function logReads(status: number, body: string): Promise<number> {
  let reads = 0;
  const { over } = answerLookUps((what) => recordOf(what));
  const till = openLoop({
    over: {
      ...over,
      queryCustomerRechargeLog: () => {
        reads += 1;
        const exchange = answered(status, body);
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
  await till.add('1');
  await till.sends()[0]?.end('lost');
  await pass(till, 1_200_000, 500);
  expect(till.states()).toEqual(['review']);
  return reads;
}

it.each([
  ['words', 200, errorReply('not for you')],
  ['words about a permission', 200, errorReply('没有权限')],
  ['a status', 404, '<html>Not Found</html>'],
])(
  'a log that KYBIO refuses with %s is not asked for again, and a person decides',
  async (_, status, body) => {
    expect(await logReads(status, body)).toBe(1);
  },
);

it('a log that KYBIO cannot give now is asked for again after a while, until a person decides', async () => {
  const reads = await logReads(502, '<html>Bad Gateway</html>');
  expect(reads).toBeGreaterThan(2);
  expect(reads).toBeLessThan(32);
});
