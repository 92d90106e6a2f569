import { amount, type MemberCard, type Till } from '../../preload/contract/index.ts';
import { entryOf, snapshotOf } from '../renderer/support/samples.ts';
import { createFakeMain, type FakeMain } from './fake-main.ts';

/** A till in Singapore, as it is set up by hand. */
const till: Till = {
  name: 'Counter 1',
  number: 1,
  count: 1,
  numberTwice: null,
  actor: 'Counter 1',
  storeTimeZone: 'Asia/Singapore',
  currency: 'SGD',
  language: 'en',
  host: 'https://kybio.example',
  appId: 'APP',
  balanceCap: amount('2000'),
  pointCap: amount('100000'),
  pointDecimals: 2,
  setByIt: [],
  quickAmounts: ['10', '20', '50', '100', '200'].map(amount),
  tenders: [],
  scanner: { meanGapMs: 35, prefix: '', suffix: '', end: 'either' },
  keypad: false,
};

/** A main that finds these members by their whole number, at once, and says of every top-up that it is done. */
export function createFakeShop(members: readonly MemberCard[], change: Partial<Till> = {}): FakeMain {
  const main = createFakeMain(snapshotOf({ till: { ...till, ...change } }));
  main.answer('members:find', ({ query }) => {
    const found = members.filter(({ number }) => number.toLowerCase() === query.toLowerCase());
    return found.length === 0
      ? { ok: false, error: { code: 'member-not-found' } }
      : { ok: true, value: { members: found, isForPicker: false, stillAsking: null } };
  });
  main.answer('members:card', ({ customerUid }) => {
    const found = members.find((member) => member.customerUid === customerUid);
    return found === undefined
      ? { ok: false, error: { code: 'member-not-found' } }
      : { ok: true, value: found };
  });
  main.answer('topUps:create', ({ requestId, customerUid, balanceIncrement, pointIncrement, ...form }) => {
    const entry = entryOf({
      id: requestId,
      reference: String(main.snapshot().activity.length + 1).padStart(4, '0'),
      ...{ customerUid, memberNumber: form.customerNumber, memberName: form.customerName },
      ...{ balanceIncrement: amount(balanceIncrement), pointIncrement: amount(pointIncrement) },
      ...{ state: 'confirmed', canCancel: false },
    });
    main.tell({ put: [entry] });
    return { ok: true, value: entry };
  });
  return main;
}
