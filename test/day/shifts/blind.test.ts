import { expect, it } from 'vitest';
import { meiLing, practiceMembers } from '../../../main/hosts/practice/members.ts';
import { amount, ok } from '../../../preload/contract/index.ts';
import { topUp } from '../../kit/program.ts';
import { openShop, pins, signIn } from '../../people/support.ts';

const float = '137.31';
const inCash = ['211.17', '98.43'];
/** Taken in cash, and that with the float; each as a number may be written. */
const tainted = ['309.6', '446.91'];
/** Also with what was paid by card, which is told. */
const untold = [...tainted, '364.65'];

const hasTaint = (value: unknown, sums: readonly string[] = tainted): readonly string[] =>
  sums.filter((sum) =>
    new RegExp(`(?<![\\d.])-?${sum.replace('.', '\\.')}0*(?!\\d)`).test(JSON.stringify(value)),
  );

async function openCounting() {
  const saved: unknown[] = [];
  const save = async ({ text }: { readonly text: unknown }) => {
    saved.push(String(text));
    return ok('file' as const);
  };
  const shop = await openShop({ receipts: { saver: { save } } as never });
  await signIn(shop, 'Mei', pins.mei);
  await shop.must('shifts:open', { float: amount(float), drawer: 'own' });
  for (const [at, balanceIncrement] of [...inCash, '55.05'].entries()) {
    const member = practiceMembers[at] ?? meiLing;
    await shop.must('members:find', { query: member.number });
    const tender = at < inCash.length ? 'cash' : 'card';
    await shop.must('topUps:create', topUp(member, { balanceIncrement, tender }));
  }
  await shop.until(({ counts }) => counts.confirmed === 3);
  await shop.must('shifts:beginCount', {});
  /** All forms of an X that a cashier has. */
  const asked = async () => {
    saved.length = 0;
    const { report } = await shop.must('shifts:report', { number: null });
    await shop.must('shifts:saveCsv', { number: null });
    return { report, saved: [...saved], shift: shop.till.snapshot().shift };
  };
  return { shop, asked };
}

it('before the count is committed the count screen and an X, shown or saved, tell no expected cash', async () => {
  const { shop, asked } = await openCounting();
  const before = await asked();
  expect(hasTaint(before, untold)).toEqual([]);
  expect(before.saved).toHaveLength(1);
  expect(before.report).toMatchObject({
    ...{ isBlind: true, hours: [], cells: [{ tender: 'card', principal: '55.05' }] },
  });
  expect(before.report.tenders.find(({ tender }) => tender === 'cash')).toMatchObject({
    ...{ taken: null, expected: null, variance: null },
  });
  expect(await shop.call('shifts:wholeReport', {})).toMatchObject({ error: { code: 'manager-locked' } });
  const pin = { person: shop.idOf('Boss'), pin: pins.boss };
  // Nor a manager's, while somebody counts.
  expect(await shop.call('shifts:wholeReport', { pin })).toMatchObject({ error: { code: 'count-is-open' } });
  // From here on it is told: the control of this test itself.
  await shop.must('shifts:commitCount', {
    count: { pieces: [{ value: amount('0.01'), pieces: 44_691 }], tenders: [] },
  });
  const after = await asked();
  expect(hasTaint(after.report)).toEqual(tainted);
  for (const file of after.saved) expect(hasTaint(file)).toEqual(tainted);
});

it('an X is blind for everybody, and whole for a manager with a PIN while nobody counts', async () => {
  const { shop, asked } = await openCounting();
  await shop.must('shifts:leaveCount', {});
  expect(hasTaint(await asked())).toEqual([]);
  expect(await shop.call('shifts:wholeReport', {})).toMatchObject({ error: { code: 'manager-locked' } });
  const pin = { person: shop.idOf('Boss'), pin: pins.boss };
  expect(hasTaint(await shop.must('shifts:wholeReport', { pin }))).toEqual(tainted);
});

const code = (result: { ok: boolean; error?: { code: string } }) => (result.ok ? 'ok' : result.error?.code);

it('money is paid out with a manager’s PIN, and nobody approves what they counted themselves', async () => {
  const { shop } = await openCounting();
  await shop.must('shifts:leaveCount', {});
  const out = { kind: 'paid-out', amount: amount('5'), reason: 'Milk', requestId: 'one' } as const;
  const boss = { person: shop.idOf('Boss'), pin: pins.boss };
  expect(await shop.call('shifts:move', out)).toMatchObject({
    error: { code: 'approval-needed', details: { reason: 'paidOut' } },
  });
  await shop.must('shifts:move', { ...out, approval: boss });
  await shop.must('shifts:move', { kind: 'paid-in', amount: amount('1'), reason: 'Found', requestId: 'two' });
  const count = { pieces: [{ value: amount('100'), pieces: 1 }], tenders: [] };
  await shop.must('shifts:beginCount', {});
  await shop.must('shifts:commitCount', { count });
  expect(code(await shop.call('shifts:close', { reason: 'Gone' }))).toBe('variance-unexplained');
  const own = { person: shop.idOf('Mei'), pin: pins.mei };
  expect(code(await shop.call('shifts:close', { reason: 'Gone', pin: own }))).toBe('approver-not-manager');
  await shop.must('shifts:close', { reason: 'Gone', pin: boss });
  const { report } = await shop.must('shifts:report', { number: 1 });
  expect(report).toMatchObject({ approvedBy: 'Boss', closedBy: 'Mei', reason: 'Gone' });
  expect(report.moves.map(({ kind, approvedBy }) => [kind, approvedBy])).toEqual([
    ['paid-out', `manager#${shop.idOf('Boss')}:Boss`],
    ['paid-in', null],
  ]);

  // The boss counts alone: there is no other manager, so the shift can be closed; with one it cannot.
  await signIn(shop, 'Boss', pins.boss);
  await shop.must('shifts:open', { float: amount('0'), drawer: 'own' });
  await shop.must('shifts:beginCount', {});
  await shop.must('shifts:commitCount', { count });
  await shop.must('people:add', {
    ...{ version: shop.people().version, name: 'Ana', role: 'manager', language: null, newPin: '604823' },
    pin: boss,
  });
  expect(code(await shop.call('shifts:close', { reason: 'Found', pin: boss }))).toBe('approver-counted');
  await shop.must('shifts:close', { reason: 'Found', pin: { person: shop.idOf('Ana'), pin: '604823' } });
  expect((await shop.must('shifts:report', { number: 2 })).report).toMatchObject({ approvedBy: 'Ana' });
});
