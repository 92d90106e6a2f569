import { expect, test } from 'vitest';
import {
  blankMember,
  deletedMember,
  familyMembers,
  familyPhone,
  limWei,
  meiLing,
  practiceMembers,
} from '../../../main/hosts/practice/members.ts';
import type { PracticeStore } from '../../../main/hosts/practice/types.ts';
import { words } from '../../../main/hosts/practice/words.ts';
import { startPracticeStore } from '../../kit/practice-store.ts';
import { callPractice, envelopeOf, incrementOf, sendIncrement } from '../../support/practice-call.ts';

async function ask(
  store: PracticeStore,
  method: string,
  members = '',
  service = 'customerOpenApi',
): Promise<unknown> {
  return envelopeOf(await callPractice(store, `${service}/${method}`, members));
}

const success = (data: unknown) => expect.objectContaining({ status: 'success', data });
const refusal = (message: string) => expect.objectContaining({ status: 'error', messages: [message] });

test('queryByNumber finds one member, its id and decimals untouched, its password still to be dropped', async () => {
  const store = await startPracticeStore();
  expect(await ask(store, 'queryByNumber', '"customerNum":"8008010001"')).toEqual(
    success(
      expect.objectContaining({
        customerUid: '#231607639459718452',
        number: '8008010001',
        name: 'Tan Mei Ling',
        categoryName: 'Gold',
        phone: '91235640',
        balance: '#120.00',
        point: '#340',
        enable: '#1',
        expiryDate: null,
        password: expect.stringMatching(/^[0-9A-F]{32}$/),
      }),
    ),
  );
  expect(await ask(store, 'queryByNumber', '"customerNum":"1"')).toEqual(refusal(words.customerUnknown));
  expect(await ask(store, 'queryByNumber')).toEqual(refusal('customerNum is required'));
});

test('a deleted member comes back as such, or as a blank record', async () => {
  const store = await startPracticeStore();
  const byNumber = (number: string) => ask(store, 'queryByNumber', `"customerNum":"${number}"`);
  expect(await byNumber(deletedMember.number)).toEqual(
    success(expect.objectContaining({ enable: '#-1', name: deletedMember.name })),
  );
  const blank = {
    customerUid: `#${blankMember.customerUid}`,
    categoryName: '',
    number: '',
    name: '',
    phone: '',
    balance: '#0',
    point: '#0',
  };
  expect(await byNumber(blankMember.number)).toEqual(success(blank));
});

test('queryByUid is offered only by some hosts', async () => {
  const store = await startPracticeStore();
  const members = `"customerUid":${limWei.customerUid}`;
  expect(await ask(store, 'queryByUid', members)).toEqual(
    success(expect.objectContaining({ name: 'Lim Wei' })),
  );
  store.setProfile({ hasQueryByUid: false });
  expect(await ask(store, 'queryByUid', members)).toEqual(refusal(words.callNotOffered));
});

test.each(['customerOpenapi', 'customerOpenApi'])(
  'queryBytel under %s tells all who share a phone',
  async (service) => {
    const store = await startPracticeStore();
    const byPhone = (phone: string) => ask(store, 'queryBytel', `"customerTel":"${phone}"`, service);
    expect(await byPhone(familyPhone)).toEqual(
      success(familyMembers.map(({ name }) => expect.objectContaining({ name }))),
    );
    expect(await byPhone('60000000')).toEqual(success([]));
    store.setProfile({ hasQueryBytel: false });
    expect(await byPhone(familyPhone)).toEqual(refusal(words.callNotOffered));
  },
);

interface PageEnvelope {
  readonly data: {
    readonly result: readonly { readonly customerUid: string }[];
    readonly pageSize: string;
    readonly postBackParameter: unknown;
  };
}

