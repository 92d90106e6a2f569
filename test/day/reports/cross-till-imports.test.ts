import { expect, it } from 'vitest';
import { factsOf } from '../../../main/day/reports/z-facts.ts';
import { makeReport } from '../../../main/paper/receipts/make-report.ts';
import {
  amount,
  type ImportedEntry,
  type ShiftReport,
  tillsSumSchema,
} from '../../../preload/contract/index.ts';
import { createAddUp } from '../../kit/add-up.ts';
import { entryOfZ, tenderOf, zReportOf } from '../../kit/z-reports.ts';
import { shopIn } from '../../paper/receipts/facts.ts';
import { expectAddsUp } from './owner-support.ts';

const [dead, epoch, other] = ['d'.repeat(16), 'e'.repeat(16), 'f'.repeat(16)];

/** The dead till's Z: three entries of 100 in all, none of which it told as unsettled. */
const zOfDead = (change: Partial<ShiftReport> = {}) =>
  zReportOf({ till: 'Dead', tillId: dead, epoch, fromSequence: 1, toSequence: 3, ...change });

type Original = Partial<ImportedEntry['original']>;

/** What its second paper says, at another till. */
const brought = (change: Partial<ImportedEntry> = {}, original: Original = {}): ImportedEntry => ({
  ...entryOfZ('e2', { tender: null, state: 'confirmed', line: 'taken-up', points: amount('4') }),
  ...change,
  original: { till: 'Dead', reference: '0002', tillId: dead, epoch, ...original },
});

const taker = (takenUp: ImportedEntry, change: Partial<ShiftReport> = {}) =>
  zReportOf({
    till: 'Taker',
    tillId: other,
    epoch: other,
    tenders: [tenderOf()],
    takenUp: [takenUp],
    ...change,
  });

const onPaper = (report: ShiftReport) =>
  makeReport(report, shopIn('en')).sections.flatMap(({ pairs }) => pairs);

const addedUp = (...zs: readonly ShiftReport[]) => {
  const known = { ownTill: { id: null, name: 'Office' }, isSettled: () => false };
  const day = { from: '2026-11-25', to: '2026-11-25' };
  const { sum, tills } = createAddUp({ zs: zs.map(factsOf), ...known })(day, day.to);
  for (const told of [sum, ...tills]) expectAddsUp(told);
  return sum;
};

/** One entry that was dropped. */
const cellOf = (): ShiftReport['cells'][number] => ({
  ...{
    line: 'taken-up',
    cashier: '',
    personId: null,
    tender: null,
    state: 'cancelled',
    isReversal: false,
    entries: 1,
  },
  ...{ principal: amount('10'), bonus: amount('0'), points: amount('4') },
});

const sumOf = (...zs: readonly ShiftReport[]) => {
  const { net, points } = addedUp(...zs);
  // Each of them gave ten points of its own.
  return [net, Number(points) - 10 * zs.length];
};

it.each([
  ['its Z is here, and has its number', zOfDead(), brought(), ['100', 0]],
  ['it was printed on another way of that till', zOfDead(), brought({}, { epoch: other }), ['110', 4]],
  ['its number is of another shift', zOfDead(), brought({}, { reference: '0004' }), ['110', 4]],
  ['it was dropped, and its Z had told its end', zOfDead(), brought({ state: 'cancelled' }), ['100', 0]],
  [
    'it was dropped, and its Z told it as unsettled',
    zOfDead({ unsettled: [entryOfZ('e2')] }),
    brought({ state: 'cancelled' }),
    ['90', -4],
  ],
] as const)('what a paper brought counts once where %s', (_, z, entry, expected) => {
  expect(sumOf(z, taker(entry))).toEqual(expected);
});

it('its entry counts as its money does', () => {
  const none = addedUp(taker(brought(), { takenUp: [] })).entries;
  expect(addedUp(taker(brought())).entries).toBe(none + 1);
  expect(addedUp(zOfDead(), taker(brought())).entries).toBe(addedUp(zOfDead()).entries + none);
});

