import { expect, test } from 'vitest';
import type { PracticeStore } from '../../../main/hosts/practice/types.ts';
import { words } from '../../../main/hosts/practice/words.ts';
import { createTestClock } from '../../kit/clock.ts';
import { startPracticeStore } from '../../kit/practice-store.ts';
import { callPractice, envelopeOf } from '../../support/practice-call.ts';

const ask = async (
  store: PracticeStore,
  method: string,
  members = '',
  service = 'openApiLimitAccess',
): Promise<unknown> => envelopeOf(await callPractice(store, `${service}/${method}`, members));

const success = (data: unknown) => expect.objectContaining({ status: 'success', data });
const refusal = (message: string) => expect.objectContaining({ status: 'error', messages: [message] });
const lookUp = (store: PracticeStore) => ask(store, 'queryByNumber', '"customerNum":"1"', 'customerOpenApi');
const daily = (store: PracticeStore, beginDate: string, endDate: string) =>
  ask(store, 'queryDailyAccessTimesLog', `"beginDate":"${beginDate}","endDate":"${endDate}"`);

test('queryAccessTimes tells the calls of the day, itself among them', async () => {
  const store = await startPracticeStore({ profile: { dailyCalls: 5 } });
  await lookUp(store);
  const times = () => ask(store, 'queryAccessTimes');
  expect(await times()).toEqual(success({ limitTimes: '#5', haveAccessTimes: '#2' }));
  store.setProfile({ dailyCalls: null });
  expect(await times()).toEqual(success({ haveAccessTimes: '#3' }));
});

test('queryDailyAccessTimesLog tells the calls of each day of the host, itself among them', async () => {
  // Half past eleven at night in Singapore.
  const clock = createTestClock(Date.parse('2026-11-29T15:30:00Z'));
  const store = await startPracticeStore({ clock, profile: { dailyCalls: 300 } });
  await lookUp(store);
  await lookUp(store);
  clock.pass(3_600_000);
  await lookUp(store);
  const row = (accessDate: string, calls: number) => ({
    ...{ appId: store.appId, accessDate, limitTimes: '#300', haveAcessTimes: `#${calls}` },
  });
  expect(await daily(store, '2026-11-23', '2026-11-30')).toEqual(
    success([row('2026-11-29', 2), row('2026-11-30', 2)]),
  );
  expect(await daily(store, '2026-11-23', '2026-11-29')).toEqual(success([row('2026-11-29', 2)]));
  expect(await daily(store, '2026-11-20', '2026-11-27')).toEqual(success([]));
});

test('queryDailyAccessTimesLog refuses more than seven days, and counts that call too', async () => {
  const clock = createTestClock(Date.parse('2026-11-30T04:00:00Z'));
  const store = await startPracticeStore({ clock });
  expect(await daily(store, '2026-11-22', '2026-11-30')).toEqual(refusal(words.daysTooMany));
  expect(await daily(store, '2026-11-30', '2026-11-29')).toEqual(refusal(words.daysReversed));
  expect(await daily(store, '2026-11-31', '2026-11-30')).toEqual(
    refusal('beginDate is not a valid yyyy-MM-dd'),
  );
  const told = { appId: store.appId, accessDate: '2026-11-30', haveAcessTimes: '#4' };
  expect(await daily(store, '2026-11-23', '2026-11-30')).toEqual(success([told]));
});

test('queryDailyAccessTimesLog is offered only by some hosts', async () => {
  const store = await startPracticeStore({ profile: { hasCallCount: false } });
  expect(await daily(store, '2026-11-23', '2026-11-30')).toEqual(refusal(words.callNotOffered));
});