async function readPages(store: PracticeStore, first = ''): Promise<readonly (readonly string[])[]> {
  const pages: string[][] = [];
  for (let members = first; pages.length < 10; ) {
    const { data } = (await ask(store, 'queryCustomerPages', members)) as PageEnvelope;
    expect(data.pageSize).toBe('#100');
    pages.push(data.result.map((row) => row.customerUid.slice(1)));
    if (data.result.length < 100) return pages;
    members = `"postBackParameter":${JSON.stringify(data.postBackParameter)}`;
  }
  throw new Error('the pages never end');
}

test.each(['object', 'text'] as const)(
  'pages with a postBackParameter that is %s tell every member once',
  async (kind) => {
    const store = await startPracticeStore({ profile: { postBackParameter: kind } });
    const pages = await readPages(
      store,
      kind === 'object' ? '"postBackParameter":{}' : '"postBackParameter":""',
    );
    expect(pages.map((page) => page.length)).toEqual([100, 100, 30]);
    expect(pages.flat()).toEqual(practiceMembers.map((member) => member.customerUid));
    expect(await ask(store, 'queryCustomerPages', '"postBackParameter":"guessed"')).toEqual(
      refusal(words.postBackParameterInvalid),
    );
  },
);

test('a directory that fills its last page ends with an empty one', async () => {
  const store = await startPracticeStore({ members: practiceMembers.slice(0, 100) });
  expect((await readPages(store)).map((page) => page.length)).toEqual([100, 0]);
});

test('the recharge log is silent, or tells money in the time that the profile says', async () => {
  const clock = {
    nowMs: () => Date.UTC(2026, 0, 5, 4, 0, 0),
    monotonicMs: () => 0,
    schedule: () => () => undefined,
  };
  const store = await startPracticeStore({ clock });
  await sendIncrement(store, incrementOf(meiLing.customerUid, '25.50', '5'));
  await sendIncrement(store, incrementOf(meiLing.customerUid, '0', '5'));
  await sendIncrement(store, incrementOf(limWei.customerUid, '3', '0'));
  const log = () => ask(store, 'queryCustomerRechargeLog', `"customerUid":${meiLing.customerUid}`);
  expect(await log()).toEqual(success([]));
  store.setProfile({ keepsRechargeLog: true });
  const row = expect.objectContaining({
    rechargeMoney: '#25.50',
    giftMoney: '#0',
    datetime: '2026-01-05 12:00:00',
    customerMoneyAfterRecharge: '#145.50',
    payMethod: expect.any(String),
    rechargeStoreAccount: expect.any(String),
  });
  expect(await log()).toEqual(success([row]));
  store.setProfile({ logCarriesDataChangeTime: true, amountsAsStrings: true });
  expect(await log()).toEqual(
    success([expect.objectContaining({ datetime: '2015-12-16 13:26:23', rechargeMoney: '25.50' })]),
  );
});

test('queryAllRechargeLogs excludes its start, includes its end and spans 31 days at most', async () => {
  const store = await startPracticeStore({
    profile: { keepsRechargeLog: true, logCarriesDataChangeTime: true },
  });
  for (const second of ['01', '02', '03']) {
    await sendIncrement(store, incrementOf(meiLing.customerUid, '1', '0', `2026-01-05 12:00:${second}`));
  }
  const between = (stateDate: string, endDate: string) =>
    ask(store, 'queryAllRechargeLogs', `"stateDate":"${stateDate}","endDate":"${endDate}"`);
  expect(await between('2026-01-05 12:00:01', '2026-01-05 12:00:03')).toEqual(
    success(
      expect.objectContaining({
        pageSize: '#100',
        result: ['02', '03'].map((second) =>
          expect.objectContaining({
            uid: expect.stringMatching(/^#\d{18}$/),
            datetime: `2026-01-05 12:00:${second}`,
          }),
        ),
      }),
    ),
  );
  expect(await between('2026-01-01 00:00:00', '2026-02-01 00:00:00')).toEqual(success(expect.anything()));
  expect(await between('2026-01-01 00:00:00', '2026-02-01 00:00:01')).toEqual(refusal(words.rangeTooLong));
  expect(await between('2026-01-02 00:00:00', '2026-01-01 00:00:00')).toEqual(refusal(words.rangeReversed));
});
