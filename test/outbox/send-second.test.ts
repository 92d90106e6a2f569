import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeSecond } from '../../main/outbox/send-second.ts';
import { storeTime } from '../../main/outbox/store-time.ts';

const only = { tillNumber: 1, tillCount: 1 };
const none = () => false;
const zones = ['Asia/Singapore', 'Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'UTC'];
/** Around both changes of the clocks in London, New York and Lord Howe, and anywhere else. */
const moments = fc.oneof(
  fc
    .integer({ min: -7_300, max: 7_300 })
    .map((offset) => Date.parse('2026-10-25T01:00:00Z') + offset * 1_000),
  fc
    .integer({ min: -7_300, max: 7_300 })
    .map((offset) => Date.parse('2026-11-01T06:00:00Z') + offset * 1_000),
  fc
    .integer({ min: -7_300, max: 7_300 })
    .map((offset) => Date.parse('2026-04-04T15:00:00Z') + offset * 1_000),
  fc.integer({ min: 1_700_000_000, max: 1_900_000_000 }).map((second) => second * 1_000),
);
const wallSeconds = (second: string) => Date.parse(`${second.replace(' ', 'T')}Z`) / 1_000;

describe('the send key', () => {
  it('is the present second where that is free', () => {
    expect(freeSecond(Date.parse('2026-01-15T05:26:23.999Z'), 'Asia/Singapore', only, none)).toBe(
      '2026-01-15 13:26:23',
    );
  });

  it('is the newest free earlier second where that is taken', () => {
    const taken = new Set(['2026-01-15 13:26:23', '2026-01-15 13:26:22', '2026-01-15 13:26:20']);
    const second = freeSecond(Date.parse('2026-01-15T05:26:23Z'), 'Asia/Singapore', only, (s) =>
      taken.has(s),
    );
    expect(second).toBe('2026-01-15 13:26:21');
  });

  it('crosses midnight and the new year backwards', () => {
    const second = freeSecond(Date.parse('2026-12-31T16:00:00Z'), 'Asia/Singapore', only, (s) => s > '2027');
    expect(second).toBe('2026-12-31 23:59:59');
  });

  it('repeats nothing when a clock is set back or summer time ends', () => {
    const taken = new Set<string>();
    const start = Date.parse('2026-10-25T00:30:00Z');
    const twice = [0, 1, 2, 3_600, 3_601, 3_602, 0, 1].map((offset) => {
      const second = freeSecond(start + offset * 1_000, 'Europe/London', only, (s) => taken.has(s));
      if (second !== null) taken.add(second);
      return second;
    });
    expect(new Set(twice).size).toBe(twice.length);
    expect(twice).not.toContain(null);
  });

  it('is never a second that the store’s clock has not reached, even in the repeated hour', () => {
    // 01:00:00 for the second time: the second before it reads 01:59:59.
    const nowMs = Date.parse('2026-10-25T01:00:00Z');
    expect(storeTime(nowMs, 'Europe/London')).toBe('2026-10-25 01:00:00');
    const taken = (second: string) => second === '2026-10-25 01:00:00';
    expect(freeSecond(nowMs, 'Europe/London', only, taken)).toBe('2026-10-25 00:59:59');
  });

  it('is free, of this till’s residue and not later than now, in every zone', () => {
    fc.assert(
      fc.property(
        moments,
        fc.constantFrom(...zones),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 11 }),
        fc.integer({ min: 0, max: 40 }),
        (nowMs, zone, tillCount, till, used) => {
          const numbering = { tillNumber: (till % tillCount) + 1, tillCount };
          const taken = new Set<string>();
          for (let made = 0; made <= used; made += 1) {
            const second = freeSecond(nowMs, zone, numbering, (s) => taken.has(s));
            if (second === null) throw new Error('no second');
            expect(taken.has(second)).toBe(false);
            expect(second <= storeTime(nowMs, zone)).toBe(true);
            expect(wallSeconds(second) % tillCount).toBe(numbering.tillNumber % tillCount);
            taken.add(second);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('of one till is never that of another', () => {
    fc.assert(
      fc.property(
        moments,
        moments,
        fc.constantFrom(...zones),
        fc.integer({ min: 2, max: 12 }),
        (firstMs, secondMs, zone, tillCount) => {
          const first = freeSecond(firstMs, zone, { tillNumber: 1, tillCount }, none);
          const second = freeSecond(secondMs, zone, { tillNumber: tillCount, tillCount }, none);
          expect(first).not.toBe(second);
        },
      ),
    );
  });

  it('gives up where nothing is free', () => {
    let asked = 0;
    const second = freeSecond(
      Date.parse('2026-01-15T05:26:23Z'),
      'UTC',
      { tillNumber: 59, tillCount: 60 },
      () => {
        asked += 1;
        return true;
      },
    );
    expect(second).toBeNull();
    expect(asked).toBeGreaterThan(1_000);
  });
});

describe('what used to find no second though there were some', () => {
  it('in 1970, for every till of three', () => {
    for (const tillNumber of [1, 2, 3]) {
      const second = freeSecond(5_000, 'UTC', { tillNumber, tillCount: 3 }, (s) => s >= '1970');
      expect(second?.startsWith('1969-12-31 23:59:5')).toBe(true);
    }
  });

  it('for one member with three thousand seconds taken, on till 7 of 60 in the hour that summer time repeats', () => {
    const nowMs = Date.parse('2026-10-25T01:10:00Z');
    const numbering = { tillNumber: 7, tillCount: 60 };
    const second = freeSecond(nowMs, 'Europe/London', numbering, (s) => s >= '2026-10-23 00:00:00');
    expect(second).toBe('2026-10-22 23:59:07');
  });
});
