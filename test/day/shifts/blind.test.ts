import { expect, it } from 'vitest';
import { openSnapshot } from '../../../main/app/snapshot.ts';
import { meiLing, practiceMembers } from '../../../main/hosts/practice/members.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import { amount, type ChannelName, channelNames, channels } from '../../../preload/contract/index.ts';
import { anything } from '../../kit/find.ts';
import { topUp } from '../../kit/program.ts';
import { openShop, pins, type Shop, signIn } from '../../people/support.ts';
import { closeWith, commit, openOne } from './steps.ts';
import { openShiftTill } from './support.ts';

/** What would end the count, the session or the till. */
const notWalked: ReadonlySet<ChannelName> = new Set<ChannelName>([
  ...(['shifts:commitCount', 'shifts:leaveCount', 'shifts:move', 'people:lock', 'manager:lock'] as const),
  ...(['setup:leavePractice', 'setup:openPractice', 'app:close', 'practice:setPlug'] as const),
]);

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

/** Arguments that many channels take; whichever a channel's own schema lets through is asked. */
function candidates(shop: Shop, id: string): readonly Readonly<Record<string, unknown>>[] {
  const plain = [
    ...[{}, { number: null }, { number: 1 }, { before: null }, { id }, { query: 'Tan' }, { query: '' }],
    ...[{ query: meiLing.number }, { customerUid: meiLing.customerUid }, { elsewhere: false }],
    { reason: 'x' },
    ...[null, 'cash'].map((tender) => ({ filter: { ...anything, tender }, before: null })),
    { filter: { ...anything, tender: 'cash', shift: 1 }, before: null },
    { reason: null },
  ];
  const pin = { person: shop.idOf('Boss'), pin: pins.boss };
  return [...plain, ...plain.map((args) => ({ ...args, pin }))];
}

async function openCounting() {
  const shop = await openShop();
  await signIn(shop, 'Mei', pins.mei);
  await shop.must('shifts:open', { float: amount(float), drawer: 'own' });
  const made: string[] = [];
  for (const [at, balanceIncrement] of [...inCash, '55.05'].entries()) {
    const member = practiceMembers[at] ?? meiLing;
    await shop.must('members:find', { query: member.number });
    const tender = at < inCash.length ? 'cash' : 'card';
    const { id } = await shop.must('topUps:create', topUp(member, { balanceIncrement, tender }));
    made.push(id);
  }
  await shop.until(({ counts }) => counts.confirmed === 3);
  await shop.must('shifts:beginCount', {});
  return { shop, id: made[0] ?? '' };
}

it('before the count is committed nothing that crosses the bridge tells what is to be there', async () => {
  const { shop, id } = await openCounting();
  const asked = new Set<string>();
  for (const name of channelNames.filter((one) => !notWalked.has(one)))
    for (const args of candidates(shop, id)) {
      if (!channels[name].args.safeParse(args).success) continue;
      const answer = await shop.call(name, args);
      if (answer.ok) asked.add(name);
      expect([name, hasTaint(answer, untold)]).toEqual([name, []]);
    }
  expect(hasTaint(shop.pushed)).toEqual([]);
  expect(hasTaint(shop.till.snapshot(), untold)).toEqual([]);
  // It was no empty walk.
  for (const name of ['find:sums', 'shifts:report', 'policy:get', 'members:find'])
    expect(asked).toContain(name);
  expect(asked).not.toContain('shifts:wholeReport');
  for (const name of ['reports:look', 'reports:importFiles', 'reports:removeFile'])
    expect(asked).not.toContain(name);
  const { report } = await shop.must('shifts:report', { number: null });
  expect(report).toMatchObject({ isBlind: true, hours: [], cells: [{ tender: 'card', principal: '55.05' }] });
  expect(report.tenders.find(({ tender }) => tender === 'cash')).toMatchObject({
    taken: null,
    expected: null,
  });
  const left = await shop.must('find:sums', { filter: { ...anything, tender: 'cash' }, before: null });
  expect(left).toEqual({ sums: [], leftOut: 2, next: null });
  // From here on it is told: the control of this test itself.
  await shop.must('shifts:commitCount', {
    count: { pieces: [{ value: amount('0.01'), pieces: 44_691 }], tenders: [] },
  });
  expect(hasTaint(shop.till.snapshot(), untold)).toEqual(['446.91', '364.65']);
  expect(hasTaint(await shop.must('shifts:report', { number: null }))).toEqual(tainted);
  const filter = { ...anything, tender: 'cash' };
  const told = await shop.must('find:sums', { filter, before: null });
  expect(told).toMatchObject({ leftOut: 0, sums: [{ entries: 2 }] });
});

