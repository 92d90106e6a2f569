import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addUpSteps } from '../../../main/day/reports/add-up.ts';
import { factsOf, type ZFacts } from '../../../main/day/reports/z-facts.ts';
import {
  addAmounts,
  amount,
  compareAmounts,
  type ShiftReport,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { createAddUp } from '../../kit/add-up.ts';
import { entryOfZ, tenderOf, zReportOf } from '../../kit/z-reports.ts';

const november = { from: '2026-11-01', to: '2026-11-30' };
const today = '2026-11-27';

const z = (till: string, number: number, businessDay: string, change: Partial<ShiftReport> = {}): ZFacts =>
  factsOf(zReportOf({ till, number, businessDay, ...change }));

const addUp = (zs: readonly ZFacts[], isSettled: (id: string) => boolean = () => false) =>
  createAddUp({ zs, ownTill: { id: null, name: 'Counter 1' }, isSettled });

it('adds up each till and all of them, this one first', () => {
  const short = [tenderOf({ taken: amount('80.10'), expected: amount('80.10'), variance: amount('-0.30') })];
  const { tills, sum } = addUp([
    z('Counter 2', 1, '2026-11-24'),
    z('Counter 2', 2, '2026-11-25', { tenders: short }),
    z('Counter 1', 7, '2026-11-25'),
  ])(november, today);
  expect(
    tills.map(({ till, isOwn, reports, net, variance }) => [till, isOwn, reports, net, variance]),
  ).toEqual([
    ['Counter 1', true, 1, '100', { short: '0', over: '0' }],
    ['Counter 2', false, 2, '180.1', { short: '0.3', over: '0' }],
  ]);
  expect(sum).toEqual({
    ...{ reports: 3, entries: 6, net: '280.1', bonus: '15', points: '30' },
    variance: { short: '0.3', over: '0' },
    unsettled: { entries: 0, principal: '0' },
    tenders: [{ tender: 'cash', net: '280.1' }],
    lines: expect.objectContaining({ taken: expect.objectContaining({ principal: '280.1' }) }),
  });
});

it('what was not counted has no variance, and is not told as matching', () => {
  const uncounted = [tenderOf({ counted: null, variance: null })];
  const { tills, sum } = addUp([z('Counter 2', 1, '2026-11-25', { tenders: uncounted })])(november, today);
  expect([tills[0]?.variance, sum.variance]).toEqual([null, null]);
});

it('what is over makes good for nothing that is missing: in another way to pay, at another till, on another day', () => {
  const counted = (cash: string, card: string) => ({
    tenders: [
      tenderOf({ variance: amount(cash) }),
      tenderOf({ tender: 'card', taken: amount('0'), variance: amount(card) }),
    ],
  });
  const { tills, sum } = addUp([
    z('Counter 1', 1, '2026-11-24', counted('-50', '50')),
    z('Counter 2', 1, '2026-11-24', counted('5', '0')),
    z('Counter 2', 2, '2026-11-25', counted('-5', '0')),
  ])(november, today);
  expect(tills.map(({ variance }) => variance)).toEqual([
    { short: '50', over: '50' },
    { short: '5', over: '5' },
  ]);
  expect(sum.variance).toEqual({ short: '55', over: '55' });
});

it('what was reversed, and what was given back later, is no money that was taken', () => {
  const tenders = [
    tenderOf({ taken: amount('50'), reversed: amount('20'), lateGivenBack: amount('5.50') }),
    tenderOf({ tender: 'card', taken: amount('10'), variance: null }),
  ];
  expect(factsOf(zReportOf({ tenders })).net).toBe('34.5');
});

it('an entry is not settled until a later report, or this till’s own records, say so', () => {
  const unsettled = [entryOfZ('a'), entryOfZ('b', { principal: amount('2.50') })];
  const first = z('Counter 2', 1, '2026-11-24', { unsettled });
  const open = (zs: readonly ZFacts[], isSettled = (_: string) => false) =>
    addUp(zs, isSettled)(november, today).sum.unsettled;
  expect(open([first])).toEqual({ entries: 2, principal: '12.5' });
  const late = [
    { ...entryOfZ('a', { state: 'confirmed' }), shift: 1, was: 'queued' as const, settledAtMs: 5 },
    { ...entryOfZ('b'), shift: 1, was: 'queued' as const, settledAtMs: null },
  ];
  expect(open([first, z('Counter 2', 2, '2026-11-25', { late })])).toEqual({ entries: 1, principal: '2.5' });
  expect(open([first], () => true)).toEqual({ entries: 2, principal: '12.5' });
  expect(open([z('Counter 1', 1, '2026-11-24', { unsettled })], (id) => id === 'b')).toEqual({
    ...{ entries: 1, principal: '10' },
  });
});

it('tells whose Z of a day on which others were closed is not here', () => {
  const zs = [
    z('Counter 1', 1, '2026-11-24'),
    z('Counter 1', 2, '2026-11-25'),
    z('Counter 1', 3, '2026-11-26'),
    z('Counter 2', 5, '2026-11-24'),
  ];
  expect(addUp(zs)(november, today).missing).toEqual([
    { kind: 'day', till: 'Counter 2', day: '2026-11-25' },
    { kind: 'day', till: 'Counter 2', day: '2026-11-26' },
  ]);
  expect(addUp(zs)({ from: '2026-11-24', to: '2026-11-24' }, today).missing).toEqual([]);
  // The day is not over yet.
  expect(addUp(zs)(november, '2026-11-25').missing).toEqual([]);
});

it('says how many more are missing than it lists', () => {
  const days = Array.from({ length: 104 }, (_, at) =>
    new Date(Date.UTC(2026, 7, 1 + at)).toISOString().slice(0, 10),
  );
  const zs = [z('Counter 2', 1, days[0] ?? ''), ...days.map((day, at) => z('Counter 1', at + 1, day))];
  const { missing, missingBeyond } = addUp(zs)({ from: '2026-08-01', to: '2026-11-30' }, today);
  expect([missing.length, missingBeyond]).toEqual([100, 3]);
});

it('a till whose numbers follow each other was closed that day, and nothing of it is missing', () => {
  const zs = [
    z('Counter 1', 1, '2026-11-24'),
    z('Counter 1', 2, '2026-11-25'),
    z('Counter 1', 3, '2026-11-26'),
    z('Counter 2', 5, '2026-11-24'),
    z('Counter 2', 6, '2026-11-26'),
  ];
  expect(addUp(zs)(november, today).missing).toEqual([]);
});

it('tells numbers that lie between two that are here', () => {
  const zs = [
    z('Counter 1', 1, '2026-11-24'),
    z('Counter 1', 2, '2026-11-25'),
    z('Counter 2', 5, '2026-11-24'),
    z('Counter 2', 8, '2026-11-26'),
  ];
  expect(addUp(zs)(november, today).missing).toEqual([
    { kind: 'day', till: 'Counter 1', day: '2026-11-26' },
    { kind: 'numbers', till: 'Counter 2', from: 6, to: 7 },
  ]);
});

it('names two different reports of one till and number, and counts both', () => {
  const zs = [z('Counter 2', 5, '2026-11-24'), z('Counter 2', 5, '2026-11-25')];
  const { doubles, sum } = addUp(zs)(november, today);
  expect(doubles).toEqual([
    { till: 'Counter 2', number: 5, closedAtMs: zs.map(({ closedAtMs }) => closedAtMs) },
  ]);
  expect([sum.reports, sum.net]).toEqual([2, '200']);
});

const anyZ = fc
  .record({
    till: fc.constantFrom('Counter 1', 'Counter 2', 'Counter 3'),
    number: fc.integer({ min: 1, max: 40 }),
    day: fc.integer({ min: 1, max: 27 }),
    taken: fc.integer({ min: 0, max: 10 ** 9 }),
  })
  .map(({ till, number, day, taken }) => {
    const businessDay = `2026-11-${String(day).padStart(2, '0')}`;
    const sum = amount((taken / 100).toFixed(2));
    return factsOf(zReportOf({ till, number, businessDay, id: `${till} ${number} ${day} ${taken}` }, sum));
  });

it('each report is in one row of one day, and days add up to the month', () => {
  fc.assert(
    fc.property(fc.array(anyZ, { maxLength: 60 }), (zs) => {
      const of = addUp(zs);
      const month = of(november, today).sum;
      const days = Array.from({ length: 30 }, (_, index) => {
        const day = `2026-11-${String(index + 1).padStart(2, '0')}`;
        return of({ from: day, to: day }, today).sum;
      });
      expect(days.reduce((all, { reports }) => all + reports, 0)).toBe(month.reports);
      expect(month.reports).toBe(zs.length);
      const added = addAmounts(zeroAmount, ...days.map(({ net }) => net));
      expect(compareAmounts(added, month.net)).toBe(0);
    }),
    { numRuns: 200, seed: 20 },
  );
});

it('a report of a day yet to come is in no sum before that day, and hides no other one', () => {
  const zs = [
    z('Counter 2', 1, '2026-11-26'),
    z('Counter 2', 2, '2026-11-28'),
    z('Counter 2', 3, '2026-11-27'),
    z('Counter 3', 1, '2026-11-28'),
  ];
  const reports = (day: string) => {
    const { sum, tills, missing, doubles } = addUp(zs)(november, day);
    return [sum.reports, tills.map(({ till }) => till), missing, doubles];
  };
  expect(reports('2026-11-27')).toEqual([2, ['Counter 2'], [], []]);
  expect(reports('2026-11-28')).toEqual([4, ['Counter 2', 'Counter 3'], [], []]);
  expect(addUp([z('Counter 2', 1, '2026-11-24'), z('Counter 2', 4, '2026-11-29')])(november, today)).toEqual(
    addUp([z('Counter 2', 1, '2026-11-24')])(november, today),
  );
});

it('goes by the ids that tills have made, and shows what they are called: a new name is no other till, one name is two tills', () => {
  const [a, b] = ['a'.repeat(16), 'b'.repeat(16)];
  const { tills, missing } = addUp([
    z('Front', 1, '2026-11-23', { tillId: a }),
    z('Entrance', 2, '2026-11-24', { tillId: a }),
    z('Back', 1, '2026-11-23', { tillId: b, id: 'b1' }),
    z('Entrance', 2, '2026-11-24', { tillId: b, id: 'b2' }),
  ])(november, today);
  expect(tills.map(({ till, reports }) => [till, reports])).toEqual([
    ['Entrance (aaaa)', 2],
    ['Entrance (bbbb)', 2],
  ]);
  expect(new Set(tills.map(({ key }) => key)).size).toBe(2);
  expect(missing).toEqual([]);
});

it('a report of a version before goes with the one till of its name, and by itself where there are two', () => {
  const [a, b] = ['a'.repeat(16), 'b'.repeat(16)];
  const [old, newer] = [z('Bar', 1, '2026-11-23'), z('Bar', 2, '2026-11-24', { tillId: a })];
  const one = addUp([old, newer])(november, today);
  expect([one.tills.map(({ till, reports }) => [till, reports]), one.missing]).toEqual([[['Bar', 2]], []]);
  const two = addUp([old, newer, z('Bar', 1, '2026-11-24', { tillId: b, id: 'o' })])(november, today);
  expect(two.tills.map(({ till, reports }) => [till, reports])).toEqual([
    ['Bar', 1],
    ['Bar (aaaa)', 1],
    ['Bar (bbbb)', 1],
  ]);
});

it('this till is the one of its id, whatever another one is called', () => {
  const [own, other] = ['a'.repeat(16), 'b'.repeat(16)];
  const zs = [
    z('Counter 1', 1, '2026-11-24', { tillId: other }),
    z('Front', 1, '2026-11-24', { tillId: own }),
  ];
  const { tills } = createAddUp({ zs, ownTill: { id: own, name: 'Counter 1' }, isSettled: () => false })(
    november,
    today,
  );
  expect(tills.map(({ till, isOwn }) => [till, isOwn])).toEqual([
    ['Front', true],
    ['Counter 1', false],
  ]);
});

it('takes a till or a day at a time, so that nobody waits for a chain, and lists all of its tills', () => {
  const tills = Array.from({ length: 200 }, (_, at) => z(`Counter ${at}`, 1, '2026-11-24'));
  const known = { zs: tills, ownTill: { id: null, name: 'Office' }, isSettled: () => false };
  expect(addUp(tills)(november, today).tills).toHaveLength(200);
  const steps = addUpSteps(known);
  let made = steps.next();
  while (made.done !== true) made = steps.next();
  expect([...made.value(november, today)].length).toBeGreaterThan(200);
});
