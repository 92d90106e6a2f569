import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callsFor, leftOfAccount, pagesToday } from '../../../main/hosts/calls/call-budget.ts';
import { callsOfOthers, type OtherTill, type OwnDays } from '../../../main/hosts/calls/other-tills.ts';
import { factsOf } from '../../kit/call-budget.ts';

const TODAY = '2026-12-01';
const NOW_MS = Date.parse(`${TODAY}T06:00:00Z`);
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const sold = (aDay: number, today = { entries: 0, calls: 0 }) => [
  { day: TODAY, ...today },
  ...['2026-11-30', '2026-11-29', '2026-11-28'].map((day) => ({ day, entries: aDay, calls: 2 * aDay })),
];
const other = (change: Partial<OtherTill> = {}): OtherTill => ({
  ...{ number: 2, heardAtMs: NOW_MS - 5 * MINUTE_MS, needed: 10, days: sold(20), counted: [] },
  ...change,
});
const ownOf = (change: Partial<OwnDays> = {}): OwnDays => ({
  ...{ limit: 300, tillNumber: 1, tillCount: 3, today: TODAY, nowMs: NOW_MS, days: sold(20) },
  ...{ lookUpsAnEntry: 0, counted: [] },
  ...change,
});
const mineOf = (own: OwnDays) => own.days.find(({ day }) => day === TODAY)?.calls ?? 0;
/** What the budget makes of it, for a till that needs as much for the rest of the day as it tells of itself. */
const budgetOf = (others: readonly OtherTill[], own: OwnDays, needed: number | null = 10) =>
  factsOf({ limit: own.limit, others: callsOfOthers(others, own), mine: mineOf(own), needed });

describe('the share of a till that hears of the others', () => {
  it('is what it needs, and of the rest a part by what each sells', () => {
    const own = ownOf({ tillCount: 2 });
    const quiet = budgetOf([other({ needed: 40, days: sold(80) })], own);
    // 300 less 10 here and 40 there, which may be a third busier; a fifth of 238.
    expect(callsFor('probe', quiet)).toBe(10 + Math.floor((238 * 21) / 102));
    expect(callsFor('refresh', quiet)).toBe(Math.floor((238 * 21) / 102));
    const busy = budgetOf([other({ days: sold(20) })], ownOf({ tillCount: 2, days: sold(80) }), 40);
    expect(callsFor('refresh', busy)).toBe(Math.floor((247 * 81) / 102));
  });

  it('has what others have used taken off, and shares too few calls by need', () => {
    const own = ownOf({ tillCount: 2, days: sold(20, { entries: 4, calls: 80 }) });
    const facts = budgetOf([other({ needed: 40, days: sold(80, { entries: 70, calls: 190 }) })], own);
    expect(leftOfAccount(facts)).toBe(30);
    expect(callsFor('probe', facts)).toBe(6);
    expect(callsFor('refresh', facts)).toBe(0);
    expect(callsFor('look-up', facts)).toBe(25);
    expect(callsFor('increment', facts)).toBe(Number.POSITIVE_INFINITY);
  });

  it('is equal before anything was sold, and grows with the first entries of a new till', () => {
    const own = (entries: number) => ownOf({ tillCount: 2, days: [{ day: TODAY, entries, calls: 0 }] });
    const part = (entries: number, theirs: number) =>
      callsOfOthers([other({ days: [{ day: TODAY, entries: theirs, calls: 0 }] })], own(entries)).heard?.part;
    expect(part(0, 0)).toBe(0.5);
    expect(part(1, 9)).toBeCloseTo(2 / 12);
    expect(part(9, 9)).toBe(0.5);
  });

  it('is a part alone before it knows its own days', () => {
    const facts = budgetOf([other({ needed: 200 })], ownOf({ tillCount: 2 }), null);
    expect(callsFor('probe', facts)).toBe(150);
  });
});

