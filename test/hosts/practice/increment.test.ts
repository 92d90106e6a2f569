import { describe, expect, test } from 'vitest';
import {
  blankMember,
  deletedMember,
  disabledMember,
  expiredMember,
  fourDecimalsMember,
  limWei,
  meiLing,
  renewedMember,
} from '../../../main/hosts/practice/members.ts';
import type { HostProfile, PracticeStore } from '../../../main/hosts/practice/types.ts';
import { words } from '../../../main/hosts/practice/words.ts';
import { startPracticeStore } from '../../kit/practice-store.ts';
import { envelopeOf, incrementOf, sendIncrement } from '../../support/practice-call.ts';

const refusal = (message: string) => ({ status: 'error', messages: [message], errorCode: '#1' });

async function heard(store: PracticeStore, members: string): Promise<unknown> {
  return envelopeOf(await sendIncrement(store, members));
}

describe('an increment', () => {
  test("answers KYBIO's own sample in KYBIO's own shape, its id rounded as there", async () => {
    const nowMs = Date.UTC(2015, 11, 16, 6, 37, 30);
    const clock = { nowMs: () => nowMs, monotonicMs: () => 0, schedule: () => () => undefined };
    const store = await startPracticeStore({ clock, profile: { sendsMessages: true } });
    store.adjust(meiLing.customerUid, '400', '300');
    const reply = await sendIncrement(store, incrementOf('231607639459718452'));
    expect(reply.status).toBe(200);
    expect(reply.headers['content-encoding']).toBe('gzip');
    expect(reply.headers.date).toBe('Wed, 16 Dec 2015 06:37:30 GMT');
    expect(envelopeOf(reply)).toEqual({
      status: 'success',
      messages: [],
      errorCode: null,
      data: {
        customerUid: '#231607639459718460',
        balanceBeforeUpdate: '#400',
        balanceAfterUpdate: '#500',
        balanceIncrement: '#100',
        pointBeforeUpdate: '#300',
        pointAfterUpdate: '#400',
        pointIncrement: '#100',
        dataChangeTime: '2015-12-16 13:26:23',
        updateCustomerTime: '2015-12-16 14:37:30',
      },
    });
    expect(store.member(meiLing.customerUid)).toMatchObject({ balance: '500', point: '400' });
    expect(store.increments()).toMatchObject([
      { callNumber: 1, balanceBefore: '400', balanceAfter: '500', atMs: nowMs },
    ]);
    expect(store.calls()).toMatchObject([{ applied: true, signatureValid: true, fault: null }]);
  });

  test('adds exactly, and credits twice when sent twice', async () => {
    const store = await startPracticeStore();
    store.adjust(limWei.customerUid, '0.1', '0');
    await heard(store, incrementOf(limWei.customerUid, '0.2', '0'));
    expect(store.member(limWei.customerUid).balance).toBe('0.3');
    await heard(store, incrementOf(limWei.customerUid, '0.2', '0'));
    expect(store.member(limWei.customerUid).balance).toBe('0.5');
    expect(store.member(meiLing.customerUid).balance).toBe('120.00');
    await heard(store, incrementOf(fourDecimalsMember.customerUid, '-8.1233', '0.5'));
    expect(store.member(fourDecimalsMember.customerUid)).toMatchObject({ balance: '80.0001', point: '13.0' });
  });

  test('credits the one of two ids that a double cannot tell apart', async () => {
    const store = await startPracticeStore();
    expect(Number(meiLing.customerUid)).toBe(Number(limWei.customerUid));
    await heard(store, incrementOf(limWei.customerUid, '1', '0'));
    expect(store.increments().map((increment) => increment.customerUid)).toEqual([limWei.customerUid]);
  });

  test.each([
    ['disabled', disabledMember.customerUid, words.customerDisabled],
    ['deleted', deletedMember.customerUid, words.customerDeleted],
    ['expired', expiredMember.customerUid, words.customerExpired],
    ['blank', blankMember.customerUid, words.customerUnknown],
    ['unknown', '9223372036854775807', words.customerUnknown],
  ])('is refused for a member that is %s', async (_what, customerUid, message) => {
    const store = await startPracticeStore();
    expect(await heard(store, incrementOf(customerUid))).toEqual(refusal(message));
    expect(store.increments()).toEqual([]);
    expect(store.calls()).toMatchObject([{ applied: false, signatureValid: true }]);
  });

  test('is applied for a member whose expiry lies ahead', async () => {
    const store = await startPracticeStore();
    expect(await heard(store, incrementOf(renewedMember.customerUid))).toMatchObject({ status: 'success' });
  });

  test.each([
    ['customerUid', '"balanceIncrement":1,"pointIncrement":0,"dataChangeTime":"2015-12-16 13:26:23"'],
    [
      'balanceIncrement',
      '"customerUid":231607639459718452,"pointIncrement":0,"dataChangeTime":"2015-12-16 13:26:23"',
    ],
    [
      'pointIncrement',
      '"customerUid":231607639459718452,"balanceIncrement":1,"dataChangeTime":"2015-12-16 13:26:23"',
    ],
    ['dataChangeTime', '"customerUid":231607639459718452,"balanceIncrement":1,"pointIncrement":0'],
    ['dataChangeTime', incrementOf('231607639459718452', '1', '0', '')],
  ])('needs %s', async (field, members) => {
    const store = await startPracticeStore();
    expect(await heard(store, members)).toEqual(refusal(`${field} is required`));
    expect(store.increments()).toEqual([]);
  });

  test.each([
    ['an id as a string', incrementOf('"231607639459718452"'), 'customerUid is not a valid Long'],
    ['an id above 2^63', incrementOf('9223372036854775808'), 'customerUid is not a valid Long'],
    ['an id with an exponent', incrementOf('2.3160763945971846e17'), 'customerUid is not a valid Long'],
    [
      'an amount with an exponent',
      incrementOf('231607639459718452', '1e3'),
      'balanceIncrement is not a valid BigDecimal',
    ],
    [
      'an amount as a string',
      incrementOf('231607639459718452', '1', '"5"'),
      'pointIncrement is not a valid BigDecimal',
    ],
    [
      'a day that never was',
      incrementOf('231607639459718452', '1', '0', '2015-02-30 13:26:23'),
      'dataChangeTime is not a valid yyyy-MM-dd hh:mm:ss',
    ],
    [
      'a time with a T',
      incrementOf('231607639459718452', '1', '0', '2015-02-03T13:26:23'),
      'dataChangeTime is not a valid yyyy-MM-dd hh:mm:ss',
    ],
  ])('refuses %s', async (_what, members, message) => {
    const store = await startPracticeStore();
    expect(await heard(store, members)).toEqual(refusal(message));
    expect(store.increments()).toEqual([]);
  });
});

