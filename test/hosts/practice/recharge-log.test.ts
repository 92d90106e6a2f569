import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../../main/hosts/practice/members.ts';
import { realClock, startPracticeStore } from '../../kit/practice-store.ts';
import { ownClockStoreTimeZone } from '../../kit/store-time-zone.ts';
import { callPractice, envelopeOf, incrementOf, sendIncrement } from '../../support/practice-call.ts';

const method = 'queryAllRechargeLogs';

interface Row {
  readonly payMethod: string;
  readonly datetime: string;
}

async function logOf(store: Awaited<ReturnType<typeof startPracticeStore>>): Promise<readonly Row[]> {
  const range = '"stateDate":"2026-01-01 00:00:00","endDate":"2026-01-31 00:00:00"';
  const heard = await callPractice(store, `customerOpenApi/${method}`, range);
  const { data } = envelopeOf(heard) as { data: { result: readonly Row[] } };
  return data.result;
}

const atMs = Date.parse('2026-01-15T05:26:23Z');

it('what a person tops up in the back office is in the log, whether or not programs’ top-ups are', async () => {
  const store = await startPracticeStore({ storeTimeZone: ownClockStoreTimeZone });
  await sendIncrement(store, incrementOf(meiLing.customerUid, '10', '1'));
  store.recharge({ customerUid: limWei.customerUid, sum: '30.00', gift: '5.00', atMs });
  expect(await logOf(store)).toMatchObject([{ payMethod: 'cash', datetime: '2026-01-15 13:26:23' }]);
  expect(store.member(limWei.customerUid).balance).toBe((Number(limWei.balance) + 30).toFixed(2));
});

it('the log is told late, cut off, or as of another place', async () => {
  const store = await startPracticeStore({ storeTimeZone: ownClockStoreTimeZone });
  for (const customerUid of [meiLing.customerUid, limWei.customerUid])
    store.recharge({ customerUid, sum: '30.00', atMs });
  store.addFault({ fault: { kind: 'log-cut', rows: 1 }, method, times: 1 });
  expect(await logOf(store)).toHaveLength(1);
  store.addFault({ fault: { kind: 'log-hours', hours: 8 }, method, times: 1 });
  expect((await logOf(store))[0]?.datetime).toBe('2026-01-15 21:26:23');
  store.addFault({ fault: { kind: 'log-short-times', characters: 10 }, method, times: 1 });
  expect((await logOf(store))[0]?.datetime).toBe('2026-01-15');
  store.addFault({ fault: { kind: 'log-late', byMs: realClock.nowMs() }, method, times: 1 });
  expect(await logOf(store)).toHaveLength(0);
  expect(await logOf(store)).toHaveLength(2);
});
