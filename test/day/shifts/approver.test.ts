import { expect, it } from 'vitest';
import { amount } from '../../../preload/contract/index.ts';
import { add, openShop, pins, type Shop, signIn } from '../../people/support.ts';

// Whoever stands for what a drawer is off by is not whoever counted it: a person, whatever they are called.

const ANA = '604823';

const proofOf = (shop: Shop, name: string, pin: string) => ({ person: shop.idOf(name), pin });

async function change(shop: Shop, name: string, to: string): Promise<void> {
  await shop.must('people:change', {
    ...{ version: shop.people().version, id: shop.idOf(name), name: to, role: 'manager', language: null },
    pin: proofOf(shop, 'Ana', ANA),
  });
}

/** Counted by somebody, and off by all of it. */
async function countedBy(name: string, pin: string): Promise<Shop> {
  const shop = await openShop();
  await add(shop, 'Ana', 'manager', ANA);
  await signIn(shop, name, pin);
  await shop.must('shifts:open', { float: amount('500'), drawer: 'own' });
  await shop.must('shifts:beginCount', {});
  await shop.must('shifts:commitCount', { count: { pieces: [], tenders: [] } });
  return shop;
}

const close = async (shop: Shop, name: string, pin: string): Promise<string> => {
  const closed = await shop.call('shifts:close', { reason: 'Gone', pin: proofOf(shop, name, pin) });
  return closed.ok ? 'closed' : closed.error.code;
};

it('who was given another name meanwhile does not stand for their own count', async () => {
  const shop = await countedBy('Boss', pins.boss);
  await change(shop, 'Boss', 'Big Boss');
  await signIn(shop, 'Big Boss', pins.boss);
  expect(await close(shop, 'Big Boss', pins.boss)).toBe('approver-counted');
  expect(await close(shop, 'Ana', ANA)).toBe('closed');
});

it('who is called as somebody that has left does stand for that one’s count', async () => {
  const shop = await countedBy('Boss', pins.boss);
  const pin = proofOf(shop, 'Ana', ANA);
  await signIn(shop, 'Ana', ANA);
  await shop.must('people:remove', { version: shop.people().version, id: shop.idOf('Boss'), pin });
  await shop.must('people:add', {
    ...{ version: shop.people().version, name: 'Boss', role: 'manager', language: null, newPin: '771204' },
    pin,
  });
  expect(await close(shop, 'Boss', '771204')).toBe('closed');
});
