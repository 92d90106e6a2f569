import { describe, expect, it } from 'vitest';
import { meiLing, type practiceMembers } from '../../main/hosts/practice/members.ts';
import { type Driven, openDrivenTill } from '../kit/driven-till.ts';

const other = { categoryName: 'Silver', balance: '100.00', point: '0', enable: 1, expiryDate: null } as const;
const ann = { ...meiLing, ...other, customerUid: '1001', number: 'X100', name: 'Ann', phone: '91110001' };
const bob = { ...meiLing, ...other, customerUid: '2002', number: 'Y200', name: 'Bob', phone: '92220002' };

async function counter(members: typeof practiceMembers = [ann, bob]): Promise<Driven> {
  const driven = await openDrivenTill({}, { members });
  driven.till.session.start();
  await driven.settle();
  return driven;
}

const find = async ({ till }: Driven, query: string) => {
  const found = await till.session.members.lookUp.find(query);
  if (!found.ok) throw new Error(found.error.code);
  return found.value;
};

/** As the form does it: who may be taken without a person is credited. */
async function scanAndPay(driven: Driven, query: string) {
  const { members, isForPicker } = await find(driven, query);
  const [only, ...others] = members;
  if (only !== undefined && others.length === 0 && !isForPicker) {
    driven.till.topUp(only.customerUid, '10.00');
    driven.till.session.sending.loop.wake();
    await driven.pass(60_000);
  }
  return { ann: driven.store.member('1001').balance, bob: driven.store.member('2002').balance };
}

const none = { ann: '100.00', bob: '100.00' };
const bobs = { ann: '100.00', bob: '110.00' };

describe('what KYBIO named under a query serves no more once the till knows better', () => {
  it('where it has read who has that card now', async () => {
    const driven = await counter();
    await find(driven, 'X100');
    driven.store.setMember('1001', { number: '' });
    driven.store.setMember('2002', { number: 'X100' });
    await find(driven, '92220002');
    expect(await scanAndPay(driven, 'X100')).toEqual(bobs);
  });

  it('where it has read the member under another card', async () => {
    const driven = await counter();
    await find(driven, 'X100');
    driven.store.setMember('1001', { number: 'N9' });
    driven.store.setMember('2002', { number: 'X100' });
    await find(driven, 'N9');
    expect(await scanAndPay(driven, 'X100')).toEqual(bobs);
  });

  it('where the phone that named the member is somebody’s card', async () => {
    const driven = await counter();
    await find(driven, '91110001');
    driven.store.setMember('2002', { number: '91110001' });
    await find(driven, '92220002');
    expect(await scanAndPay(driven, '91110001')).toEqual(bobs);
  });

  it('where the phone is two members’ now: a person picks', async () => {
    const driven = await counter();
    await find(driven, '91110001');
    driven.store.setMember('2002', { phone: '91110001' });
    await find(driven, 'Y200');
    expect(await scanAndPay(driven, '91110001')).toEqual(none);
    expect((await find(driven, '91110001')).members.map(({ name }) => name)).toEqual(['Ann', 'Bob']);
  });

  it('nor is a card of full-width digits the narrow one, while somebody has it', async () => {
    const driven = await counter([
      { ...ann, number: '1001' },
      { ...bob, number: '１００１' },
    ]);
    expect(await scanAndPay(driven, '１００１')).toEqual(bobs);
    driven.store.setMember('2002', { number: 'N9' });
    await find(driven, 'N9');
    expect(await find(driven, '１００１')).toMatchObject({ members: [{ name: 'Ann' }], isForPicker: false });
    expect(await find(driven, '９１１１０００１')).toMatchObject({
      members: [{ name: 'Ann' }],
      isForPicker: true,
    });
  });

  it('and serves while nothing says otherwise', async () => {
    const driven = await counter();
    for (const query of ['X100', '91110001']) {
      await find(driven, query);
      const before = driven.store.calls().length;
      expect(await find(driven, query)).toMatchObject({ members: [{ name: 'Ann' }], isForPicker: false });
      expect(driven.store.calls()).toHaveLength(before);
    }
  });
});
