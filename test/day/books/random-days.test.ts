import { describe, expect, it } from 'vitest';
import { bookedDays, cents } from './booked.ts';
import { dayOf, RandomShop } from './random-days.ts';

const DAYS = 1_000;
const made = new RandomShop(36, DAYS);
const booked = bookedDays(made.zs, dayOf(0), dayOf(DAYS - 1));

const nonZero = (accounts: ReadonlyMap<string, number>) =>
  [...accounts].filter(([, sum]) => sum !== 0).sort(([one], [other]) => (one < other ? -1 : 1));

describe('the books of 1,000 random days', () => {
  it('are of the days that were drawn, with all that can happen', () => {
    expect(made.zs.length).toBeGreaterThan(2_000);
    const kinds = new Set(booked.rows.map(({ text }) => text.replace(/ \(Z .*|: .*/, '')));
    expect([...kinds].sort()).toEqual(
      ['topUps', 'reversals', 'unsettled', 'late', 'lateBack', 'papers', 'before']
        .concat(['paidIn', 'paidOut', 'short', 'over'])
        .map((kind) => `book.of.${kind}`)
        .sort(),
    );
  });

  it('each day and each report has as much debit as credit', () => {
    for (const of of ['date', 'reference'] as const) {
      const sums = new Map<string, number>();
      for (const row of booked.rows)
        sums.set(row[of], (sums.get(row[of]) ?? 0) + cents(row.debit) - cents(row.credit));
      expect(sums.size).toBeGreaterThan(900);
      expect([...sums].filter(([, sum]) => sum !== 0)).toEqual([]);
    }
    expect(booked.rows.filter(({ debit, credit }) => (debit === '') === (credit === ''))).toEqual([]);
    expect(booked.rows.filter(({ debit, credit }) => `${debit}${credit}`.startsWith('-'))).toEqual([]);
  });

  it('each account has each day what an honest bookkeeper has', () => {
    const wrong = [...made.book.days].flatMap(([day, accounts]) => {
      const [is, says] = [nonZero(accounts), nonZero(booked.days.get(day) ?? new Map())];
      return JSON.stringify(is) === JSON.stringify(says) ? [] : [{ day, is, says }];
    });
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(booked.days.size).toBeGreaterThan(900);
  });

  it('each payment method has in each report what that Z expects and counted', () => {
    const wrong = made.zs.flatMap((z) =>
      z.tenders.flatMap(({ tender, expected, counted }) => {
        if (tender === null || expected === null) return [];
        const float = tender === 'cash' ? cents(z.float) : 0;
        const is = cents(counted ?? expected) - float;
        const says = booked.ways.get(`${z.till} Z ${z.number} way: ${tender}`) ?? 0;
        return is === says ? [] : [{ z: z.id, tender, is, says }];
      }),
    );
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  it('what is received, owed and given in all is what the owner’s view adds up of the same reports', () => {
    const { sum } = booked.whole;
    const all = (account: RegExp, kinds?: RegExp) =>
      booked.rows
        .filter((row) => account.test(row.account) && (kinds?.test(row.text) ?? true))
        .reduce((total, { debit, credit }) => total + cents(debit) - cents(credit), 0);
    const money = /topUps|reversals|unsettled|lateBack|papers/;
    expect(all(/^way: |papers/, money)).toBe(cents(sum.net));
    expect(0 - all(/unsettled/)).toBe(cents(sum.unsettled.principal));
    const voucher = (part: 'paid' | 'bonus' | 'face') =>
      booked.rows.reduce((total, row) => total + cents(row[part]), 0);
    expect(voucher('face')).toBe(0 - all(/members/));
    expect(voucher('bonus')).toBe(all(/promotion/));
    expect(voucher('paid') + voucher('bonus')).toBe(voucher('face'));
  });
});
