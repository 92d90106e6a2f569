import { expect, it } from 'vitest';
import { readIncrementBody } from '../../main/hosts/kybio/body.ts';
import type { MemberHost } from '../../main/hosts/port/member-host.ts';
import { exchangeFor } from '../kit/answers.ts';
import { openLoop } from '../kit/loop.ts';
import { member } from '../kit/member.ts';

/** A success with its sums and times, as KYBIO answers. */
function successOf(
  before: number,
  signed: Parameters<MemberHost['sendIncrement']>[0],
  second: string,
  dataChangeTime: string | null = null,
) {
  const fields = readIncrementBody(signed.body);
  const data = {
    ...{ customerUid: fields?.customerUid, balanceIncrement: fields?.balanceIncrement, pointIncrement: 0 },
    ...{ balanceBeforeUpdate: before, balanceAfterUpdate: before + Number(fields?.balanceIncrement) },
    ...{ pointBeforeUpdate: 0, pointAfterUpdate: 0, updateCustomerTime: second, dataChangeTime },
  };
  const said = exchangeFor('success', signed);
  const response = said.response && {
    ...said.response,
    body: Buffer.from(JSON.stringify({ status: 'success', data })),
  };
  return { ...said, response };
}

/** Attack B5: "0 → 10" twice, on a new connection each, and applied once. */
it.each([
  ['at once', false, false],
  ['over a restart', true, false],
  ['whoever has altered the table of customers', true, true],
])('a proxy’s repeated success confirms nothing, %s', async (_, restarts, isAltered) => {
  const sendIncrement: MemberHost['sendIncrement'] = async (signed) =>
    successOf(0, signed, '2026-11-26 10:00:00');
  const till = openLoop({ over: { sendIncrement } });
  till.loop.start();
  await till.add('1');
  expect(till.states()).toEqual(['confirmed']);
  if (isAltered) till.db.exec('UPDATE customer SET number = number + 100');
  if (restarts) await till.loop.stop(0);
  const next = restarts ? openLoop({ over: { sendIncrement }, file: till.file }) : till;
  next.clock.pass(1_000);
  next.loop.start();
  await next.add('1');
  expect(next.states()).toEqual(['confirmed', 'unknown']);
});

it('one whose sums before are less than the reply before confirms for good: members spend', async () => {
  let second = 0;
  const sendIncrement: MemberHost['sendIncrement'] = async (signed) => {
    second += 1;
    return successOf(0, signed, `2026-11-26 10:00:0${second}`);
  };
  const till = openLoop({ over: { sendIncrement } });
  till.directory.keep(member, till.clock.nowMs(), true);
  till.loop.start();
  await till.add('1');
  till.clock.pass(1_000);
  await till.add('1');
  expect(till.states()).toEqual(['confirmed', 'confirmed']);
  expect(till.db.prepare('SELECT kind FROM doubt').all()).toEqual([]);
});

it('nor does one with another entry’s second, whose own answer never came', async () => {
  const sent: Parameters<MemberHost['sendIncrement']>[0][] = [];
  const sendIncrement: MemberHost['sendIncrement'] = async (signed) => {
    sent.push(signed);
    if (sent.length === 1) return exchangeFor('disabled', signed);
    const second = readIncrementBody(sent[0]?.body ?? signed.body)?.dataChangeTime ?? '';
    return successOf(0, signed, '2026-11-26 10:00:00', second);
  };
  const till = openLoop({ over: { sendIncrement } });
  till.loop.start();
  await till.add('1');
  till.clock.pass(1_000);
  await till.add('1');
  expect(till.states()).toEqual(['rejected', 'unknown']);
});
