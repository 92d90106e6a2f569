import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  callsFor,
  callsForEach,
  leftOfAccount,
  neededByDays,
  neededToday,
  pagesToday,
  shareOf,
  spareOfFirstDay,
} from '../../../main/hosts/calls/call-budget.ts';
import { factsOf } from '../../kit/call-budget.ts';

const purposes = ['increment', 'test', 'look-up', 'probe', 'refresh', 'matching'] as const;
const allowed = (change: Parameters<typeof factsOf>[0]) =>
  purposes.filter((what) => callsFor(what, factsOf(change)) > 0);

describe('a till that is alone with its account', () => {
  it.each([
    [0, ['increment', 'test', 'look-up', 'probe', 'refresh', 'matching']],
    [179, ['increment', 'test', 'look-up', 'probe', 'refresh', 'matching']],
    [180, ['increment', 'test', 'look-up', 'probe']],
    [239, ['increment', 'test', 'look-up', 'probe']],
    [240, ['increment', 'test', 'probe']],
    [300, ['increment', 'test']],
    [9_999, ['increment', 'test']],
  ])('after %i calls may make %j', (mine, expected) => {
    expect(allowed({ mine })).toEqual(expected);
  });

  it('keeps back what its own days needed after this hour, once it knows them', () => {
    expect(callsFor('refresh', factsOf({ mine: 250, needed: 10 }))).toBe(40);
    expect(callsFor('refresh', factsOf({ mine: 100, needed: 190 }))).toBe(10);
  });

  it('keeps back what waits besides', () => {
    expect(neededToday(factsOf({ waiting: 30, needed: 10 }))).toBe(40);
  });
});

describe('a till of a chain', () => {
  it('takes no more than its part for what can wait', () => {
    const one = factsOf({ tillCount: 3 });
    expect(shareOf(one)).toBe(100);
    expect(callsFor('refresh', one)).toBe(60);
    expect(callsFor('probe', factsOf({ tillCount: 3, mine: 100 }))).toBe(0);
    expect(callsFor('increment', factsOf({ tillCount: 3, mine: 100 }))).toBe(Number.POSITIVE_INFINITY);
  });

  it('has what it was left with when the account last had no more', () => {
    expect(shareOf(factsOf({ tillCount: 3, taught: 84 }))).toBe(84);
    expect(shareOf(factsOf({ taught: 190 }))).toBe(190);
    expect(shareOf(factsOf({ tillCount: 3, taught: 140 }))).toBe(100);
    // A day on which others took all is no measure of the next.
    expect(shareOf(factsOf({ tillCount: 3, taught: 2 }))).toBe(25);
  });

  it('shares what KYBIO counts as left, and knows nothing of others where it does not', () => {
    const reported = { kind: 'count', left: 60, mine: 20, atMs: 0 } as const;
    expect(leftOfAccount(factsOf({ tillCount: 3, mine: 30, reported }))).toBe(50);
    expect(callsFor('probe', factsOf({ tillCount: 3, mine: 95, reported: { ...reported, mine: 95 } }))).toBe(
      20,
    );
    expect(
      callsFor('probe', factsOf({ tillCount: 3, mine: 10, reported: { ...reported, left: 3, mine: 10 } })),
    ).toBe(3);
    expect(leftOfAccount(factsOf({ tillCount: 3, mine: 30 }))).toBe(270);
  });

  it('has none once KYBIO says that it is enough', () => {
    const reported = { kind: 'enough' } as const;
    expect(leftOfAccount(factsOf({ mine: 101, reported }))).toBe(0);
    expect(allowed({ mine: 101, reported })).toEqual(['increment', 'test']);
  });
});