describe('a till that is not heard of', () => {
  it('leaves the equal part to everybody where none is', () => {
    for (const others of [
      [],
      [other({ heardAtMs: NOW_MS - 31 * MINUTE_MS }), other({ number: 3, heardAtMs: 0 })],
    ]) {
      const facts = budgetOf(others, ownOf());
      expect(facts.others).toMatchObject({ tillCount: 3, heard: null });
      expect(callsFor('probe', facts)).toBe(100);
    }
  });

  it('keeps its equal part beside those that are, or what it said it has used', () => {
    const left = (...others: OtherTill[]) => callsOfOthers(others, ownOf()).heard?.left;
    expect(left(other())).toBe(200);
    const silent = { number: 3, heardAtMs: NOW_MS - 2 * DAY_MS };
    expect(left(other(), other(silent))).toBe(200);
    expect(left(other(), other({ ...silent, days: sold(20, { entries: 50, calls: 140 }) }))).toBe(160);
  });

  it('is kept nothing for after three days, while others are heard of', () => {
    const gone = other({ number: 3, heardAtMs: NOW_MS - 4 * DAY_MS });
    expect(callsOfOthers([other(), gone], ownOf())).toMatchObject({ tillCount: 2, heard: { left: 300 } });
    // The folder may be what is gone.
    expect(callsOfOthers([gone], ownOf())).toMatchObject({ tillCount: 3, heard: null });
  });

  it('keeps their parts for tills never heard of, whatever had a number beyond those declared', () => {
    const gone = [8, 9].map((number) => other({ number, heardAtMs: NOW_MS - 4 * DAY_MS }));
    expect(callsOfOthers([other(), ...gone], ownOf({ tillCount: 5 }))).toMatchObject({
      tillCount: 5,
      heard: { left: 120 },
    });
  });

  it('is none where its number is at another till now', () => {
    const before = other({ heardAtMs: NOW_MS - DAY_MS, days: sold(20, { entries: 5, calls: 30 }) });
    const others = callsOfOthers([other(), before, other({ ...before, number: 1 })], ownOf({ tillCount: 2 }));
    expect(others).toMatchObject({ tillCount: 2, used: 60, heard: { left: 300 } });
  });

  it('counts as now by a state of the future, and as silent by a clock of another day', () => {
    const ahead = other({ heardAtMs: NOW_MS + DAY_MS });
    expect(callsOfOthers([ahead], ownOf()).heard).not.toBeNull();
    const tomorrow = other({ days: [{ day: '2026-12-02', entries: 1, calls: 250 }, ...sold(20)] });
    expect(callsOfOthers([tomorrow], ownOf()).heard).toBeNull();
    expect(callsOfOthers([other({ days: sold(20).slice(1) })], ownOf()).heard).toBeNull();
  });
});

describe('how many tills there are', () => {
  it('is as declared, and more where more are heard of', () => {
    const four = [2, 3, 4, 5].map((number) => other({ number }));
    expect(callsOfOthers(four, ownOf({ tillCount: 1 })).tillCount).toBe(5);
    expect(callsOfOthers(four, ownOf({ tillCount: 12 })).tillCount).toBe(12);
  });
});

describe('calls that are none of these tills’', () => {
  const counted = [{ day: '2026-11-30', used: 220 }];

  it('are kept, by a day of which any till was told how many the whole account made', () => {
    // 40 and 40 of 220.
    expect(callsOfOthers([other()], ownOf({ tillCount: 2, counted })).heard?.left).toBe(160);
    expect(callsOfOthers([other({ counted })], ownOf({ tillCount: 2 })).heard?.left).toBe(160);
  });

  it('are looked for once a day that is told, however many tills tell of it', () => {
    let looks = 0;
    const daysBefore = ['2026-11-30', '2026-11-29', '2026-11-28', '2026-11-27'];
    const others = Array.from({ length: 200 }, (_, at) => ({
      ...other({ number: at + 2, counted: daysBefore.map((day) => ({ day, used: 290 })) }),
      get days() {
        looks += 1;
        return sold(20);
      },
    }));
    callsOfOthers(others, ownOf({ limit: 9_000, tillCount: 201 }));
    expect(looks).toBeLessThan(200 * 20);
  });

  it('are in what earlier days left over for the directory', () => {
    expect(callsOfOthers([other({ counted })], ownOf({ tillCount: 2 })).before.get('2026-11-29')).toBe(180);
  });
});

