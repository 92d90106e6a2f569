import { expect, it } from 'vitest';
import { meiLing, nurAisyah } from '../../main/hosts/practice/members.ts';
import type { Actor } from '../../main/kernel/actor.ts';
import { amount, type Permissions } from '../../preload/contract/index.ts';
import { realRandom } from '../kit/practice-store.ts';
import { topUp } from '../kit/program.ts';
import { add, openShop, pins, type Shop, signIn } from './support.ts';

const code = (result: { ok: boolean; error?: { code: string } }) => (result.ok ? 'ok' : result.error?.code);
const bossOf = (shop: Shop) => ({ person: shop.idOf('Boss'), pin: pins.boss });

async function setPermissions(shop: Shop, acts: Partial<Permissions['acts']>, limit: string | null) {
  const { version, permissions } = shop.people();
  const balanceLimit = limit === null ? null : amount(limit);
  await shop.must('people:setPermissions', {
    ...{ version, pin: bossOf(shop) },
    permissions: { ...permissions, acts: { ...permissions.acts, ...acts }, balanceLimit },
  });
}

/** Mei is signed in; above S$50 she asks. */
async function openLimited(acts: Partial<Permissions['acts']> = {}) {
  const shop = await openShop();
  await setPermissions(shop, acts, '50');
  await signIn(shop, 'Mei', pins.mei);
  await shop.must('members:find', { query: meiLing.number });
  return shop;
}

it('a sum over the limit takes a manager’s PIN in the request, and the entry has both names', async () => {
  const shop = await openLimited();
  expect(code(await shop.call('topUps:create', topUp(meiLing, { balanceIncrement: '50.00' })))).toBe('ok');
  const wish = topUp(meiLing, { balanceIncrement: '50.01' });
  expect(await shop.call('topUps:create', wish)).toMatchObject({
    error: { code: 'approval-needed', details: { reason: 'overLimit' } },
  });
  const wrong = { ...bossOf(shop), pin: '000000' };
  expect(code(await shop.call('topUps:create', { ...wish, approval: wrong }))).toBe('person-pin-wrong');
  const own = { person: shop.idOf('Mei'), pin: pins.mei };
  expect(code(await shop.call('topUps:create', { ...wish, approval: own }))).toBe('approver-not-manager');
  const entry = await shop.must('topUps:create', { ...wish, approval: bossOf(shop) });
  expect(entry).toMatchObject({ actor: 'Mei', terms: { approvedBy: `manager#${shop.idOf('Boss')}:Boss` } });
  // The answer was lost, and the form asks again.
  expect((await shop.must('topUps:create', wish)).id).toBe(entry.id);
  const next = topUp(meiLing, { balanceIncrement: '60.00' });
  expect(code(await shop.call('topUps:create', next))).toBe('approval-needed');
});

it('a manager enters any sum, and what is allowed or denied needs nobody’s PIN', async () => {
  const shop = await openLimited({ overLimit: 'deny' });
  const wish = () => topUp(meiLing, { balanceIncrement: '70.00', again: true });
  expect(code(await shop.call('topUps:create', { ...wish(), approval: bossOf(shop) }))).toBe('act-denied');
  await setPermissions(shop, { overLimit: 'allow' }, '50');
  expect(await shop.must('topUps:create', wish())).toMatchObject({ terms: { approvedBy: null } });
  await setPermissions(shop, { overLimit: 'deny' }, '50');
  await signIn(shop, 'Boss', pins.boss);
  expect(await shop.must('topUps:create', wish())).toMatchObject({
    ...{ actor: 'Boss', terms: { approvedBy: null } },
  });
});