describe('a host profile', () => {
  const credited = async (profile: Partial<HostProfile>): Promise<string> => {
    const store = await startPracticeStore({ profile });
    return (await sendIncrement(store, incrementOf(meiLing.customerUid, '1.005', '0'))).text;
  };

  test('spells ids as asked', async () => {
    expect(await credited({ ids: 'exact' })).toContain('"customerUid":231607639459718452,');
    expect(await credited({ ids: 'rounded' })).toContain('"customerUid":231607639459718460,');
    expect(await credited({ ids: 'string' })).toContain('"customerUid":"231607639459718452",');
  });

  test('spells amounts, status and messages as asked', async () => {
    expect(await credited({})).toContain('"balanceAfterUpdate":121.005,');
    expect(await credited({ amountsAsStrings: true })).toContain('"balanceAfterUpdate":"121.005",');
    expect(await credited({ statusCase: 'upper' })).toContain('"status":"SUCCESS"');
    expect(await credited({ sendsMessages: false })).not.toMatch(/messages|errorCode/);
  });

  test('cuts off the decimals that it does not keep', async () => {
    expect(await credited({ decimals: 2 })).toContain(
      '"balanceAfterUpdate":121.00,"balanceIncrement":1.005,',
    );
  });

  test.each(['none', 'gzip', 'deflate'] as const)(
    'compresses with %s, only where that is accepted',
    async (compression) => {
      const store = await startPracticeStore({ profile: { compression } });
      const accepted = await sendIncrement(store, incrementOf(meiLing.customerUid));
      expect(accepted.headers['content-encoding']).toBe(compression === 'none' ? undefined : compression);
      expect(accepted.text).toContain('"success"');
      const plain = await sendIncrement(store, incrementOf(meiLing.customerUid), {
        headers: { 'Accept-Encoding': 'identity' },
      });
      expect(plain.headers['content-encoding']).toBeUndefined();
      expect(plain.text).toContain('"success"');
    },
  );

  test('refuses duplicates of what was applied, and of nothing else', async () => {
    const store = await startPracticeStore({ profile: { refusesDuplicates: true } });
    store.setMember(meiLing.customerUid, { enable: 0 });
    expect(await heard(store, incrementOf(meiLing.customerUid))).toEqual(refusal(words.customerDisabled));
    store.setMember(meiLing.customerUid, { enable: 1 });
    expect(await heard(store, incrementOf(meiLing.customerUid))).toMatchObject({ status: 'success' });
    expect(await heard(store, incrementOf(meiLing.customerUid, '7', '7'))).toEqual(refusal('重复提交修改'));
    expect(await heard(store, incrementOf(limWei.customerUid))).toMatchObject({ status: 'success' });
    const nextSecond = incrementOf(meiLing.customerUid, '1', '1', '2015-12-16 13:26:24');
    expect(await heard(store, nextSecond)).toMatchObject({ status: 'success' });
    expect(store.increments()).toHaveLength(3);
  });

  test('goes below zero only where allowed', async () => {
    const store = await startPracticeStore({ profile: { allowsNegativeBalance: false } });
    expect(await heard(store, incrementOf(meiLing.customerUid, '-120.01', '0'))).toEqual(
      refusal(words.balanceInsufficient),
    );
    expect(await heard(store, incrementOf(meiLing.customerUid, '0', '-341'))).toEqual(
      refusal(words.pointInsufficient),
    );
    expect(await heard(store, incrementOf(meiLing.customerUid, '-120.00', '-340'))).toMatchObject({
      status: 'success',
    });
    store.setProfile({ allowsNegativeBalance: true });
    expect(await heard(store, incrementOf(meiLing.customerUid, '-0.01', '0'))).toMatchObject({
      status: 'success',
    });
    expect(store.member(meiLing.customerUid)).toMatchObject({ balance: '-0.01', point: '0' });
  });
});