it('what was lost with its records and came back into the same drawer counts once beside the Z of then', () => {
  const again = brought({ tender: 'cash', line: 'sale' });
  const sold = taker(again, {
    id: 'again',
    till: 'Dead',
    tillId: dead,
    tenders: [tenderOf({ taken: amount('10') })],
  });
  expect(sumOf(sold)).toEqual(['10', 0]);
  expect(sumOf(zOfDead(), sold)).toEqual(['100', -4]);
});

it('what was taken up, and was dropped in a later shift, is off as if it had never come', () => {
  const first = taker(brought({ state: 'review' }), { number: 1 });
  const late = {
    ...entryOfZ('e2', { tender: null, state: 'cancelled', line: 'taken-up' }),
    points: amount('4'),
  };
  const second = taker(brought(), {
    ...{ id: 'second', number: 2, takenUp: [] },
    late: [{ ...late, shift: 1, was: 'review', settledAtMs: 5 }],
  });
  expect(sumOf(first)).toEqual(['10', 4]);
  expect(sumOf(first, second)).toEqual(['0', 0]);
  // Its line is one fewer, of which the owner is told.
  const back = zReportOf({
    ...{ id: 'cells', tenders: [tenderOf()] },
    cells: [{ ...cellOf(), shift: 1 }],
  });
  const { lines } = addedUp(back);
  expect(lines.takenUp).toMatchObject({ entries: -1, principal: '-10', points: '-4' });
  expect(tillsSumSchema.safeParse(addedUp(back)).success).toBe(true);
  // As many came as went, and of another sum: paper has it all the same.
  const also = { ...cellOf(), state: 'confirmed' as const, principal: amount('30') };
  const both = { ...back, cells: [...back.cells, also] };
  expect(onPaper(both)).toContainEqual({
    label: 'From receipts, other drawer (0)',
    value: expect.stringMatching(/[$]20[.]00$/),
  });
  const original = zOfDead({ unsettled: [entryOfZ('e2')] });
  expect(sumOf(original, first, second)).toEqual(['90', -4]);
  expect(sumOf(zOfDead(), first, second)).toEqual(['100', 0]);
});

it.each([
  ['confirmed', '100'],
  ['cancelled', '90'],
] as const)(
  'whichever is closed first, what its own till ended (%s) and another dropped counts by both',
  (state, truth) => {
    const of = (till: string, tillId: string) => ({ till, tillId, epoch: tillId, tenders: [tenderOf()] });
    const late = {
      ...entryOfZ('e2', { line: 'sale', points: amount('4') }),
      shift: 1,
      was: 'queued' as const,
    };
    const home = zOfDead({ unsettled: [entryOfZ('e2')] });
    const first = taker(brought({ state: 'review' }), { closedAtMs: 1 });
    const ownEnd = zReportOf({
      ...{ ...of('Dead', dead), id: 'own', number: 2, late: [{ ...late, state, settledAtMs: 5 }] },
      cells: [
        {
          ...{ ...cellOf(), line: 'sale', tender: 'cash', state, shift: 1 },
          cashier: '',
        },
      ],
    });
    const dropped = zReportOf({
      ...{ ...of('Taker', other), id: 'dropped', number: 2 },
      late: [{ ...late, line: 'taken-up', state: 'cancelled', settledAtMs: 5 }],
    });
    for (const [own, other] of [
      [2, 3],
      [3, 2],
    ] as const) {
      const ends = [
        { ...ownEnd, closedAtMs: own },
        { ...dropped, closedAtMs: other },
      ];
      const sum = addedUp(home, first, ...ends);
      expect([sum.net, sum.unsettled]).toEqual([truth, { entries: 0, principal: '0' }]);
      expect(addedUp(first, ...ends).net).toBe(state === 'confirmed' ? '10' : '0');
    }
  },
);
