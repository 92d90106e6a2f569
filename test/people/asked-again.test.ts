import { expect, it } from 'vitest';
import {
  type AskedAgain,
  amount,
  askedAgain,
  type ChannelName,
  channelNames,
  channels,
  isAskedAgain,
  isManagers,
  type ManagersAct,
  managersAct,
} from '../../preload/contract/index.ts';
import { realRandom } from '../kit/practice-store.ts';
import { openShop, openTillOnly, pins, type Shop, signIn, TILL_PIN } from './support.ts';

/** Acts for which a manager who is there gives the PIN again, and why. */
const again: Partial<Record<ManagersAct, AskedAgain>> = {
  'entries:reverse': 'money',
  'review:answer send': 'money',
  'shifts:move paid-out': 'money',
  'checkUp:start': 'money',
  'people:add': 'pin',
  'people:change manager': 'pin',
  'people:givePin': 'pin',
  'restore:start': 'place',
  'restore:neverOpened': 'place',
  'backups:move': 'place',
  'backups:standDown': 'place',
  'setup:replaceKey': 'key',
  'chain:join': 'key',
  'chain:leave': 'key',
  'chain:make': 'key',
  'chain:sign': 'key',
  'chain:takeKey': 'key',
  'memberData:erase': 'gone',
};

const acts = Object.keys(askedAgain) as ManagersAct[];

it.each(acts)('%s: asked again where it is a risk, and nowhere else', (act) => {
  expect(askedAgain[act]).toBe(again[act] ?? null);
  expect(isAskedAgain(act)).toBe(act in again);
});

it('has each request that a manager’s PIN is good for', () => {
  const withPin = channelNames.filter((name) => isManagers(name) || 'pin' in channels[name].args.shape);
  const others = ['manager:makePin', 'manager:recover', 'people:signIn'];
  const asked = withPin.filter((name) => !others.includes(name));
  expect(new Set<string>([...asked, 'shifts:move'])).toEqual(new Set(acts.map((act) => act.split(' ')[0])));
});

it('tells apart what one channel does', () => {
  expect(managersAct('review:answer', { answer: 'send' })).toBe('review:answer send');
  expect(managersAct('shifts:move', { kind: 'paid-out' })).toBe('shifts:move paid-out');
  expect(managersAct('shifts:move', { kind: 'paid-in' })).toBeNull();
  expect(managersAct('shifts:move', {})).toBeNull();
  expect(managersAct('people:change', { role: 'cashier' })).toBe('people:change cashier');
  expect(managersAct('topUps:create', {})).toBeNull();
  expect(managersAct('policy:save', {})).toBe('policy:save');
  expect(isAskedAgain(null)).toBe(false);
});

/** A request of the act, without a PIN. */
const requestOf = (act: ManagersAct): readonly [channel: ChannelName, args: object] => {
  const [channel, part] = act.split(' ') as [ChannelName, string | undefined];
  return [channel, { answer: part, kind: part, role: part }];
};

const closed = ['restore:start', 'restore:neverOpened', 'setup:replaceKey'];

/** Those that main admits by who is there; the others have a check of their own where no till is open, or the PIN always. */
const admitted = acts.filter((act) => !closed.includes(act));

const codeOf = async (shop: Shop, act: ManagersAct, more: object = {}) => {
  const [channel, args] = requestOf(act);
  const reply = await shop.till.session()?.admission.admit(channel, { ...args, ...more });
  return reply?.ok ? 'ok' : reply?.error.code;
};

it('main refuses a manager who is there without a PIN what the table asks again, and nothing else', async () => {
  const shop = await openShop();
  expect(shop.till.snapshot().managerUnlockedUntilMs).not.toBeNull();
  const refused = await Promise.all(admitted.map(async (act) => [act, await codeOf(shop, act)] as const));
  expect(refused).toEqual(admitted.map((act) => [act, isAskedAgain(act) ? 'manager-locked' : 'ok']));
  const boss = { person: shop.idOf('Boss'), pin: pins.boss };
  for (const act of admitted.filter(isAskedAgain))
    expect(await codeOf(shop, act, act.startsWith('shifts:') ? { approval: boss } : { pin: boss })).toBe(
      'ok',
    );
});

it('main asks so where nobody is set up too, and the till’s PIN serves', async () => {
  const shop = await openTillOnly();
  await shop.must('manager:unlock', { pin: TILL_PIN });
  for (const act of admitted.filter((one) => one !== 'shifts:move paid-out' && one !== 'shifts:close')) {
    expect([act, await codeOf(shop, act)]).toEqual([act, isAskedAgain(act) ? 'manager-locked' : 'ok']);
    expect([act, await codeOf(shop, act, { pin: TILL_PIN })]).toEqual([act, 'ok']);
  }
});

it('a manager’s time ends as before: then each act asks', async () => {
  const shop = await openShop();
  await shop.must('manager:lock', {});
  const managers = admitted.filter((act) => isManagers(requestOf(act)[0]));
  for (const act of managers) expect([act, await codeOf(shop, act)]).toEqual([act, 'manager-locked']);
});

it('money paid out by a manager takes their PIN each time, and by a cashier as the shop says', async () => {
  const shop = await openShop();
  await shop.must('shifts:open', { float: amount('100.00'), drawer: 'own' });
  const move = (kind: 'paid-in' | 'paid-out', more: object = {}) =>
    shop.call('shifts:move', {
      ...{ kind, amount: amount('5.00'), reason: 'milk', requestId: realRandom.uuid() },
      ...more,
    });
  const boss = { person: shop.idOf('Boss'), pin: pins.boss };
  expect(await move('paid-out')).toMatchObject({
    error: { code: 'manager-locked', details: { reason: 'each-time' } },
  });
  expect(await move('paid-out', { approval: { ...boss, pin: '000000' } })).toMatchObject({
    error: { code: 'person-pin-wrong' },
  });
  expect((await move('paid-out', { approval: boss })).ok).toBe(true);
  expect((await move('paid-in')).ok).toBe(true);
  await signIn(shop, 'Mei', pins.mei);
  expect(await move('paid-out')).toMatchObject({ error: { code: 'approval-needed' } });
});

it('a manager’s time begins again by their own PIN, and a manager beside a cashier begins none', async () => {
  const shop = await openShop();
  const boss = { person: shop.idOf('Boss'), pin: pins.boss };
  await shop.must('manager:lock', {});
  await shop.must('manager:unlock', { pin: boss });
  expect(shop.till.snapshot().managerUnlockedUntilMs).not.toBeNull();
  await signIn(shop, 'Mei', pins.mei);
  await shop.must('manager:unlock', { pin: boss });
  expect(shop.till.snapshot().managerUnlockedUntilMs).toBeNull();
});
