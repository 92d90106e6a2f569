import { expect, it } from 'vitest';
import type { IncrementReply } from '../../main/hosts/port/member-host.ts';
import { mayBeOfAnother, type OtherAnswers } from '../../main/sending/whose-reply.ts';
import { amount } from '../../preload/contract/index.ts';

const SECOND = '2026-11-28 10:00:00';
const entry = { balanceIncrement: amount('50'), pointIncrement: amount('0'), dataChangeTime: SECOND };
const reply = (change: Partial<IncrementReply> = {}): IncrementReply => ({
  ...{ customerUid: '1', dataChangeTime: '2026-11-28 10:00:07', updateCustomerTime: null },
  ...{ balanceBeforeUpdate: amount('100.00'), balanceAfterUpdate: amount('150.00') },
  ...{ pointBeforeUpdate: amount('7'), pointAfterUpdate: amount('7') },
  ...change,
});
const none: OtherAnswers = { unanswered: [], echoes: [] };
const from = (balance: string, point = '7') => ({ balance: amount(balance), point: amount(point) });

it('with nothing else that waits for an answer, a success is the entry’s', () => {
  expect(mayBeOfAnother(entry, reply(), none)).toBe(false);
});

it('one from the very sums of an equal one without an answer may be that one’s', () => {
  const of = (change: Partial<IncrementReply>, ...unanswered: OtherAnswers['unanswered']) =>
    mayBeOfAnother(entry, reply(change), { ...none, unanswered });
  expect(of({}, from('100'))).toBe(true);
  expect(of({}, from('150'), from('100'))).toBe(true);
  // Spent or earned since: the sums are other ones.
  expect(of({}, from('150'))).toBe(false);
  expect(of({}, from('100', '8'))).toBe(false);
  // As far as told; what does not move says nothing alone.
  expect(of({ pointBeforeUpdate: null }, from('100', '8'))).toBe(true);
  expect(of({ balanceBeforeUpdate: null }, from('100'))).toBe(false);
  // Its own second is nobody else's.
  expect(of({ dataChangeTime: SECOND }, from('100'))).toBe(false);
});

it('one without the second that this host always tells may be another’s', () => {
  const of = (echoes: readonly boolean[], change: Partial<IncrementReply> = {}) =>
    mayBeOfAnother(entry, reply(change), { ...none, echoes });
  expect(of([true, true, true])).toBe(true);
  expect(of([true, true, true], { dataChangeTime: null })).toBe(true);
  expect(of([true, true, true], { dataChangeTime: SECOND })).toBe(false);
  expect(of([true, true])).toBe(false);
  expect(of([true, false, true, true])).toBe(false);
});
