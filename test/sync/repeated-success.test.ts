import { expect, it } from 'vitest';
import { readIncrementBody } from '../../main/kybio/body.ts';
import type { KybioClient } from '../../main/kybio/types.ts';
import { member } from './member.ts';
import { exchangeFor, openLoop, settle } from './support.ts';

/** A success with its sums and times, as KYBIO answers. */
function successOf(before: number, signed: Parameters<KybioClient['sendIncrement']>[0], second: string) {
  const fields = readIncrementBody(signed.body);
  const data = {
    ...{ customerUid: fields?.customerUid, balanceIncrement: fields?.balanceIncrement, pointIncrement: 0 },
    ...{ balanceBeforeUpdate: before, balanceAfterUpdate: before + Number(fields?.balanceIncrement) },
    ...{ pointBeforeUpdate: 0, pointAfterUpdate: 0, updateCustomerTime: second },
  };
  const said = exchangeFor('success', signed);
  const response = said.response && {
    ...said.response,
    body: Buffer.from(JSON.stringify({ status: 'success', data })),
  };
  return { ...said, response };
}

/** B5: "0 → 10" twice, on a fresh connection each, and applied once. */
it('a proxy’s repeated success confirms nothing, not even over a restart', async () => {
  const sendIncrement: KybioClient['sendIncrement'] = async (signed) =>
    successOf(0, signed, '2026-11-26 10:00:00');
  const till = openLoop({ over: { sendIncrement } });
  till.loop.start();
  await till.add('1');
  till.clock.pass(1_000);
  await till.add('1');
  expect(till.states()).toEqual(['confirmed', 'unknown']);
  await till.loop.stop(0);
  const again = openLoop({ over: { sendIncrement }, file: till.file });
  again.clock.pass(2_000);
  again.loop.start();
  await settle();
  await again.add('2', { balanceIncrement: '5' });
  expect(again.states()).toEqual(['confirmed', 'unknown', 'confirmed']);
  await again.add('1');
});

it('one whose sums before are older than the reply before confirms, and a manager is asked', async () => {
  let second = 0;
  const sendIncrement: KybioClient['sendIncrement'] = async (signed) => {
    second += 1;
    return successOf(0, signed, `2026-11-26 10:00:0${second}`);
  };
  const till = openLoop({ over: { sendIncrement } });
  till.directory.keep(member, till.clock.nowMs(), true);
  till.loop.start();
  await till.add('1');
  till.clock.pass(1_000);
  const { id } = await till.add('1');
  expect(till.states()).toEqual(['confirmed', 'confirmed']);
  const doubts = till.db.prepare('SELECT increment_id AS id, kind FROM doubt').all();
  expect(doubts).toEqual([{ id, kind: 'possible-missing' }]);
});
