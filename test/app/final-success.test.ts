import { describe, expect, it } from 'vitest';
import { theManager } from '../../main/kernel/actor.ts';
import type { Driven } from '../kit/driven-till.ts';
import {
  balance,
  byAnother,
  entry,
  lose,
  method,
  number,
  openLosing,
  refuses,
  uid,
  whileUnknown,
} from '../kit/losing.ts';
import { answerRead } from '../kit/review.ts';

const NOBODYS_SECOND = '2024-01-01 00:00:01';
const doubtsOf = ({ till }: Driven) =>
  till.session.counter.review.doubts().map(({ entryId, kind }) => ({ entryId, kind }));

async function topUp(driven: Driven, sum: string): Promise<string> {
  const { id } = driven.till.topUp(uid, sum);
  await driven.drive(() => entry(driven, id).state !== 'queued' && entry(driven, id).state !== 'sending');
  return id;
}

/** The balance at the store began with 120.00. */
describe('a success that fits is final', () => {
  it('attack C1: a member who tops up, spends it at the other till and tops up again is no doubt', async () => {
    const driven = await openLosing({}, null);
    await topUp(driven, '50.00');
    await driven.pass(120_000);
    await byAnother(driven, '-50.00', NOBODYS_SECOND);
    const next = await topUp(driven, '20.00');
    expect(entry(driven, next).state).toBe('confirmed');
    expect(balance(driven)).toBe('140.00');
    expect(doubtsOf(driven)).toEqual([]);
  });

  it('the same amount after exactly that was spent is confirmed, and nobody is asked', async () => {
    const driven = await openLosing({}, null);
    await topUp(driven, '50.00');
    await driven.pass(60_000);
    await byAnother(driven, '-50.00', NOBODYS_SECOND);
    const again = await topUp(driven, '50.00');
    expect(entry(driven, again).state).toBe('confirmed');
    expect(balance(driven)).toBe('170.00');
    expect(doubtsOf(driven)).toEqual([]);
  });

  it('attack D7: a clean first send is no double because another till credited the same', async () => {
    const driven = await openLosing({}, null);
    await driven.till.session.members.lookUp.find(number);
    await byAnother(driven, '50.00', NOBODYS_SECOND);
    const ours = await topUp(driven, '50.00');
    expect(entry(driven, ours).state).toBe('confirmed');
    expect(balance(driven)).toBe('220.00');
    expect(doubtsOf(driven)).toEqual([]);
  });

  it('attack D7: a duplicate’s word is enough where another till credited meanwhile', async () => {
    const world = {
      host: { refusesDuplicates: true },
      proven: refuses,
      policy: { tillNumbersDeclared: true },
    };
    const driven = await openLosing(world, 'after');
    const { id } = await lose(driven, '50.00');
    await byAnother(driven, '50.00', NOBODYS_SECOND);
    await driven.drive(() => entry(driven, id).state !== 'unknown');
    await driven.pass(5_000);
    expect(entry(driven, id).state).toBe('confirmed');
    expect(balance(driven)).toBe('220.00');
    expect(doubtsOf(driven)).toEqual([]);
    // Nor at the next one, before which the till knows 50 less than there is.
    await topUp(driven, '20.00');
    expect(doubtsOf(driven)).toEqual([]);
  });
});

/** The next increment never comes to KYBIO: something on the way answers it with an older success. */
function answeredFrom(driven: Driven, before: number, sum: number, dataChangeTime: string): void {
  const data = {
    ...{
      customerUid: uid,
      balanceBeforeUpdate: before,
      balanceAfterUpdate: before + sum,
      balanceIncrement: sum,
    },
    ...{ pointBeforeUpdate: 340, pointAfterUpdate: 340, pointIncrement: 0 },
    ...{ dataChangeTime, updateCustomerTime: dataChangeTime },
  };
  const body = JSON.stringify({ status: 'success', data }).replace(`"${uid}"`, uid);
  const fault = { kind: 'body', body, contentType: 'application/json', when: 'before' } as const;
  driven.store.addFault({ fault, method, times: 1 });
}

describe('a success that may be another entry’s is unknown', () => {
  it('where it tells the sums from which an equal one was sent whose answer never came', async () => {
    const driven = await openLosing({}, 'after');
    const { id } = await lose(driven, '10.00');
    await driven.drive(whileUnknown(driven, id));
    const {
      counter: { review },
    } = driven.till.session;
    await review.answer(id, entry(driven, id).version, 'arrived', theManager);
    answeredFrom(driven, 120, 10, NOBODYS_SECOND);
    const next = await topUp(driven, '10.00');
    expect(balance(driven)).toBe('130.00');
    expect(entry(driven, next).state).toBe('unknown');
  });

  it('also where the member had spent between the baseline and that sending: what was read after it tells', async () => {
    const driven = await openLosing({}, 'after');
    driven.store.adjust(uid, '115.00', '340');
    const { id } = await lose(driven, '10.00');
    await driven.drive(whileUnknown(driven, id));
    const {
      counter: { review },
    } = driven.till.session;
    await review.read(id);
    await review.answer(id, entry(driven, id).version, 'arrived', theManager);
    answeredFrom(driven, 115, 10, NOBODYS_SECOND);
    const next = await topUp(driven, '10.00');
    expect(balance(driven)).toBe('125.00');
    expect(entry(driven, next).state).toBe('unknown');
  });

  it('and is this one’s where the member’s sums are other ones by now', async () => {
    const driven = await openLosing({}, 'after');
    const { id } = await lose(driven, '10.00');
    await driven.drive(whileUnknown(driven, id));
    const {
      counter: { review },
    } = driven.till.session;
    await review.answer(id, entry(driven, id).version, 'arrived', theManager);
    const next = await topUp(driven, '10.00');
    expect(balance(driven)).toBe('140.00');
    expect(entry(driven, next).state).toBe('confirmed');
  });

  it('where it lacks the second that this host has always told', async () => {
    const driven = await openLosing({}, null);
    for (const sum of ['1.00', '2.00', '3.00']) await topUp(driven, sum);
    answeredFrom(driven, 126, 50, NOBODYS_SECOND);
    const next = await topUp(driven, '50.00');
    expect(balance(driven)).toBe('126.00');
    expect(entry(driven, next).state).toBe('unknown');
    // It never arrived: a manager who sends it has it credited once.
    await driven.drive(whileUnknown(driven, next));
    const {
      counter: { review },
      sending: { loop },
    } = driven.till.session;
    await answerRead(review, entry(driven, next), 'send', theManager);
    loop.wake();
    await driven.drive(() => entry(driven, next).state === 'confirmed');
    expect(balance(driven)).toBe('176.00');
  });
});
