import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, type TopUpQuery } from '../../../main/counter/rules/decide.ts';
import { addAmounts, amount, compareAmounts, zeroAmount } from '../../../preload/contract/index.ts';
import { bonusRule, pointsRule, ruleBook } from '../../kit/rules.ts';

const asked = (change: Partial<TopUpQuery> = {}): TopUpQuery => ({
  principal: amount('50'),
  purchase: zeroAmount,
  category: 'Gold',
  day: '2026-11-27',
  hadToday: new Set(),
  ...change,
});
const sgd = { balanceDecimals: 2 };
const bonusOf = (rules: Parameters<typeof ruleBook>[0], change: Partial<TopUpQuery> = {}) =>
  decide(ruleBook(rules), asked(change), sgd).bonus;

describe('a bonus', () => {
  it.each([
    ['49.99', '0', null],
    ['50', '5', 'Pay 50 get 5'],
    ['99.99', '5', 'Pay 50 get 5'],
    ['100', '12', 'Pay 50 get 5'],
    ['0', '0', null],
  ])('of tiers: %s gets %s', (principal, bonus, rule) => {
    const tiers = [
      { from: amount('50'), gives: amount('5') },
      { from: amount('100'), gives: amount('12') },
    ];
    const given = decide(
      ruleBook({ bonus: [bonusRule({ tiers })] }),
      asked({ principal: amount(principal) }),
      sgd,
    );
    expect(given).toMatchObject({ bonus, rule, version: 1 });
  });

  it('in hundredths is rounded down to the last place of the currency, and says so', () => {
    const book = ruleBook({
      bonus: [bonusRule({ kind: 'percent', tiers: [{ from: zeroAmount, gives: amount('7.5') }] })],
    });
    const of = (principal: string, balanceDecimals: number) =>
      decide(book, asked({ principal: amount(principal) }), { balanceDecimals });
    expect(of('33.33', 2)).toMatchObject({ bonus: '2.49', isRounded: true });
    expect(of('100', 2)).toMatchObject({ bonus: '7.5', isRounded: false });
    expect(of('333', 0)).toMatchObject({ bonus: '24', isRounded: true });
    expect(of('1.234', 3)).toMatchObject({ bonus: '0.092', isRounded: true });
  });

  it('stops at its cap', () => {
    const rule = bonusRule({
      kind: 'percent',
      tiers: [{ from: zeroAmount, gives: amount('10') }],
      cap: amount('20'),
    });
    const of = (principal: string) =>
      decide(ruleBook({ bonus: [rule] }), asked({ principal: amount(principal) }), sgd);
    expect([of('199.95').bonus, of('200').bonus, of('5000').bonus]).toEqual(['19.99', '20', '20']);
  });

  it('holds from its first to its last day, both included', () => {
    const rule = bonusRule({ fromDay: '2026-11-20', toDay: '2026-11-30' });
    const on = (day: string) => bonusOf({ bonus: [rule] }, { day });
    expect(['2026-11-19', '2026-11-20', '2026-11-30', '2026-12-01'].map(on)).toEqual(['0', '5', '5', '0']);
  });

  it('is for the members of a category, however its name is set', () => {
    const rule = bonusRule({ category: 'gold' });
    const to = (category: string) => bonusOf({ bonus: [rule] }, { category });
    expect(['Gold', ' ＧＯＬＤ ', 'Silver', ''].map(to)).toEqual(['5', '5', '0', '0']);
  });

  it('once a day is not given twice, and the next best is', () => {
    const best = bonusRule({
      name: 'Once',
      oncePerDay: true,
      tiers: [{ from: amount('50'), gives: amount('20') }],
    });
    const book = ruleBook({ bonus: [bonusRule(), best] });
    expect(decide(book, asked(), sgd)).toMatchObject({ bonus: '20', rule: 'Once' });
    const again = decide(book, asked({ hadToday: new Set(['Once']) }), sgd);
    expect(again).toMatchObject({ bonus: '5', rule: 'Pay 50 get 5' });
  });

  it('is the best for the member where several hold, and the first of equal ones', () => {
    const of = (name: string, gives: string) =>
      bonusRule({ name, tiers: [{ from: amount('50'), gives: amount(gives) }] });
    const book = ruleBook({ bonus: [of('A', '3'), of('B', '5'), of('C', '5')] });
    const given = decide(book, asked(), sgd);
    expect(given).toMatchObject({ bonus: '5', rule: 'B' });
  });
});

describe('points', () => {
  it('are typed where no rule speaks of them', () => {
    const book = ruleBook({ bonus: [bonusRule()], points: [pointsRule({ per: 'purchase' })] });
    expect(decide(book, asked(), sgd).points).toBeNull();
    expect(decide(book, asked({ purchase: amount('12.90') }), sgd)).toMatchObject({
      points: '12',
      isRounded: true,
    });
  });

  it('for the principal and for a purchase are added, each whole', () => {
    const book = ruleBook({
      points: [
        pointsRule({ every: amount('10') }),
        pointsRule({ name: 'Shop', per: 'purchase', points: amount('3') }),
      ],
    });
    const given = decide(book, asked({ principal: amount('59.99'), purchase: amount('1.50') }), sgd);
    expect(given).toMatchObject({ points: '9', bonus: '0', rule: null, isRounded: true });
  });
});

it('a bonus is never more than its rule gives of the principal, and is in the currency', () => {
  const sum = fc
    .bigInt({ min: 0n, max: 10n ** 9n })
    .map((units) => amount(`${units / 100n}.${String(units % 100n).padStart(2, '0')}`));
  const percent = fc.integer({ min: 1, max: 100 }).map((value) => amount(String(value)));
  fc.assert(
    fc.property(sum, percent, fc.option(sum), (principal, gives, cap) => {
      const rule = bonusRule({ kind: 'percent', tiers: [{ from: zeroAmount, gives }], cap });
      const { bonus, rule: name } = decide(ruleBook({ bonus: [rule] }), asked({ principal }), sgd);
      expect(compareAmounts(bonus, principal)).toBeLessThanOrEqual(0);
      if (cap !== null) expect(compareAmounts(bonus, cap)).toBeLessThanOrEqual(0);
      expect(bonus.split('.')[1]?.length ?? 0).toBeLessThanOrEqual(2);
      expect(name === null).toBe(compareAmounts(bonus, zeroAmount) === 0);
      // What goes on the wire is the sum of both, to the last place.
      expect(BigInt(addAmounts(principal, bonus).replace('.', '').padEnd(1, '0')) >= 0n).toBe(true);
    }),
  );
});
