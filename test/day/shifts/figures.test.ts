import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginningOf, businessDay, hoursFrom } from '../../../main/day/shifts/business-day.ts';
import { clockRollback } from '../../../main/day/shifts/clock-rollback.ts';
import { checkCount } from '../../../main/day/shifts/count.ts';
import {
  cellsOf,
  type FigureGroup,
  hoursOf,
  lateCellsOf,
  type SettledLate,
} from '../../../main/day/shifts/figures.ts';
import { type TenderFacts, tenderRows } from '../../../main/day/shifts/tender-rows.ts';
import { fromScaled } from '../../../main/kernel/scaled.ts';
import {
  addAmounts,
  amount,
  type Cell,
  cashOf,
  entryStates,
  reportCells,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { zReportOf } from '../../kit/z-reports.ts';

const group = (change: Partial<FigureGroup> = {}): FigureGroup => ({
  ...{
    cashier: 'Mei',
    personId: null,
    line: 'sale',
    tender: 'cash',
    state: 'confirmed',
    isReversal: false,
    hour: 9,
    entries: 1,
  },
  ...{ principal: amount('50'), bonus: amount('5'), points: zeroAmount },
  ...change,
});

const late = (change: Partial<SettledLate>): SettledLate => ({
  ...{ id: 'x', reference: '0001', atMs: 1, memberName: 'Lim', cashier: 'Mei', principal: amount('20') },
  ...{ line: 'sale', bonus: zeroAmount, points: zeroAmount, tender: 'cash', state: 'rejected' },
  ...{ shift: 1, was: 'unknown', settledAtMs: 2 },
  ...change,
});

const facts: Omit<TenderFacts, 'cells'> = { float: amount('100'), drawer: 'own', count: null };

/** As a report has them. */
const cellsIn = (groups: readonly FigureGroup[], change: Partial<Parameters<typeof zReportOf>[0]> = {}) =>
  reportCells(zReportOf({ cells: cellsOf(groups), ...change }));

const cashRow = (groups: readonly FigureGroup[], more: readonly Cell[] = []) => {
  const [row] = tenderRows({ ...facts, cells: [...cellsIn(groups), ...more] });
  if (row === undefined) throw new Error('no cash');
  return row;
};

describe('expected cash', () => {
  it('is float + taken − reversed + paid in − paid out − what was given back late', () => {
    const said = { id: 'm', reason: 'Milk', who: 'Mei', approvedBy: null, atMs: 1 };
    const moves = [
      { kind: 'paid-in' as const, amount: amount('10'), ...said },
      { kind: 'paid-out' as const, amount: amount('3.20'), ...said },
    ];
    const reversed = group({ isReversal: true, principal: amount('-20') });
    const cells = cellsIn([group(), reversed], { moves });
    const given = reportCells(zReportOf({ cells: lateCellsOf([late({ principal: amount('5') })]) }));
    expect(tenderRows({ ...facts, cells: [...cells, ...given] })[0]?.expected).toBe('131.8');
  });

  it('never counts a bonus, nor what was refused or cancelled', () => {
    const given = [group({ state: 'rejected' }), group({ state: 'cancelled' })];
    const held = entryStates.filter((state) => state !== 'rejected' && state !== 'cancelled');
    const row = cashRow([...given, ...held.map((state) => group({ state }))]);
    expect(row).toMatchObject({ taken: '250', expected: '350', counted: null, variance: null });
    expect(
      addAmounts(...[row.done, row.waiting, row.checking, row.review].map((one) => one ?? zeroAmount)),
    ).toBe(row.taken);
  });

  it('takes off what reversals gave back, but not one that was refused', () => {
    const back = { isReversal: true, principal: amount('-30') };
    const row = cashRow([group(), group(back), group({ ...back, state: 'rejected' })]);
    expect(row).toMatchObject({ taken: '50', reversed: '30', expected: '120' });
  });

  it('takes off what earlier shifts gave back late, and adds a late reversal that was refused', () => {
    const earlier = [late({}), late({ principal: amount('-7') }), late({ state: 'confirmed' })];
    const more = reportCells(zReportOf({ cells: lateCellsOf(earlier) }));
    expect(cashRow([group()], more)).toMatchObject({ lateGivenBack: '13', expected: '137' });
  });

  it('counts what nobody was asked about under no tender, and expects nothing of it', () => {
    const rows = tenderRows({
      ...facts,
      cells: cellsIn([group({ tender: null }), group({ tender: 'own:Voucher' })]),
    });
    expect(rows.map(({ tender, expected }) => [tender, expected])).toEqual([
      ['cash', '100'],
      ['own:Voucher', '50'],
      [null, null],
    ]);
  });

  it('is told of a drawer that is counted elsewhere, and no cash counted', () => {
    const count = { pieces: [], tenders: [{ tender: 'card', sum: amount('1') }] };
    const rows = tenderRows({ ...facts, cells: cellsIn([group()]), drawer: 'elsewhere', count });
    expect(rows.map(({ tender, expected, counted }) => [tender, expected, counted])).toEqual([
      ['cash', '150', null],
      ['card', '0', '1'],
    ]);
  });
});

describe('cells and hours', () => {
  it('are told apart by who somebody is: two of one name are two, and who was renamed is one', () => {
    const cells = cellsOf([
      group({ personId: 'a', cashier: 'Mei' }),
      group({ personId: 'a', cashier: 'Mei Ling' }),
      group({ personId: 'b', cashier: 'Siti' }),
      group({ personId: 'c', cashier: 'Siti' }),
      group({ personId: null, cashier: 'Siti' }),
    ]);
    expect(cells.map(({ personId, cashier, entries }) => [personId, cashier, entries])).toEqual([
      ...[
        ['a', 'Mei Ling', 2],
        ['b', 'Siti', 1],
        ['c', 'Siti (2)', 1],
        [null, 'Siti (3)', 1],
      ],
    ]);
  });

  const cents = (min: number, max: number) =>
    fc.integer({ min, max }).map((value) => fromScaled(`${value}00`));
  const anyGroup = fc.record({
    cashier: fc.constantFrom('Mei', 'Siti'),
    personId: fc.constantFrom(null, 'a', 'b'),
    line: fc.constantFrom('sale', 'taken-up'),
    tender: fc.constantFrom('cash', 'card', null),
    state: fc.constantFrom(...entryStates),
    isReversal: fc.boolean(),
    hour: fc.nat(23),
    entries: fc.integer({ min: 1, max: 9 }),
    principal: cents(-(10 ** 10), 10 ** 10),
    bonus: cents(0, 10 ** 7),
    points: cents(0, 10 ** 7),
  });

  it('lose nothing, however entries come together', () => {
    fc.assert(
      fc.property(fc.array(anyGroup, { maxLength: 60 }), fc.nat(1_439), (groups, endsAt) => {
        const cells = cellsOf(groups);
        expect(cells.reduce((total, { entries }) => total + entries, 0)).toBe(
          groups.reduce((total, { entries }) => total + entries, 0),
        );
        expect(addAmounts(...cells.map(({ principal }) => principal))).toBe(
          addAmounts(...groups.map(({ principal }) => principal)),
        );
        const held = groups.filter(
          ({ line, state }) => line === 'sale' && state !== 'rejected' && state !== 'cancelled',
        );
        const hours = hoursOf(groups, endsAt);
        expect(hours.length).toBeLessThanOrEqual(24);
        expect(hours.reduce((total, { entries }) => total + entries, 0)).toBe(
          held.reduce((total, { entries }) => total + entries, 0),
        );
      }),
    );
  });

  it('go from the hour at which the day of business begins', () => {
    expect(hoursFrom(240).slice(0, 2)).toEqual([4, 5]);
    expect(hoursOf([group({ hour: 1 }), group({ hour: 23 })], 240)).toMatchObject([
      { hour: 23, principal: '50' },
      { hour: 0, entries: 0, principal: '0' },
      { hour: 1 },
    ]);
  });
});

describe('the day of business', () => {
  const at = (text: string) => Date.parse(`${text}+08:00`);
  it.each([
    ['2026-11-27T00:00:00', 0, '2026-11-27'],
    ['2026-11-27T03:59:59', 240, '2026-11-26'],
    ['2026-11-27T04:00:00', 240, '2026-11-27'],
    ['2026-11-27T21:59:59', 1_320, '2026-11-27'],
    ['2026-11-27T22:00:00', 1_320, '2026-11-28'],
  ])('%s with an end at minute %i is of %s', (time, minute, day) => {
    expect(businessDay(at(time), 'Asia/Singapore', minute)).toBe(day);
  });

  it('ends at the same minute of the store’s clock where the clocks are changed', () => {
    // Clocks go from 02:00 to 03:00 in Berlin, and in autumn from 03:00 to 02:00.
    expect(businessDay(Date.parse('2026-03-29T04:30:00+02:00'), 'Europe/Berlin', 240)).toBe('2026-03-29');
    expect(businessDay(Date.parse('2026-03-29T03:30:00+02:00'), 'Europe/Berlin', 240)).toBe('2026-03-28');
    expect(businessDay(Date.parse('2026-10-25T03:30:00+01:00'), 'Europe/Berlin', 240)).toBe('2026-10-24');
  });

  it.each([
    // The clock shows 02:30 twice, and once it shows it not at all.
    ['2026-10-25', 'Europe/Berlin', 150, '2026-10-25T02:30:00+02:00'],
    ['2026-03-29', 'Europe/Berlin', 150, '2026-03-29T03:00:00+02:00'],
    ['2026-03-29', 'Europe/Berlin', 240, '2026-03-29T04:00:00+02:00'],
    // Clocks are changed at midnight.
    ['2026-03-29', 'Asia/Beirut', 0, '2026-03-29T01:00:00+03:00'],
    ['2026-10-25', 'Asia/Beirut', 0, '2026-10-25T00:00:00+02:00'],
    ['2026-11-01', 'America/St_Johns', 60, '2026-11-01T01:00:00-02:30'],
    ['2026-11-26', 'Asia/Singapore', 180, '2026-11-26T03:00:00+08:00'],
    ['2026-11-26', 'Asia/Singapore', 1_320, '2026-11-25T22:00:00+08:00'],
    // A day that this island did not have begins with the one after it.
    ['2011-12-30', 'Pacific/Apia', 0, '2011-12-31T00:00:00+14:00'],
  ])('of %s begins in %s with an end at minute %i at %s', (day, zone, minute, time) => {
    expect(new Date(beginningOf(day, zone, minute)).toISOString()).toBe(new Date(time).toISOString());
  });

  it('goes on where the clock is put back over its end', () => {
    const inBerlin = (time: string) => businessDay(Date.parse(`2026-10-25T${time}`), 'Europe/Berlin', 150);
    const times = ['02:29:59+02:00', '02:30:00+02:00', '02:15:00+01:00', '02:30:00+01:00', '03:30:00+01:00'];
    expect(times.map(inBerlin)).toEqual(['2026-10-24', ...Array.from({ length: 4 }, () => '2026-10-25')]);
  });

  it('is one and no other, whatever the moment, the zone and the minute', () => {
    const zones = ['Asia/Singapore', 'Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Apia'];
    fc.assert(
      fc.property(
        fc.integer({ min: Date.parse('2010-01-01'), max: Date.parse('2030-01-01') }),
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 1_439 }),
        (ms, zone, minute) => {
          const day = businessDay(ms, zone, minute);
          const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
          expect(beginningOf(day, zone, minute)).toBeLessThanOrEqual(ms);
          expect(beginningOf(next, zone, minute)).toBeGreaterThan(ms);
        },
      ),
    );
  });
});

