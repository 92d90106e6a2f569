import { expect, it } from 'vitest';
import { defaultPolicy } from '../../main/counter/policy.ts';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { topUp } from '../kit/program.ts';
import { add, openShop, openTillOnly, pins, type Shop, signIn, TILL_PIN } from './support.ts';

const code = (result: { ok: boolean; error?: { code: string } }) => (result.ok ? 'ok' : result.error?.code);
const actor = (shop: Shop) => shop.till.snapshot().till?.actor;

const enter = async (shop: Shop, more: object = {}) => {
  await shop.must('members:find', { query: meiLing.number });
  return shop.call('topUps:create', { ...topUp(meiLing), ...more });
};

it('a till with nobody set up goes on under its own name', async () => {
  const shop = await openTillOnly();
  expect(shop.till.snapshot().people).toBeNull();
  const entered = await enter(shop);
  expect(entered.ok && entered.value.actor).toBe(shop.till.session()?.config.tillName);
  expect(code(await shop.call('people:signIn', { person: 'x', pin: '1' }))).toBe('person-not-found');
});

it('the first person is a manager, signed in by it; the till’s own PIN then only brings people in', async () => {
  const shop = await openTillOnly();
  const first = { version: 0, name: 'Mei', language: null, newPin: pins.mei, pin: TILL_PIN } as const;
  expect(code(await shop.call('people:add', { ...first, role: 'cashier' }))).toBe('first-person');
  await shop.must('people:add', { ...first, role: 'manager' });
  expect(actor(shop)).toBe('Mei');
  expect(shop.people().signedIn).toBe(shop.idOf('Mei'));
  expect(shop.till.snapshot().managerUnlockedUntilMs).toBeGreaterThan(Date.now());
  const save = { policy: defaultPolicy('SGD') };
  expect(code(await shop.call('policy:save', save))).toBe('ok');
  expect(code(await shop.call('policy:save', { ...save, pin: TILL_PIN }))).toBe('approver-not-manager');
});

it('each entry says who entered it; whoever comes next signs the next one', async () => {
  const shop = await openShop();
  await add(shop, 'Siti', 'cashier', pins.siti);
  await signIn(shop, 'Mei', pins.mei);
  const first = await enter(shop, { balanceIncrement: '10.00' });
  // The same PIN: who it is says the name that was chosen.
  await signIn(shop, 'Siti', pins.siti);
  const second = await enter(shop, { balanceIncrement: '20.00' });
  expect([first, second].map((one) => one.ok && one.value.actor)).toEqual(['Mei', 'Siti']);
});

it('while it is locked nobody enters, looks up or takes back anything, and a PIN opens it', async () => {
  const shop = await openShop();
  await shop.must('people:lock', {});
  expect(shop.people()).toMatchObject({ signedIn: null, last: shop.idOf('Boss') });
  for (const call of [
    shop.call('members:find', { query: meiLing.number }),
    shop.call('topUps:create', topUp(meiLing)),
    shop.call('policy:save', { policy: defaultPolicy('SGD') }),
  ])
    expect(code(await call)).toBe('till-locked');
  expect(code(await shop.call('people:signIn', { person: shop.idOf('Mei'), pin: '000000' }))).toBe(
    'person-pin-wrong',
  );
  expect(shop.people().signedIn).toBeNull();
  await signIn(shop, 'Mei', pins.mei);
  expect(actor(shop)).toBe('Mei');
});

it('a manager’s acts ask for a manager: a cashier brings one, and the manager’s name is told', async () => {
  const shop = await openShop();
  await signIn(shop, 'Mei', pins.mei);
  const save = { policy: { ...defaultPolicy('SGD'), keypad: true } };
  expect(code(await shop.call('policy:continueOffline', {}))).toBe('manager-locked');
  expect(code(await shop.call('policy:save', save))).toBe('approval-needed');
  const own = { person: shop.idOf('Mei'), pin: pins.mei };
  expect(code(await shop.call('policy:save', { ...save, pin: own }))).toBe('approver-not-manager');
  const boss = { person: shop.idOf('Boss'), pin: pins.boss };
  expect(code(await shop.call('policy:save', { ...save, pin: boss }))).toBe('ok');
  // It was for this request alone.
  expect(code(await shop.call('policy:save', save))).toBe('approval-needed');
  expect(shop.till.snapshot().managerUnlockedUntilMs).toBeNull();
  const journal = shop.till.session()?.ledger.journal;
  expect(journal?.noted('approved')).toEqual({
    act: 'policy:save',
    asked: `cashier#${shop.idOf('Mei')}:Mei`,
  });
});

it('a demotion counts from the next act, and takes the stretch of work with it', async () => {
  const shop = await openShop();
  await add(shop, 'Siti', 'manager', pins.siti);
  await signIn(shop, 'Siti', pins.siti);
  const boss = { person: shop.idOf('Boss'), pin: pins.boss };
  const { version } = shop.people();
  const demoted = { version, id: shop.idOf('Siti'), name: 'Siti', role: 'cashier', language: 'ms' } as const;
  await shop.must('people:change', { ...demoted, pin: boss });
  expect(shop.till.snapshot().managerUnlockedUntilMs).toBeNull();
  expect(shop.till.snapshot().till?.language).toMatch(/^ms/);
  expect(code(await shop.call('policy:continueOffline', {}))).toBe('manager-locked');
  const asManager = { person: shop.idOf('Siti'), pin: pins.siti };
  expect(code(await shop.call('policy:continueOffline', { pin: asManager }))).toBe('approver-not-manager');
});

