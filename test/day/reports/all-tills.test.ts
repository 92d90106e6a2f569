import { expect, it } from 'vitest';
import { openDays } from '../../../main/day/reports/open-days.ts';
import { factsOf, type ZFacts } from '../../../main/day/reports/z-facts.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import { amount, type OwnerView, type ShiftReport } from '../../../preload/contract/index.ts';
import { createAddUp } from '../../kit/add-up.ts';
import { busyOwner, ownerViewOf } from '../../kit/fake-owner.ts';
import { tenderOf, zReportOf } from '../../kit/z-reports.ts';
import { countOf, mei, openShiftTill, type ShiftTill } from '../shifts/support.ts';

const november = { from: '2026-11-01', to: '2026-11-30' };
const today = '2026-11-27';

const z = (till: string, number: number, businessDay: string, change: Partial<ShiftReport> = {}): ZFacts =>
  factsOf(zReportOf({ till, number, businessDay, ...change }));

const addUp = (zs: readonly ZFacts[], undecided: readonly ZFacts[] = []) =>
  createAddUp({ zs, undecided, ownTill: { id: null, name: 'Counter 1' }, isSettled: () => false });

const look = async (till: ShiftTill): Promise<OwnerView> => {
  const { view } = await till.must('reports:look', {}, theManager);
  if (view === null) throw new Error('called off');
  return view;
};

it('ways to pay of all tills add up to what they took', () => {
  const tenders = [
    tenderOf({ taken: amount('80') }),
    tenderOf({ tender: 'card', taken: amount('30'), reversed: amount('10') }),
  ];
  const { sum, tills } = addUp([
    z('Counter 1', 1, '2026-11-24', { tenders }),
    z('Counter 2', 1, '2026-11-24'),
  ])(november, today);
  expect(sum.tenders).toEqual([
    { tender: 'cash', net: '180' },
    { tender: 'card', net: '20' },
  ]);
  expect(sum.net).toBe('200');
  expect(tills.map(({ lastZ }) => lastZ)).toMatchObject([
    { number: 1, businessDay: '2026-11-24' },
    { number: 1, businessDay: '2026-11-24' },
  ]);
});

it('a day says of how many tills a report is here, and of how many it should be', () => {
  const zs = [
    z('Counter 1', 1, '2026-11-24'),
    z('Counter 1', 2, '2026-11-25'),
    z('Counter 2', 1, '2026-11-24'),
    // Closed on the 25th by its numbers.
    z('Kiosk', 1, '2026-11-24'),
    z('Kiosk', 2, '2026-11-26'),
  ];
  const { days } = addUp(zs)(november, today);
  expect(days.map(({ day, reports, tills, net }) => [day, reports, tills, net])).toEqual([
    // Nobody knows about Counter 2 after the 24th.
    ['2026-11-26', 1, 2, '100'],
    ['2026-11-25', 1, 2, '100'],
    ['2026-11-24', 3, 3, '300'],
  ]);
});

it('a report that awaits a choice is in no sum of a day, and missing there', () => {
  const { days, awaited } = addUp([z('Counter 1', 1, '2026-11-24')], [z('Counter 2', 1, '2026-11-24')])(
    november,
    today,
  );
  expect(days).toMatchObject([{ day: '2026-11-24', reports: 1, tills: 2, net: '100' }]);
  expect(awaited).toMatchObject([{ till: 'Counter 2', lastZ: null }]);
});

it('what a till without a report took is not known, until it is long out of use', () => {
  const zs = [z('Counter 1', 1, '2026-11-24'), z('Counter 2', 9, '2026-11-20'), z('Old', 3, '2026-09-01')];
  const { awaited, tills } = addUp(zs)({ from: '2026-11-24', to: '2026-11-24' }, today);
  expect(tills.map(({ till }) => till)).toEqual(['Counter 1']);
  expect(awaited).toMatchObject([{ till: 'Counter 2', lastZ: { number: 9, businessDay: '2026-11-20' } }]);
});

it('what this till has in no report yet is taken too, and said apart', async () => {
  const till = await openShiftTill();
  const { driven } = till;
  const { outbox } = driven.till.session.ledger;
  till.enter(0, '50', 'cash');
  await till.must('shifts:open', { float: amount('0'), drawer: 'own' });
  const before = await look(till);
  expect(before.month.at(-1)).toMatchObject({
    tills: [],
    open: { net: '50', entries: 1 },
    all: { net: '50' },
  });
  till.enter(1, '20', 'card');
  await driven.drive(() => [...outbox.all()].every(({ state }) => state === 'confirmed'));
  await till.must('shifts:beginCount', {});
  await till.must('shifts:commitCount', { count: countOf('0') });
  await till.must('shifts:close', { reason: null }, mei);
  const closed = (await look(till)).month.at(-1);
  // What was sold before the first shift is a line of its report, outside its net.
  expect(closed).toMatchObject({
    open: null,
    all: { net: '20', tenders: [{ tender: 'card', net: '20' }] },
    sum: { lines: { before: { principal: '50' } } },
  });
  till.enter(2, '7', 'qr');
  const after = (await look(till)).month.at(-1);
  expect(after).toMatchObject({
    open: { entries: 1, net: '7' },
    all: {
      net: '27',
      entries: 2,
      tenders: [
        { tender: 'card', net: '20' },
        { tender: 'qr', net: '7' },
      ],
    },
    sum: { net: '20' },
  });
  expect(after?.days).toMatchObject([{ net: '27', entries: 2, isOpen: true, reports: 1, tills: 1 }]);
});

it('an open shift of which a report is known, after a restore, is counted by the report alone', async () => {
  const open = new Map([['2026-11-27', []]]);
  const asked: number[] = [];
  const daysAfter = async (sequence: number) => {
    asked.push(sequence);
    return open;
  };
  const openOf = (to: number, openShift: string | null, zs: readonly ZFacts[]) =>
    openDays({ reported: () => ({ to, openShift }), daysAfter }, zs, november);
  const closed = z('Counter 1', 2, '2026-11-26');
  expect((await openOf(0, closed.id, [closed])).size).toBe(0);
  expect(asked).toEqual([]);
  expect(await openOf(0, null, [closed])).toBe(open);
  expect(await openOf(5, 'another', [closed])).toBe(open);
  expect(asked).toEqual([0, 5]);
});

it('days come to the period, and the period before is all tills’ too', async () => {
  const view = await ownerViewOf(busyOwner());
  for (const { days, all } of [...view.week, ...view.month]) {
    const cents = days.reduce((sum, { net }) => sum + Math.round(Number(net) * 100), 0);
    expect(cents).toBe(Math.round(Number(all.net) * 100));
    expect(days.reduce((sum, { entries }) => sum + entries, 0)).toBe(all.entries);
  }
  const [last, before] = [view.week.at(-2), view.week.at(-3)];
  expect(last?.against).toEqual({ from: before?.from, to: before?.to, net: before?.all.net });
});