describe('a clock that was set back', () => {
  it('is told from a minute on, and the largest of several', () => {
    expect(clockRollback(null, 100_000, 60_000)).toBeNull();
    const hour = { beforeMs: 7_200_000, nowMs: 3_600_000 };
    expect(clockRollback(null, 7_200_000, 3_600_000)).toEqual(hour);
    expect(clockRollback(hour, 200_000, 100_000)).toEqual(hour);
    expect(clockRollback(hour, 9_000_000, 9_500_000)).toEqual(hour);
  });
});

describe('a count', () => {
  const piece = (value: string, pieces: number) => ({ value: amount(value), pieces });
  it('is the sum of its pieces, exactly', () => {
    expect(cashOf({ pieces: [piece('0.05', 3), piece('50', 2), piece('0.10', 7)] })).toBe('100.85');
    expect(cashOf({ pieces: [] })).toBe('0');
    expect(cashOf({ pieces: [piece('1000', 100_000)] })).toBe('100000000');
  });

  it.each([
    ['a piece of no value', { pieces: [piece('0', 1)], tenders: [] }],
    ['a value below nought', { pieces: [piece('-5', 1)], tenders: [] }],
    ['too many decimals', { pieces: [piece('0.005', 1)], tenders: [] }],
    ['a value twice', { pieces: [piece('5', 1), piece('5.00', 2)], tenders: [] }],
    ['cash as a sum', { pieces: [], tenders: [{ tender: 'cash', sum: amount('5') }] }],
    ['a piece of more than there is', { pieces: [piece('9'.repeat(30), 100_000)], tenders: [] }],
    ['a sum below nought', { pieces: [], tenders: [{ tender: 'card', sum: amount('-5') }] }],
  ])('is refused with %s', (_, count) => {
    expect(checkCount(count, 'own', 2)).toEqual({ code: 'count-invalid' });
  });

  it('has no pieces where the drawer is counted elsewhere', () => {
    expect(checkCount({ pieces: [piece('5', 1)], tenders: [] }, 'elsewhere', 2)).toEqual({
      code: 'count-invalid',
    });
    expect(
      checkCount({ pieces: [], tenders: [{ tender: 'card', sum: amount('5') }] }, 'elsewhere', 2),
    ).toBeNull();
  });
});
