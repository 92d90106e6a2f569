import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { firstPermissions } from '../../main/people/person.ts';
import { amount, type PermissionAnswer } from '../../preload/contract/index.ts';
import { realRandom } from '../kit/practice-store.ts';
import { topUp } from '../kit/program.ts';
import { openShop, pins, type Shop, signIn } from './support.ts';

/** A cashier at a till with an open shift, and an entry in cash. */
async function openCounter() {
  const shop = await openShop();
  await signIn(shop, 'Mei', pins.mei);
  await shop.must('shifts:open', { float: amount('100'), drawer: 'own' });
  await shop.must('members:find', { query: meiLing.number });
  const { id } = await shop.must('topUps:create', topUp(meiLing, { balanceIncrement: '20', tender: 'cash' }));
  return { shop, id };
}

const asked = (id: string, was: string, tender: string) => ({
  ...{ id, requestId: realRandom.uuid(), was, tender },
});

async function answerWith(shop: Shop, answer: PermissionAnswer): Promise<void> {
  const { version, permissions } = shop.people();
  await signIn(shop, 'Boss', pins.boss);
  await shop.must('people:setPermissions', {
    ...{ version, permissions: { ...permissions, acts: { ...permissions.acts, tenderChange: answer } } },
    pin: { person: shop.idOf('Boss'), pin: pins.boss },
  });
  await signIn(shop, 'Mei', pins.mei);
}

it('a cashier says alone that it was paid otherwise, until a manager wants to stand for it, or none to', async () => {
  const { shop, id } = await openCounter();
  await shop.must('entries:changeTender', asked(id, 'cash', 'card'));
  await answerWith(shop, 'approve');
  const second = asked(id, 'card', 'qr');
  expect(await shop.call('entries:changeTender', second)).toMatchObject({
    error: { code: 'approval-needed', details: { reason: 'tenderChange' } },
  });
  const approval = { person: shop.idOf('Boss'), pin: pins.boss };
  await shop.must('entries:changeTender', { ...second, approval });
  await answerWith(shop, 'deny');
  expect(await shop.call('entries:changeTender', { ...asked(id, 'qr', 'cash'), approval })).toMatchObject({
    error: { code: 'act-denied' },
  });
  const { changes } = await shop.must('entries:tenderChanges', { id });
  const boss = `manager#${shop.idOf('Boss')}:Boss`;
  expect(changes.map(({ who, approvedBy, now }) => [who, approvedBy, now])).toEqual([
    ['Mei', null, 'card'],
    ['Mei', boss, 'qr'],
  ]);
  await signIn(shop, 'Boss', pins.boss);
  const { report } = await shop.must('shifts:wholeReport', { pin: approval });
  const listed = [{ was: 'cash', now: 'qr', times: 2, who: 'Mei', approvedBy: boss }];
  expect(report.tenderChanges).toMatchObject({ count: 2, listed });
});

it('a cashier may do it at first', () => {
  expect(firstPermissions.acts).toMatchObject({ tenderChange: 'allow', paidOut: 'approve' });
});