it('of two who change the list at once the second one is told', async () => {
  const shop = await openShop();
  const { version } = shop.people();
  const change = { version, id: shop.idOf('Mei'), role: 'cashier', language: null } as const;
  await shop.must('people:change', { ...change, name: 'Mei Ling' });
  expect(code(await shop.call('people:change', { ...change, name: 'Ah Mei' }))).toBe('people-changed');
  expect(shop.people().list.map(({ name }) => name)).toEqual(['Boss', 'Mei Ling']);
});

it('who was removed is out at once', async () => {
  const shop = await openShop();
  await signIn(shop, 'Mei', pins.mei);
  const boss = { person: shop.idOf('Boss'), pin: pins.boss };
  const { version } = shop.people();
  await shop.must('people:remove', { version, id: shop.idOf('Mei'), pin: boss });
  expect(shop.people()).toMatchObject({ signedIn: null });
  expect(code(await shop.call('topUps:create', topUp(meiLing)))).toBe('till-locked');
});

it('a forgotten PIN is replaced by another manager, or by the till’s own while it is locked', async () => {
  const shop = await openShop();
  await shop.must('people:lock', {});
  const given = { id: shop.idOf('Boss'), newPin: '605142' };
  expect(code(await shop.call('people:givePin', { ...given, pin: '000000' }))).toBe('manager-pin-wrong');
  expect(code(await shop.call('people:givePin', { ...given, newPin: '1111', pin: TILL_PIN }))).toBe(
    'manager-pin-weak',
  );
  await shop.must('people:givePin', { ...given, pin: TILL_PIN });
  await signIn(shop, 'Boss', '605142');
});

it('who is set up is set up after a restart, and nobody is signed in then', async () => {
  const shop = await openShop();
  await shop.must('setup:setPlace', { tillNumber: 1, tillCount: 2 });
  expect(shop.people()).toMatchObject({ signedIn: null, last: null });
  expect(shop.people().list.map(({ name, role }) => `${role} ${name}`)).toEqual([
    'manager Boss',
    'cashier Mei',
  ]);
});

it('a manager who leaves the desk is gone, and the cashier who gave way there is back', async () => {
  const shop = await openShop();
  await signIn(shop, 'Mei', pins.mei);
  await shop.must('people:signIn', { person: shop.idOf('Boss'), pin: pins.boss, atDesk: true });
  expect(actor(shop)).toBe('Boss');
  expect(shop.till.snapshot().managerUnlockedUntilMs).not.toBeNull();
  await shop.must('manager:lock', {});
  expect([actor(shop), shop.people().signedIn]).toEqual(['Mei', shop.idOf('Mei')]);
  expect(shop.till.snapshot().managerUnlockedUntilMs).toBeNull();
  const entered = await enter(shop);
  expect(entered.ok && entered.value.actor).toBe('Mei');
  expect(code(await shop.call('policy:continueOffline', {}))).toBe('manager-locked');
});

it('nobody comes back who did not give way at the desk, was removed, or was locked out meanwhile', async () => {
  const shop = await openShop();
  const toDesk = () =>
    shop.must('people:signIn', { person: shop.idOf('Boss'), pin: pins.boss, atDesk: true });
  await signIn(shop, 'Mei', pins.mei);
  await signIn(shop, 'Boss', pins.boss);
  await shop.must('manager:lock', {});
  expect(actor(shop)).toBe('Boss');
  await signIn(shop, 'Mei', pins.mei);
  await toDesk();
  await shop.must('people:lock', {});
  await shop.must('manager:lock', {});
  expect(shop.people().signedIn).toBeNull();
  await signIn(shop, 'Mei', pins.mei);
  await toDesk();
  const { version } = shop.people();
  const boss = { person: shop.idOf('Boss'), pin: pins.boss };
  await shop.must('people:remove', { version, id: shop.idOf('Mei'), pin: boss });
  await shop.must('manager:lock', {});
  expect(shop.people().signedIn).toBeNull();
});

it('a cashier who became a manager at the desk has no manager time by it', async () => {
  const shop = await openShop();
  await signIn(shop, 'Mei', pins.mei);
  await shop.must('people:signIn', { person: shop.idOf('Boss'), pin: pins.boss, atDesk: true });
  const { version } = shop.people();
  const boss = { person: shop.idOf('Boss'), pin: pins.boss };
  const asked = { version, id: shop.idOf('Mei'), name: 'Mei', role: 'manager', language: null } as const;
  await shop.must('people:change', { ...asked, pin: boss });
  await shop.must('manager:lock', {});
  expect(actor(shop)).toBe('Mei');
  expect(code(await shop.call('policy:continueOffline', {}))).toBe('manager-locked');
});

it('a name that a PIN was typed into is refused, whoever’s new PIN it is', async () => {
  const shop = await openShop();
  const boss = { person: shop.idOf('Boss'), pin: pins.boss };
  const siti = { role: 'manager', language: null, newPin: '605142', pin: boss } as const;
  const { version } = shop.people();
  const add = (name: string) => shop.call('people:add', { ...siti, version, name });
  expect(code(await add('Siti605142605142'))).toBe('person-name-pin');
  expect(code(await add('Siti 60 51 42'))).toBe('person-name-pin');
  expect(code(await add('Siti 605'))).toBe('ok');
  const id = shop.idOf('Siti 605');
  expect(code(await shop.call('people:givePin', { id, newPin: '6605', pin: boss }))).toBe('ok');
  expect(code(await shop.call('people:givePin', { id, newPin: '0605', pin: boss }))).toBe('ok');
  const named = {
    version: shop.people().version,
    id,
    name: 'Siti 7316',
    role: 'manager',
    language: null,
  } as const;
  expect(code(await shop.call('people:change', { ...named, pin: boss }))).toBe('ok');
  expect(code(await shop.call('people:givePin', { id, newPin: '7316', pin: boss }))).toBe('person-name-pin');
});
