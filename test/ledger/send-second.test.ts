import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  freeSecond,
  isSecondOf,
  type Numbering,
  secondsModulo,
  shareSeconds,
} from '../../main/hosts/send-second.ts';
import { storeTime } from '../../main/kernel/store-time.ts';

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
const accounts = fc
  .tuple(fc.constantFrom(1, 2, 3, 4, 59, 60, 61, 80, 600), fc.nat(599), fc.nat(599))
  .map(([tillCount, one, other]) => ({
    tillCount,
    one: (one % tillCount) + 1,
    other: (other % tillCount) + 1,
  }));

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
        accounts,
        fc.integer({ min: 0, max: 40 }),
        (nowMs, zone, { tillCount, one }, used) => {
          const numbering = { tillNumber: one, tillCount };
          const modulo = secondsModulo(numbering);
          const taken = new Set<string>();
          for (let made = 0; made <= used; made += 1) {
            const second = freeSecond(nowMs, zone, numbering, (s) => taken.has(s));
            if (second === null) throw new Error('no second');
            expect(taken.has(second)).toBe(false);
            expect(second <= storeTime(nowMs, zone)).toBe(true);
            expect(wallSeconds(second) % modulo).toBe(numbering.tillNumber % modulo);
            expect(isSecondOf(numbering, second)).toBe(true);
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
        accounts,
        (firstMs, secondMs, zone, { tillCount, one, other }) => {
          fc.pre(one !== other);
          const first = freeSecond(firstMs, zone, { tillNumber: one, tillCount }, none);
          const second = freeSecond(secondMs, zone, { tillNumber: other, tillCount }, none);
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
      expect(second).toBe(`1969-12-31 23:59:0${tillNumber}`);
    }
  });

  it('for one member with three thousand seconds taken, on till 7 of 60 in the hour that summer time repeats', () => {
    const nowMs = Date.parse('2026-10-25T01:10:00Z');
    const numbering = { tillNumber: 7, tillCount: 60 };
    const second = freeSecond(nowMs, 'Europe/London', numbering, (s) => s >= '2026-10-23 00:00:00');
    expect(second).toBe('2026-10-22 23:59:07');
  });
});

describe('the seconds of a till', () => {
  const till = (tillNumber: number, tillCount: number): Numbering => ({ tillNumber, tillCount });

  it('are counted modulo 1, 60 or 600, whatever the count of tills is between', () => {
    const counts = [1, 2, 3, 4, 60, 61, 600, 601, 10_000];
    expect(counts.map((tillCount) => secondsModulo(till(1, tillCount)))).toEqual([
      1, 60, 60, 60, 60, 600, 600, 600, 600,
    ]);
  });

  it('stay the three’s own where a fourth till is added', () => {
    const nowMs = Date.parse('2026-11-28T02:00:00Z');
    const all = (numbering: Numbering): ReadonlySet<string> => {
      const taken = new Set<string>();
      for (let made = 0; made < 60; made += 1)
        taken.add(freeSecond(nowMs, 'Asia/Singapore', numbering, (second) => taken.has(second)) ?? '');
      return taken;
    };
    const fourth = all(till(4, 4));
    expect(fourth.size).toBe(60);
    for (const number of [1, 2, 3])
      expect([...all(till(number, 3))].filter((second) => fourth.has(second))).toEqual([]);
  });

  it('are shared only by one number, or across the steps of the count', () => {
    expect(shareSeconds(till(2, 3), till(2, 50))).toBe(true);
    expect(shareSeconds(till(2, 3), till(3, 50))).toBe(false);
    expect(shareSeconds(till(5, 60), till(65, 600))).toBe(true);
    expect(shareSeconds(till(5, 600), till(65, 600))).toBe(false);
    expect(shareSeconds(till(1, 1), till(2, 2))).toBe(true);
    expect(shareSeconds(till(1, 700), till(601, 700))).toBe(true);
  });

  it('last for half an hour of one member’s top-ups, a minute each, and over midnight', () => {
    const nowMs = Date.parse('2026-11-27T16:10:20Z');
    const taken = new Set<string>();
    for (let made = 0; made < 30; made += 1)
      taken.add(freeSecond(nowMs, 'Asia/Singapore', till(7, 12), (second) => taken.has(second)) ?? '');
    const seconds = [...taken];
    expect(seconds[0]).toBe('2026-11-28 00:10:07');
    expect(seconds[29]).toBe('2026-11-27 23:41:07');
  });
});

describe('after a restore', () => {
  const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`);
  const lost = [{ fromMs: at('2026-11-28 09:00:00'), toMs: at('2026-11-28 12:00:00') }];
  const next = (now: string, numbering: Numbering, used: readonly string[] = []) =>
    freeSecond(at(now), 'UTC', numbering, (second) => used.includes(second), lost);

  it('no second is taken that a lost increment may have: from an hour before the newest known one', () => {
    const alone = { tillNumber: 1, tillCount: 1 };
    expect(next('2026-11-28 12:00:01', alone)).toBe('2026-11-28 12:00:01');
    expect(next('2026-11-28 12:00:01', alone, ['2026-11-28 12:00:01'])).toBe('2026-11-28 07:59:59');
    const second = { tillNumber: 2, tillCount: 3 };
    expect(next('2026-11-28 12:00:01', second)).toBe('2026-11-28 07:59:02');
    expect(next('2026-11-28 12:00:02', second)).toBe('2026-11-28 12:00:02');
    const late = { tillNumber: 65, tillCount: 80 };
    expect(next('2026-11-28 12:00:59', late)).toBe('2026-11-27 22:51:05');
  });

  it('a second before it is drawn, so that what is put back twice meets nothing of the first time', () => {
    const drawn = (unit: number) =>
      freeSecond(at('2026-11-28 12:00:01'), 'UTC', { tillNumber: 2, tillCount: 3 }, none, lost, unit);
    expect(drawn(0)).toBe('2026-11-28 07:59:02');
    expect(drawn(0.5)).toBe('2026-11-24 19:59:02');
    expect(drawn(1 - 2 ** -32)).toBe('2026-11-21 07:59:02');
  });

  it('is what a clock shows that was set back behind the fork', () => {
    expect(next('2026-11-28 10:00:00', { tillNumber: 1, tillCount: 1 })).toBe('2026-11-28 07:59:59');
  });

  it('counts the hour that summer time repeats as lost where its first pass was', () => {
    const fork = [{ fromMs: Date.parse('2026-10-25T00:10:00Z'), toMs: Date.parse('2026-10-25T00:40:00Z') }];
    const free = (now: string) =>
      freeSecond(Date.parse(now), 'Europe/London', { tillNumber: 1, tillCount: 1 }, none, fork);
    // 01:30:00 for the second time; the first time it was within the stretch.
    expect(free('2026-10-25T01:30:00Z')).toBe('2026-10-25 00:09:59');
    expect(free('2026-10-25T01:50:00Z')).toBe('2026-10-25 01:50:00');
  });
});