describe('the directory in a chain that hears of each other', () => {
  it('is read by what this very day leaves over', () => {
    const own = ownOf({ tillCount: 2, days: sold(20, { entries: 18, calls: 100 }) });
    const facts = (calls: number, ...more: OtherTill[]) => ({
      ...budgetOf([other({ needed: 1, days: sold(20, { entries: 18, calls }) }), ...more], own, 1),
      spare: 0,
    });
    expect(pagesToday(facts(100))).toBe(7);
    expect(pagesToday(facts(160))).toBe(7);
    // Thirty are kept, and five times what is needed.
    expect(pagesToday(facts(161))).toBe(0);
    // Whoever is silent may be busy; and nobody is heard right after midnight.
    expect(pagesToday(facts(50, other({ number: 3, heardAtMs: NOW_MS - DAY_MS })))).toBe(0);
    const blind = budgetOf([other({ days: sold(20).slice(1) })], own, 1);
    expect(pagesToday({ ...blind, spare: 250 })).toBe(0);
    // Who was last heard of days ago keeps nobody from it.
    const gone = budgetOf([other({ heardAtMs: NOW_MS - 4 * DAY_MS })], own, 1);
    expect(pagesToday({ ...gone, spare: 250 })).toBe(2);
  });
});

describe('what cannot be so', () => {
  const absurd = [Number.NaN, -1, 0.5, 1_201, 1e9, Number.MAX_SAFE_INTEGER];
  it.each(absurd)('is not believed: %d calls, entries or needed', (count) => {
    const plain = other({ days: [] });
    const own = ownOf({ tillCount: 2 });
    for (const days of [sold(20, { entries: 1, calls: count }), sold(20, { entries: count, calls: 1 })])
      expect(callsOfOthers([other({ days })], own)).toEqual(callsOfOthers([plain], own));
    expect(callsOfOthers([other({ needed: count })], own)).toEqual(callsOfOthers([plain], own));
    const counted = [{ day: '2026-11-30', used: count }];
    expect(callsOfOthers([other({ counted })], own)).toEqual(callsOfOthers([plain], own));
  });

  it('starves nobody, whatever others say: an increment goes, and a quarter of the equal part is left', () => {
    const count = fc.oneof(fc.nat(1_500), fc.nat(), fc.double());
    const state = fc.record({
      ...{ number: fc.integer({ min: 1, max: 20 }), heardAtMs: fc.integer({ min: 0, max: 2 * NOW_MS }) },
      ...{ needed: count, counted: fc.array(fc.record({ day: fc.constant('2026-11-30'), used: count })) },
      days: fc.array(fc.record({ day: fc.constantFrom(TODAY, '2026-11-30'), entries: count, calls: count })),
    });
    fc.assert(
      fc.property(fc.array(state, { maxLength: 20 }), (others) => {
        const facts = budgetOf(others, ownOf());
        const least = Math.floor(Math.floor(300 / facts.others.tillCount) / 4);
        expect(callsFor('increment', facts)).toBe(Number.POSITIVE_INFINITY);
        expect(callsFor('look-up', facts)).toBeGreaterThanOrEqual(Math.min(least, 300 - 5));
        expect(callsFor('probe', facts)).toBeGreaterThanOrEqual(least);
        expect(callsFor('probe', facts)).toBeLessThanOrEqual(300);
      }),
    );
  });

  it.each([290, 300, 1_200])('leaves a quarter of the equal part where another says %i', (calls) => {
    const days = sold(600, { entries: calls, calls });
    const facts = budgetOf([other({ needed: calls, days })], ownOf({ tillCount: 2 }), 10);
    expect(callsFor('probe', facts)).toBeGreaterThanOrEqual(37);
    expect(callsFor('look-up', facts)).toBeGreaterThanOrEqual(32);
  });

  it('gives all tills together no more than the account has', () => {
    const tills = [4, 30, 90, 0].map((aDay, at) =>
      other({ number: at + 1, needed: aDay / 2, days: sold(aDay, { entries: aDay / 2, calls: aDay }) }),
    );
    const shares = tills.map((till) => {
      const own = ownOf({ tillNumber: till.number, tillCount: 4, days: till.days });
      return callsFor(
        'probe',
        budgetOf(
          tills.filter((of) => of !== till),
          own,
          till.needed,
        ),
      );
    });
    const used = tills.reduce((all, { days }) => all + (days[0]?.calls ?? 0), 0);
    // The quietest two have the least part.
    expect(shares.reduce((all, one) => all + one, 0)).toBeLessThanOrEqual(300 - used + 2 * 18);
    expect(shares[2]).toBeGreaterThan(shares[1] ?? 0);
    expect(shares[1]).toBeGreaterThan(shares[0] ?? 0);
  });
});