it('an X is blind for everybody, and whole for a manager with a PIN while nobody counts', async () => {
  const { shop } = await openCounting();
  await shop.must('shifts:leaveCount', {});
  expect(hasTaint(await shop.must('shifts:report', { number: null }))).toEqual([]);
  expect(await shop.call('shifts:wholeReport', {})).toMatchObject({ error: { code: 'manager-locked' } });
  const pin = { person: shop.idOf('Boss'), pin: pins.boss };
  expect(hasTaint(await shop.must('shifts:wholeReport', { pin }))).toEqual(tainted);
  // Where the shop does not count blind, it is told to all.
  const { policy } = await shop.must('policy:get', {});
  await shop.must('policy:save', { policy: { ...policy, blindCount: false }, pin });
  expect(hasTaint(await shop.must('shifts:report', { number: null }))).toEqual(tainted);
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

it('what the day comes to is told at once where the shop counts blind no longer', async () => {
  const { driven, must } = await openShiftTill();
  const { told, session } = driven.till;
  await must('shifts:open', { float: amount('0'), drawer: 'own' });
  for (const blindCount of [false, true]) {
    await driven.settle();
    told.clear();
    session.counter.policy.save({ ...session.counter.policy.current(), blindCount }, theManager);
    await driven.settle();
    for (const topic of ['today', 'waiting', 'shift'] as const) expect(told).toContain(topic);
    expect(openSnapshot(session).today.done.balance).toBe(blindCount ? null : '0');
  }
});

it('what the day comes to is told to the screen again in the moment in which the count is committed', async () => {
  const { shop } = await openCounting();
  const done = () => shop.till.snapshot().today.done.balance;
  expect(done()).toBeNull();
  const count = { pieces: [{ value: amount('0.01'), pieces: 44_691 }], tenders: [] };
  const from = shop.pushed.length;
  await shop.must('shifts:commitCount', { count });
  expect(done()).toBe('364.65');
  expect(JSON.stringify(shop.pushed.slice(from))).toContain('364.65');
});

it('what is entered after a count is cash of the next one, and no sum of it is told before that is counted', async () => {
  const till = await openShiftTill();
  const told = async () => {
    const { sums } = await till.must('find:sums', { filter: { ...anything, tender: 'cash' }, before: null });
    const { done } = openSnapshot(till.driven.till.session).today;
    return [done.balance, ...sums.map(({ balance }) => balance)];
  };
  till.enter(0, '7', 'cash');
  await till.driven.settle();
  // A till that never opened a shift tells it.
  expect(await told()).toEqual(['7', '7']);
  await openOne(till, '0');
  till.enter(1, '20', 'cash');
  await till.driven.settle();
  await till.must('shifts:beginCount', {});
  await commit(till, '20');
  expect(await told()).toEqual(['27', '27']);
  till.enter(2, '41.17', 'cash');
  till.enter(3, '13.02', 'cash');
  await till.driven.settle();
  expect(await told()).toEqual([null, '27']);
  // The count holds, and nobody makes another.
  expect((await till.ask('reports:look', {}, theManager)).ok).toBe(true);
  await till.must('shifts:close', { reason: null });
  expect(await told()).toEqual([null, '27']);
  await openOne(till, '10');
  expect(await told()).toEqual([null, '27']);
  expect((await till.must('shifts:wholeReport', {}, theManager)).report.tenders[0]?.expected).toBe('64.19');
  await closeWith(till, '64.19');
  expect(await told()).toEqual(['81.19', '81.19']);
  till.enter(4, '3', 'cash');
  expect((await told())[0]).toBeNull();
  const {
    counter: { policy },
  } = till.driven.till.session;
  policy.save({ ...policy.current(), blindCount: false }, theManager);
  await till.driven.settle();
  expect(await told()).toEqual(['84.19', '84.19']);
});
