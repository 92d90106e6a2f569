import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addAmounts,
  amount,
  cashOf,
  compareAmounts,
  isZeroAmount,
} from '../../../../preload/contract/index.ts';
import {
  type CountFields,
  type CountPlan,
  countFields,
  readCount,
  stepPieces,
} from '../../../../renderer/day/shifts/count-form.ts';
import { denominations } from '../../../../renderer/kit/denominations.ts';

const plan: CountPlan = {
  denominations: denominations('SGD'),
  tenders: ['card', 'qr'],
  money: { decimals: 2, groupSeparator: ',', decimalSeparator: '.' },
  locale: 'en',
};

const nothing: CountFields = { pieces: {}, rest: '', tenders: {} };
const typed = (pieces: Record<string, string>, more: Partial<CountFields> = {}): CountFields => ({
  ...nothing,
  pieces,
  ...more,
});

describe('a count as it is typed', () => {
  it('is added up to the cent', () => {
    const { cash, sums, count, problems } = readCount(typed({ '50': '3', '0.05': '7', '2': '１２' }), plan);
    expect([cash, sums['0.05'], problems]).toEqual(['174.35', '0.35', {}]);
    expect(count.pieces).toEqual([
      { value: '50', pieces: 3 },
      { value: '2', pieces: 12 },
      { value: '0.05', pieces: 7 },
    ]);
  });

  it('tells letters, halves, signs and more than a drawer holds, and counts the rest', () => {
    const { cash, problems, count } = readCount(
      typed(
        { '100': 'ten', '50': '1.5', '10': '-2', '5': '100001', '2': '1' },
        { rest: 'some', tenders: { card: '1,50' } },
      ),
      plan,
    );
    expect(Object.keys(problems).sort()).toEqual(['10', '100', '5', '50', 'rest', 'tender:card']);
    expect(problems['5']?.key).toBe('shifts.count.problems.many');
    expect([cash, count.pieces]).toEqual(['2', [{ value: '2', pieces: 1 }]]);
  });

  it('has what is no denomination as a sum, once', () => {
    expect(readCount(typed({ '10': '2' }, { rest: '25' }), plan).count.pieces).toEqual([
      { value: '10', pieces: 2 },
      { value: '25', pieces: 1 },
    ]);
    const { count, cash } = readCount(typed({}, { rest: '10.00' }), plan);
    expect([cash, count.pieces]).toEqual(['10', [{ value: '10', pieces: 1 }]]);
  });

  it('names a tender only where something is typed, be it nought', () => {
    expect(readCount(typed({}, { tenders: { card: '0', qr: ' ' } }), plan).count.tenders).toEqual([
      { tender: 'card', sum: '0' },
    ]);
  });

  it('goes on from what was kept of it, whatever that was', () => {
    const pieces = fc.dictionary(fc.constantFrom(...plan.denominations), fc.nat({ max: 300 }).map(String));
    fc.assert(
      fc.property(
        pieces,
        fc.nat({ max: 99_999 }),
        fc.option(fc.nat({ max: 9_999 })),
        (heaps, cents, card) => {
          const fields = typed(heaps, {
            rest: (cents / 100).toFixed(2),
            tenders: card === null ? {} : { card: String(card) },
          });
          const first = readCount(fields, plan);
          const again = readCount(countFields(first.count, plan, String), plan);
          expect(again.problems).toEqual({});
          expect(compareAmounts(again.cash, first.cash)).toBe(0);
          expect(compareAmounts(cashOf(first.count), first.cash)).toBe(0);
          expect(again.count.tenders).toEqual(first.count.tenders);
        },
      ),
    );
  });

  it('is stepped by one, never below none, and leaves what it cannot read', () => {
    expect(['', '9', '1', '0', 'x'].map((text) => stepPieces(text, 1))).toEqual(['1', '10', '2', '1', 'x']);
    expect(['', '1', '10'].map((text) => stepPieces(text, -1))).toEqual(['', '', '9']);
  });
});

describe('denominations', () => {
  it.each([
    ['SGD', '1000', '0.05'],
    ['MYR', '100', '0.05'],
    ['CNY', '100', '0.1'],
    ['USD', '100', '0.01'],
    ['EUR', '500', '0.01'],
    ['JPY', '10000', '1'],
    ['KWD', '20', '0.005'],
    // Nobody has listed these: by their decimals.
    ['ISK', '50000', '1'],
    ['NOK', '500', '0.01'],
    ['TND', '500', '0.001'],
  ])('of %s go from %s down to %s', (currency, largest, smallest) => {
    const values = denominations(currency);
    expect([values[0], values.at(-1)]).toEqual([largest, smallest]);
    expect(values.length).toBeLessThan(40);
    expect(values.every((value) => !isZeroAmount(value))).toBe(true);
    const isFalling = values.every(
      (value, at) => at === 0 || compareAmounts(values[at - 1] ?? value, value) > 0,
    );
    expect(isFalling).toBe(true);
    expect(new Set(values.map((value) => addAmounts(value))).size).toBe(values.length);
  });

  it('are exact amounts', () => {
    expect(denominations('TND')).toContain(amount('0.005'));
  });
});