it('never allows a lower purpose what a higher one may not', () => {
  const count = fc.nat(1_000);
  const reported = fc.oneof(
    fc.constant({ kind: 'nothing' } as const),
    fc.constant({ kind: 'enough' } as const),
    fc.record({ kind: fc.constant('count' as const), left: count, mine: count, atMs: count }),
  );
  const heard = fc.record({
    ...{
      left: fc.integer({ min: -1_000, max: 5_000 }),
      needed: count,
      part: fc.double({ min: 0, max: 1, noNaN: true }),
    },
    isAll: fc.boolean(),
  });
  const others = fc.record({
    ...{ tillCount: fc.integer({ min: 1, max: 80 }), used: fc.nat(10_000), heard: fc.option(heard) },
    before: fc.constant(new Map()),
  });
  const facts = fc.record({
    ...{ limit: fc.integer({ min: 10, max: 5_000 }), others },
    ...{ mine: count, reported, taught: fc.option(count), waiting: count, needed: fc.option(count) },
    ...{ keptForIncrements: fc.nat(300), spare: fc.option(count), forEach: fc.constant(1) },
  });
  fc.assert(
    fc.property(facts, (now) => {
      expect(callsFor('refresh', now)).toBeLessThanOrEqual(callsFor('look-up', now));
      expect(callsFor('refresh', now)).toBeLessThanOrEqual(callsFor('probe', now));
      expect(callsFor('probe', now)).toBeLessThanOrEqual(leftOfAccount(now));
      expect(pagesToday(now)).toBeLessThanOrEqual(now.limit);
    }),
  );
});

describe('the directory', () => {
  it('has a small part of a day, and a page for ten calls that a day needs anyway', () => {
    expect(pagesToday(factsOf({ spare: 100, needed: 10 }))).toBe(15);
    expect(pagesToday(factsOf({ spare: 250, needed: 10 }))).toBe(5);
    expect(pagesToday(factsOf({ spare: 300, needed: 10 }))).toBe(1);
    // An account that comes near its quota has none.
    expect(pagesToday(factsOf({ spare: 74, needed: 10 }))).toBe(0);
    expect(pagesToday(factsOf({ spare: null }))).toBe(0);
  });

  it('is read by each till for itself: its equal part, and a page a day where that is none', () => {
    const day = { spare: 100, needed: 0 };
    expect(pagesToday(factsOf({ ...day, tillCount: 4, forEach: 4 }))).toBe(3);
    expect(pagesToday(factsOf({ ...day, tillCount: 80, forEach: 80 }))).toBe(1);
  });

  it('waits until what is left of a day is likely five times what it still needs', () => {
    const day = { tillCount: 3, spare: 100, needed: 10, forEach: 3 };
    expect(pagesToday(factsOf({ ...day, mine: 50 }))).toBe(5);
    expect(pagesToday(factsOf({ ...day, mine: 51 }))).toBe(0);
    const reported = { kind: 'count', left: 150, mine: 51, atMs: 0 } as const;
    expect(pagesToday(factsOf({ ...day, mine: 51, reported }))).toBe(5);
  });

  it('takes other tills to be a third busier, until KYBIO has counted for all', () => {
    expect(callsForEach(3, null)).toBeCloseTo(3.9);
    expect(callsForEach(1, null)).toBe(1);
    expect(callsForEach(3, { used: 250, mine: 50 })).toBe(5);
    expect(callsForEach(3, { used: 250, mine: 2 })).toBeCloseTo(3.9);
  });

  it('waits on a first day until the pace of two hours tells that there is enough', () => {
    const day = { limit: 300, calls: 9 };
    expect(spareOfFirstDay({ ...day, watchedMs: 3_600_000 })).toBeNull();
    expect(spareOfFirstDay({ ...day, watchedMs: 2 * 3_600_000 })).toBe(96);
    expect(spareOfFirstDay({ ...day, calls: 27, watchedMs: 2 * 3_600_000 })).toBe(0);
  });
});

describe('what the rest of a day needs', () => {
  const days = (...later: readonly number[]) => later.map((of) => ({ entries: 50, later: of }));

  it('is what nine of ten days needed after this hour', () => {
    expect(neededByDays(days(10, 11, 12, 13, 14, 15, 16, 17, 18, 90))).toBe(18);
    expect(neededByDays(days(0, 0, 0))).toBe(0);
  });

  it('is not known from two days, and days without an entry are none', () => {
    expect(neededByDays(days(10, 12))).toBeNull();
    expect(neededByDays([...days(10, 12), { entries: 0, later: 0 }])).toBeNull();
  });
});
