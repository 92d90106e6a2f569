import { expect, it } from 'vitest';
import { journalOf } from '../../../main/day/books/journal.ts';
import { factsOf } from '../../../main/day/reports/z-facts.ts';
import {
  addSums,
  amount,
  type EntryState,
  isUnsettled,
  noSums,
  type ShiftReport,
  type TillsSum,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { createAddUp } from '../../kit/add-up.ts';
import { entryOfZ, tenderOf, zReportOf } from '../../kit/z-reports.ts';

// One entry of 10 that several reports tell of stands once in the owner's sums and in the books, also where a till was put
// back from a backup and settles it again.

interface Told {
  readonly state: EntryState;
  /** An earlier report told it as not settled. */
  readonly isLate?: boolean;
}

const [a, c] = ['a'.repeat(16), 'c'.repeat(16)];

/** A report of a till and nothing but this entry in it: its lists and its cells say the same. */
function zOf(number: number, { state, isLate = false }: Told): ShiftReport {
  const [principal, points] = [amount('10'), amount('4')];
  const entry = { ...entryOfZ('e2', { state, tender: 'cash', principal, points }) };
  const late = { ...entry, shift: 1, was: 'queued' as const, settledAtMs: 5 };
  return zReportOf({
    ...{ id: `Z ${number}`, till: 'A', tillId: a, epoch: a, number },
    ...{ tenders: [tenderOf()], bonus: zeroAmount, points: zeroAmount, closedAtMs: number },
    ...{ fromSequence: number * 2, toSequence: number * 2 + 1 },
    unsettled: isUnsettled(entry) ? [entry] : [],
    late: isLate ? [late] : [],
    cells: [
      {
        ...{ cashier: 'Mei', personId: null, line: 'sale', tender: 'cash', state, entries: 1 },
        ...{ principal, bonus: zeroAmount, points, isReversal: false },
        ...(isLate ? { shift: 1 } : {}),
      },
    ],
  });
}

/** The lines that an owner reads come to the net, and what was taken and reversed to the entries. */
function expectAddsUp({ net, bonus, points, entries, lines }: TillsSum): void {
  const { taken = noSums, reversed = noSums, late = noSums } = lines;
  const back = addSums(reversed, late);
  for (const [part, told] of [
    ['principal', net],
    ['bonus', bonus],
    ['points', points],
  ] as const)
    expect([part, Number(taken[part]) - Number(back[part])]).toEqual([part, expect.closeTo(Number(told), 4)]);
  expect(taken.entries + reversed.entries).toBe(entries);
}

function sumOf(...zs: readonly ShiftReport[]) {
  const known = { ownTill: { id: null, name: 'Office' }, isSettled: () => false };
  const day = { from: '2026-11-25', to: '2026-11-25' };
  const { sum, tills } = createAddUp({ zs: zs.map(factsOf), ...known })(day, day.to);
  for (const told of [sum, ...tills]) expectAddsUp(told);
  return sum;
}

/** What the books have in all, as `account debit`. */
function booked(...zs: readonly ShiftReport[]) {
  const known = { ownTill: { id: null, name: 'Office' }, isSettled: () => false };
  const day = { from: '2026-11-25', to: '2026-11-25' };
  const { counted } = createAddUp({ zs: zs.map(factsOf), ...known })(day, day.to);
  const sums = new Map<string, bigint>();
  for (const { z, adjustment } of counted)
    for (const { account, debit } of journalOf(z.book, adjustment))
      sums.set(account, (sums.get(account) ?? 0n) + debit);
  return [...sums].flatMap(([account, e4]) => (e4 === 0n ? [] : [`${account} ${e4 / 10_000n}`])).sort();
}

const home = zOf(1, { state: 'queued' });
const ownEnd = (state: EntryState) => zOf(3, { state, isLate: true });

/** The same number once more, closed after a backup from before was restored. */
const afterRestore = (state: EntryState): ShiftReport => ({
  ...ownEnd(state),
  ...{ id: 'after a restore', epoch: c, closedAtMs: 9 },
});

it.each([
  ['done', 'confirmed', 'confirmed', ['members -10', 'way:cash 10'], '10'],
  ['given back', 'cancelled', 'cancelled', [], '0'],
  ['done, and then given back', 'confirmed', 'cancelled', ['members -10', 'way:cash 10'], '10'],
] as const)('what two Zs of one number settle as %s is settled once', (_, one, other, expected, net) => {
  const zs = [home, ownEnd(one), afterRestore(other)];
  expect(booked(...zs)).toEqual(expected);
  expect(sumOf(...zs).net).toBe(net);
});

it('what two Zs of one number settle of before the first shift is settled once', () => {
  const late = (z: ShiftReport): ShiftReport => ({
    ...z,
    late: z.late.map((entry) => ({ ...entry, shift: 0 })),
    cells: z.cells.map((cell) => ({ ...cell, shift: 0 })),
  });
  const [cell] = home.cells;
  if (cell === undefined) throw new Error('no cell');
  const first = { ...home, cells: [], unsettled: [], before: [{ ...cell, cashier: '' }] };
  const zs = [first, late(ownEnd('confirmed')), late(afterRestore('confirmed'))];
  expect(sumOf(...zs).unsettled).toEqual({ entries: 0, principal: '0' });
  expect(booked(...zs)).toEqual(['before 10', 'members -10']);
});

it('of a Z that lists not all that waited, what is settled late is off, listed or not', () => {
  const [cell] = home.cells;
  const [listed] = home.unsettled;
  if (cell === undefined || listed === undefined) throw new Error('nothing is open');
  const long = {
    ...{ ...home, fromSequence: 1, toSequence: 9, unlisted: 8 },
    cells: [{ ...cell, entries: 9, principal: amount('90'), points: amount('36') }],
    unsettled: [{ ...listed, id: 'e1', reference: '0001' }],
  };
  expect(sumOf(long)).toMatchObject({ net: '90', unsettled: { entries: 9, principal: '90' } });
  const left = { net: '80', unsettled: { entries: 8, principal: '80' } };
  expect(sumOf(long, ownEnd('cancelled'))).toMatchObject(left);
  expect(sumOf(long, ownEnd('confirmed'))).toMatchObject({ net: '90', unsettled: left.unsettled });
});