it('an open approval dies with a demotion', async () => {
  const shop = await openLimited();
  await add(shop, 'Siti', 'manager', '605142');
  const wish = topUp(meiLing, { balanceIncrement: '80.00' });
  const siti = { person: shop.idOf('Siti'), pin: '605142' };
  const mei: Actor = { role: 'cashier', id: shop.idOf('Mei'), person: 'Mei' };
  // Its PIN is being checked while she is made a cashier.
  const permissions = shop.till.session()?.people.permissions;
  const approver = await permissions?.approver(siti, 'overLimit', mei);
  const { version } = shop.people();
  const cashier = { version, id: siti.person, name: 'Siti', role: 'cashier', language: null } as const;
  await shop.must('people:change', { ...cashier, pin: bossOf(shop) });
  if (!approver?.ok) throw new Error('no approver');
  expect(permissions?.decide('overLimit', mei, approver.value)).toMatchObject({
    error: { code: 'approver-not-manager' },
  });
  expect(code(await shop.call('topUps:create', { ...wish, approval: siti }))).toBe('approver-not-manager');
});

it('a cashier takes back what was confirmed with a manager, alone, or not at all', async () => {
  const shop = await openLimited();
  const confirmed = async () => {
    const { id } = await shop.must('topUps:create', topUp(meiLing, { again: true }));
    await shop.until(({ activity }) => activity.some((entry) => entry.id === id && entry.canReverse));
    return { id, requestId: realRandom.uuid() };
  };
  const one = await confirmed();
  expect(code(await shop.call('entries:reverse', one))).toBe('approval-needed');
  const approved = await shop.must('entries:reverse', { ...one, pin: bossOf(shop) });
  expect(approved).toMatchObject({
    actor: 'Mei',
    terms: { approvedBy: `manager#${shop.idOf('Boss')}:Boss` },
  });
  await setPermissions(shop, { reversal: 'deny' }, null);
  const two = await confirmed();
  expect(code(await shop.call('entries:reverse', { ...two, pin: bossOf(shop) }))).toBe('act-denied');
  await setPermissions(shop, { reversal: 'allow' }, null);
  expect(await shop.must('entries:reverse', two)).toMatchObject({
    ...{ actor: 'Mei', terms: { approvedBy: null } },
  });
});

it('who may not enter a sum alone is told so whatever waits: by trying nobody finds how much that is', async () => {
  const shop = await openLimited();
  const { policy } = await shop.must('policy:get', {});
  const caps = { memberWaitingCap: amount('9000'), tillWaitingCap: amount('200') };
  await shop.must('policy:save', { policy: { ...policy, ...caps }, pin: bossOf(shop) });
  await shop.must('members:find', { query: nurAisyah.number });
  await shop.must('practice:setPlug', { in: false });
  await shop.must('topUps:create', topUp(meiLing, { balanceIncrement: '40.00' }));
  const approval = bossOf(shop);
  await shop.must('topUps:create', { ...topUp(nurAisyah, { balanceIncrement: '60.00' }), approval });
  const tried = async (sums: readonly string[]) =>
    Promise.all(
      sums.map(async (balanceIncrement) =>
        code(await shop.call('topUps:create', topUp(meiLing, { balanceIncrement }))),
      ),
    );
  // A hundred waits: what is left may be entered with a manager, and a cent more by nobody.
  expect(await tried(['100.00', '100.01', '199.00'])).toEqual(Array(3).fill('approval-needed'));
  // Nor by a sum that was entered just now, which is asked about once.
  const again = { balanceIncrement: '60.00' };
  expect(code(await shop.call('topUps:create', topUp(nurAisyah, again)))).toBe('asked-twice');
  await shop.must('topUps:create', topUp(meiLing, { balanceIncrement: '45.00' }));
  expect(code(await shop.call('topUps:create', topUp(nurAisyah, again)))).toBe('asked-twice');
  const beyond = { ...topUp(meiLing, { balanceIncrement: '55.01' }), approval };
  const refused = await shop.call('topUps:create', beyond);
  expect(refused).toMatchObject({ error: { code: 'till-waiting-cap', details: { cap: '200' } } });
  await setPermissions(shop, { overLimit: 'deny' }, '50');
  expect(await tried(['55.00', '55.01'])).toEqual(Array(2).fill('act-denied'));
  // Alone to the cap, and not a cent above it.
  await shop.must('topUps:create', topUp(meiLing, { balanceIncrement: '50.00' }));
  expect(await tried(['5.01', '5.00'])).toEqual(['till-waiting-cap', 'ok']);
});
