import { expect, it } from 'vitest';
import type { HostLogRow } from '../../main/hosts/port/member-host.ts';
import type { MemberReader } from '../../main/members/member-reader.ts';
import { createLogForAll } from '../../main/sending/log-for-all.ts';
import { amount, zeroAmount } from '../../preload/contract/index.ts';
import { createTestClock } from '../kit/clock.ts';

type Result = Awaited<ReturnType<MemberReader['logOfAll']>>;

const rowOf = (customerUid: string | null): HostLogRow => ({
  ...{ uid: null, customerUid, rechargeMoney: amount('10'), giftMoney: zeroAmount },
  ...{ datetime: '2026-01-15 13:26:23', payMethod: '', rechargeStoreAccount: '' },
  ...{ customerMoneyAfterRecharge: null, remark: '' },
});

const unanswered: Result = {
  ok: false,
  error: { kind: 'no-answer', cause: 'timeout', pause: null, messages: [] },
};

function openLog(answer: () => Result) {
  const clock = createTestClock();
  let calls = 0;
  const reader = {
    logOfAll: async () => {
      calls += 1;
      return answer();
    },
  };
  const log = createLogForAll({
    ...{ clock, reader, outbox: { candidates: () => [] }, storeTimeZone: 'Asia/Singapore' },
  });
  const of = (customerUid: string) => log.of(customerUid, { createdAtMs: clock.nowMs() });
  return { clock, of, calls: () => calls };
}

it('tells the rows of one member', async () => {
  const { of } = openLog(() => ({ ok: true, value: [rowOf('1'), rowOf('2')] }));
  expect(await of('1')).toEqual([rowOf('1')]);
  expect(await of('3')).toEqual([]);
});

it('says nothing where a row names no member: it may be anybody’s', async () => {
  const { of } = openLog(() => ({ ok: true, value: [rowOf('1'), rowOf(null)] }));
  expect([await of('1'), await of('3')]).toEqual([null, null]);
});

it('that gets no answer is asked for once more after a minute, and not for every member', async () => {
  const { clock, of, calls } = openLog(() => unanswered);
  const askForAll = async () => {
    for (let uid = 1; uid <= 30; uid += 1) expect(await of(String(uid))).toBeNull();
  };
  await askForAll();
  expect(calls()).toBe(1);
  for (let minutes = 1; minutes <= 15; minutes += 1) {
    clock.pass(60_000);
    await askForAll();
    expect(calls()).toBe(2);
  }
  clock.pass(60_000);
  await askForAll();
  expect(calls()).toBe(3);
});

it('that was answered the second time tells again', async () => {
  const answers: Result[] = [unanswered, { ok: true, value: [rowOf('1')] }];
  const { clock, of, calls } = openLog(() => answers.shift() ?? unanswered);
  expect(await of('1')).toBeNull();
  clock.pass(60_000);
  expect(await of('1')).toEqual([rowOf('1')]);
  clock.pass(60_000);
  expect(await of('1')).toEqual([rowOf('1')]);
  expect(calls()).toBe(2);
});
