import { expect, it } from 'vitest';
import { journalOf } from '../../../main/day/books/journal.ts';
import { factsOf } from '../../../main/day/reports/z-facts.ts';
import {
  addSums,
  amount,
  type CellLine,
  type EntryState,
  type FigureLine,
  isUnsettled,
  noSums,
  type ShiftReport,
  type TillsSum,
  tillsSumSchema,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { createAddUp } from '../../kit/add-up.ts';
import { entryOfZ, tenderOf, zReportOf } from '../../kit/z-reports.ts';

// One entry of 10 and 4 points that several reports tell of stands once on each line of the owner's, and its lines come to
// the net.

interface Told {
  readonly line: CellLine;
  readonly state: EntryState;
  readonly sums?: { readonly principal: string; readonly points: string };
  /** A paper brought it here. */
  readonly isBrought?: boolean;
  /** An earlier report told it as not settled. */
  readonly isLate?: boolean;
  /** It was given back after a paper, and its report says so. */
  readonly isAfterPaper?: boolean;
}

const [a, b, c] = ['a'.repeat(16), 'b'.repeat(16), 'c'.repeat(16)];
const ten = { principal: '10', points: '4' };

/** A report of a till and nothing but this entry in it: its lists and its cells say the same. */
function zOf(tillId: string, number: number, told: Told): ShiftReport {
  const { line, state, sums = ten, isBrought = false, isLate = false, isAfterPaper = false } = told;
  const tender = line === 'sale' ? 'cash' : null;
  const [principal, points] = [amount(sums.principal), amount(sums.points)];
  const entry = { ...entryOfZ('e2', { line, state, tender, principal, points }) };
  const late = { ...entry, shift: 1, was: 'queued' as const, settledAtMs: 5 };
  const paper = { till: 'A', reference: '0002', tillId: a, epoch: a };
  return zReportOf({
    ...{ id: `${tillId} ${number}`, till: tillId.slice(0, 1), tillId, epoch: tillId, number },
    ...{ tenders: [tenderOf()], bonus: zeroAmount, points: zeroAmount, closedAtMs: number },
    ...{ fromSequence: tillId === a ? number * 2 : 1, toSequence: tillId === a ? number * 2 + 1 : 0 },
    unsettled: isUnsettled(entry) ? [entry] : [],
    late: isLate ? [late] : [],
    afterPaper: isAfterPaper ? [{ ...entry, reference: paper.reference, by: 'Mei' }] : [],
    takenUp: isBrought ? [{ ...entry, original: paper }] : [],
    cells: [
      {
        ...{ cashier: 'Mei', personId: null, line, tender, state, entries: 1, bonus: zeroAmount },
        ...{ principal, points, isReversal: `${principal}${points}`.includes('-') },
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

const lines = ['taken', 'reversed', 'late', 'cancelled', 'takenUp'] as const;

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

/** What an owner reads, as `line entries principal`. */
function readOf(...zs: readonly ShiftReport[]) {
  const sum = sumOf(...zs);
  const held = (line: FigureLine) =>
    sum.lines[line] ?? { entries: 0, principal: zeroAmount, points: zeroAmount };
  return lines.flatMap((line) => {
    const { entries, principal, points } = held(line);
    return [entries, Number(principal), Number(points)].every((value) => value === 0)
      ? []
      : [`${line} ${entries} ${principal}`];
  });
}

const home = zOf(a, 1, { line: 'sale', state: 'queued' });
const cancelledThere = zOf(a, 1, { line: 'sale', state: 'cancelled', isAfterPaper: true });
const again = (state: EntryState) => zOf(a, 2, { line: 'sale', state, isBrought: true });
const taken = (till: string, number: number, state: EntryState) =>
  zOf(till, number, { line: 'taken-up', state, isBrought: true });
const end = (till: string, number: number, state: EntryState) =>
  zOf(till, number, { line: 'taken-up', state, isLate: true });

it.each([
  ['came back into the same drawer', [home, again('confirmed')], ['taken 1 10']],
  ['came back into the same drawer, and the Z of then is lost', [again('confirmed')], ['taken 1 10']],
  [
    'came back into the same drawer and was cancelled',
    [home, again('cancelled')],
    ['taken 1 10', 'late 1 10'],
  ],
  ['was taken up', [home, taken(b, 3, 'confirmed')], ['taken 1 10', 'takenUp 1 10']],
  [
    'was taken up from a till whose Z is not here',
    [taken(b, 3, 'confirmed')],
    ['taken 1 10', 'takenUp 1 10'],
  ],
  ['was taken up and dropped at once', [home, taken(b, 3, 'cancelled')], ['taken 1 10', 'late 1 10']],
  ['was dropped at once, and no Z tells more', [taken(b, 3, 'cancelled')], ['cancelled 1 0']],
  [
    'was dropped a shift later',
    [home, taken(b, 3, 'review'), end(b, 4, 'cancelled')],
    ['taken 1 10', 'late 1 10'],
  ],
  [
    'was dropped a shift later, and no Z tells more',
    [taken(b, 3, 'review'), end(b, 4, 'cancelled')],
    ['taken 1 10', 'late 1 10'],
  ],
  [
    'was dropped a shift later, behind a clock that was set back between the two',
    [taken(b, 3, 'review'), { ...end(b, 4, 'cancelled'), closedAtMs: 1 }],
    ['taken 1 10', 'late 1 10'],
  ],
  [
    'was dropped after a backup was put back, behind a clock that was set back before',
    [taken(b, 3, 'review'), { ...end(b, 4, 'cancelled'), epoch: c, closedAtMs: 1 }],
    ['taken 1 10', 'late 1 10'],
  ],
  [
    'was dropped in a shift that a restore lost, and sent in one of its time that has an earlier number',
    [taken(b, 3, 'review'), end(b, 5, 'cancelled'), { ...end(b, 4, 'confirmed'), epoch: c, closedAtMs: 9 }],
    ['taken 1 10', 'takenUp 1 10'],
  ],
  [
    'was taken up at two tills, which do not know yet',
    [taken(b, 3, 'review'), taken(c, 4, 'review')],
    ['taken 1 10', 'takenUp 1 10'],
  ],
  [
    'was taken up at two tills, one of which dropped it and one of which sent it',
    [home, taken(b, 3, 'review'), taken(c, 4, 'review'), end(b, 5, 'cancelled'), end(c, 6, 'confirmed')],
    ['taken 1 10', 'takenUp 1 10'],
  ],
  [
    'was taken up at two tills, both of which dropped it',
    [home, taken(b, 3, 'review'), taken(c, 4, 'cancelled'), end(b, 5, 'cancelled')],
    ['taken 1 10', 'late 1 10'],
  ],
  [
    'its own till cancelled after a paper, and another sent',
    [cancelledThere, taken(b, 3, 'confirmed')],
    ['taken 1 10', 'cancelled 1 10', 'takenUp 1 10'],
  ],
  [
    'its own till cancelled after a paper, and another sent a shift later',
    [cancelledThere, taken(b, 3, 'review'), end(b, 4, 'confirmed')],
    ['taken 1 10', 'cancelled 1 10', 'takenUp 1 10'],
  ],
  [
    'its own till cancelled after a paper, and another dropped',
    [cancelledThere, taken(b, 3, 'review'), end(b, 4, 'cancelled')],
    ['cancelled 1 10'],
  ],
] as const)('what %s stands once on each line', (_, zs, expected) => {
  expect(readOf(...zs)).toEqual(expected);
});

it.each([
  ['a reversal', 'sale', { principal: '-10', points: '-4' }, 'reversed 1 10'],
  ['a reversal of points', 'sale', { principal: '0', points: '-4' }, 'reversed 1 0'],
] as const)('%s that comes back by its paper stands once on its line', (_, line, sums, expected) => {
  const lost = zOf(a, 1, { line, state: 'queued', sums });
  expect(readOf(lost, zOf(a, 2, { line, state: 'confirmed', sums, isBrought: true }))).toEqual([expected]);
  const found = readOf(lost, zOf(b, 3, { line: 'taken-up', state: 'confirmed', sums, isBrought: true }));
  expect(found.filter((told) => !told.startsWith('takenUp'))).toEqual([expected]);
});

const ownEnd = (state: EntryState) => zOf(a, 3, { line: 'sale', state, isLate: true });

it.each([
  ['came back into the same drawer', [home, again('confirmed')], ['cash 10']],
  ['came back into the same drawer, and the Z of then is lost', [again('confirmed')], ['cash 10']],
  ['came back, and was sent a shift later', [again('review'), ownEnd('confirmed')], ['cash 10']],
  ['came back, and was given back a shift later', [again('review'), ownEnd('cancelled')], []],
  ['was taken up, whose own till gave it back later', [home, taken(b, 2, 'review'), ownEnd('cancelled')], []],
  ['the same, of which the first Z is lost', [taken(b, 2, 'review'), ownEnd('cancelled')], []],
  ['was taken up from a till whose Z is not here', [taken(b, 3, 'confirmed')], ['null 10']],
] as const)('what %s was paid as its Zs say', (_, zs, expected) => {
  const { net, tenders } = sumOf(...zs);
  expect(tenders.map(({ tender, net: paid }) => `${tender} ${paid}`)).toEqual(expected);
  expect(tenders.reduce((all, one) => all + Number(one.net), 0)).toBe(Number(net));
});

/** The same number once more, closed after a backup from before was restored. */
const afterRestore = (state: EntryState): ShiftReport => ({
  ...ownEnd(state),
  ...{ id: 'after a restore', epoch: c, closedAtMs: 9 },
});

it.each([
  ['done', 'confirmed', 'confirmed', ['members -10', 'way:cash 10'], '10'],
  ['given back', 'cancelled', 'cancelled', ['papers 10', 'way:cash -10'], '0'],
  ['done, and then given back', 'confirmed', 'cancelled', ['members -10', 'papers 10'], '10'],
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

/** Its receipt says otherwise where it was printed. */
const printed = (
  z: ShiftReport,
  change: Partial<NonNullable<ShiftReport['takenUp']>[number]['original']>,
) => ({
  ...z,
  takenUp: z.takenUp?.map((entry) => ({ ...entry, original: { ...entry.original, ...change } })),
});

const told = zOf(a, 1, { line: 'sale', state: 'confirmed' });

it.each([
  ['has its number', taken(b, 3, 'confirmed'), ['taken 1 10', 'takenUp 1 10']],
  ['was dropped, and the Z had told its end', taken(b, 3, 'cancelled'), ['taken 1 10']],
  [
    'is of that till after a backup was put back',
    printed(taken(b, 3, 'confirmed'), { epoch: c }),
    ['taken 2 20', 'takenUp 1 10'],
  ],
  [
    'has a number of another shift',
    printed(taken(b, 3, 'confirmed'), { reference: '0004' }),
    ['taken 2 20', 'takenUp 1 10'],
  ],
] as const)('beside a Z that lists nothing as open, what a receipt brought that %s', (_, z, expected) => {
  expect(readOf(told, z)).toEqual(expected);
});

it('what was refused as a duplicate and sent anew is the entry that its receipt names', () => {
  const anew = taken(b, 4, 'confirmed');
  const renamed = { ...anew, takenUp: anew.takenUp?.map((entry) => ({ ...entry, id: 'anew' })) };
  const second = {
    ...renamed,
    cells: [...renamed.cells, ...end(b, 4, 'cancelled').cells],
    late: end(b, 4, 'cancelled').late,
  };
  for (const zs of [[home], []]) {
    const all = [...zs, taken(b, 3, 'review'), second];
    expect(readOf(...all)).toEqual(['taken 1 10', 'takenUp 1 10']);
    expect(sumOf(...all).unsettled.entries).toBe(0);
  }
});

it.each([
  [[taken(b, 3, 'review')], 10, { entries: 1, principal: '10' }],
  [[taken(b, 3, 'review'), end(b, 4, 'confirmed')], 10, { entries: 0, principal: '0' }],
  [[taken(b, 3, 'review'), end(b, 4, 'cancelled')], 0, { entries: 0, principal: '0' }],
] as const)('what was sold before the first shift and taken up elsewhere is told once', (zs, all, open) => {
  const first = {
    ...{ ...home, fromSequence: 9, toSequence: 8, cells: [], unsettled: [] },
    before: home.cells.map((cell) => ({ ...cell, cashier: '' })),
  };
  expect(sumOf(first).unsettled).toEqual({ entries: 1, principal: '10' });
  const { net, lines: of, unsettled } = sumOf(first, ...zs);
  expect([Number(net) + Number(of.before?.principal), unsettled]).toEqual([all, open]);
});

it('of a Z that lists not all that waited, what is dropped elsewhere or settled late is off, listed or not', () => {
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
  expect(sumOf(long, taken(b, 3, 'cancelled'))).toMatchObject(left);
  const brought = taken(b, 3, 'cancelled');
  const ofListed = brought.takenUp?.map((entry) => ({ ...entry, id: 'e1' }));
  expect(sumOf(long, { ...printed({ ...brought, takenUp: ofListed }, { reference: '0001' }) })).toMatchObject(
    left,
  );
  expect(sumOf(long, ownEnd('confirmed'))).toMatchObject({ net: '90', unsettled: left.unsettled });
});

it('a line that is one fewer, since what was taken up was dropped in a later shift, is told so', () => {
  const late = { ...end(b, 4, 'cancelled'), late: [] };
  const sum = createAddUp({
    zs: [factsOf(late)],
    ownTill: { id: null, name: 'Office' },
    isSettled: () => false,
  })({ from: '2026-11-25', to: '2026-11-25' }, '2026-11-25').sum;
  expect(sum.lines.takenUp).toMatchObject({ entries: -1, principal: '-10', points: '-4' });
  expect(tillsSumSchema.safeParse(sum).success).toBe(true);
});
