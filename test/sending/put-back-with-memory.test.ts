import { expect, it } from 'vitest';
import { unknownHost } from '../../main/hosts/host/host-profile.ts';
import type { MemberHost } from '../../main/hosts/port/member-host.ts';
import { exchangeFor } from '../kit/answers.ts';
import { openLoop, pass, settle } from '../kit/loop.ts';
import { member } from '../kit/member.ts';
import { noNetwork } from '../kit/reads.ts';

const HOUR_MS = 3_600_000;

it('a machine that was put back with its memory, its clocks not set yet, is known by KYBIO’s: the others are read first', async () => {
  let isAway = true;
  let aheadMs = 0;
  const read: string[] = [];
  const dated = () => ({ dateMs: till.clock.nowMs() + aheadMs, retryAfterMs: null, location: '' });
  const sendIncrement: MemberHost['sendIncrement'] = async (signed) => {
    const { response, ...ended } = exchangeFor(isAway ? 'refused-connection' : 'success', signed);
    return { ...ended, response: response === null ? null : { ...response, ...dated() } };
  };
  const readByNumber: MemberHost['readByNumber'] = async (number) => {
    if (isAway) return noNetwork;
    read.push(number);
    const value = { ...member, customerUid: number, number };
    return { exchange: exchangeFor('success', null), isAnswered: true, result: { ok: true, value } };
  };
  const till = openLoop({ profile: unknownHost, over: { sendIncrement, readByNumber } });
  for (const uid of ['1', '2', '3', '4'])
    till.directory.keep({ ...member, customerUid: uid, number: uid }, till.clock.nowMs(), true);
  isAway = false;
  till.loop.start();
  await till.add('4');
  isAway = true;
  for (const uid of ['1', '2', '3']) await till.add(uid);
  await pass(till, 2 * HOUR_MS, 60_000);
  expect([till.states(), read]).toEqual([['confirmed', 'queued', 'queued', 'queued'], []]);
  // A snapshot three hours old.
  aheadMs = 3 * HOUR_MS;
  isAway = false;
  till.loop.hurry();
  await settle();
  await pass(till, 60_000, 10_000);
  expect(read.toSorted()).toEqual(['2', '3']);
  expect(till.states()).toEqual(['confirmed', 'confirmed', 'confirmed', 'confirmed']);
});
