import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Amount,
  type AmountProblem,
  type AmountRules,
  amount,
  compareAmounts,
  currencyDecimals,
  formatPlain,
  parseAmount,
  separators,
} from '../../preload/contract/kernel/money.ts';

const rulesFor = (locale: string, decimals = 2, cap = '100000000'): AmountRules => ({
  decimals,
  cap: amount(cap),
  ...separators(locale),
});

const parsed = (typed: string, rules: AmountRules): string | AmountProblem => {
  const result = parseAmount(typed, rules);
  return result.ok ? result.value : result.error;
};

describe('what a cashier types in an English till', () => {
  const rules = rulesFor('en-SG', 2, '2000');

  it.each([
    ['50', '50'],
    ['12.5', '12.5'],
    ['12.50', '12.50'],
    ['5.', '5'],
    ['007', '7'],
    ['0.01', '0.01'],
    ['0.10', '0.10'],
    ['+5', '5'],
    ['1,234.50', '1234.50'],
    ['  12.50  ', '12.50'],
    ['\u00a012.50\u00a0', '12.50'],
    ['\t12.50\r\n', '12.50'],
    ['\u300012.50', '12.50'],
    ['12.5000', '12.50'],
    ['2000', '2000'],
    ['2000.00', '2000.00'],
    ['１２．５０', '12.50'],
    ['１２。５０', '12.50'],
    ['１，２３４．５', '1234.5'],
    ['＋５', '5'],
  ])('takes %j as %s', (typed, expected) => {
    expect(parsed(typed, rules)).toBe(expected);
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['\u00a0', 'empty'],
    ['\u3000', 'empty'],
    ['0', 'zero'],
    ['0.00', 'zero'],
    ['-0', 'zero'],
    ['０', 'zero'],
    ['-5', 'negative'],
    ['－５', 'negative'],
    ['−5', 'negative'],
    ['-0.01', 'negative'],
    ['12.345', 'too-many-decimals'],
    ['12.500', 'too-many-decimals'],
    ['1.250', 'too-many-decimals'],
    ['0.001', 'too-many-decimals'],
    ['2000.01', 'above-cap'],
    ['2001', 'above-cap'],
    ['999999999999999999', 'above-cap'],
    ['1e3', 'not-a-number'],
    ['1E3', 'not-a-number'],
    ['１ｅ３', 'not-a-number'],
    ['0x10', 'not-a-number'],
    ['Infinity', 'not-a-number'],
    ['NaN', 'not-a-number'],
    ['.5', 'not-a-number'],
    ['.', 'not-a-number'],
    ['-', 'not-a-number'],
    ['1.2.3', 'not-a-number'],
    ['1 000', 'not-a-number'],
    ['1 2', 'not-a-number'],
    ['1,00', 'not-a-number'],
    ['12,50', 'not-a-number'],
    ['1,2345', 'not-a-number'],
    [',123', 'not-a-number'],
    ['1,,234', 'not-a-number'],
    ['1.234,5', 'not-a-number'],
    ['$5', 'not-a-number'],
    ['5 SGD', 'not-a-number'],
    ['- 5', 'not-a-number'],
    ['--5', 'not-a-number'],
    ['12½', 'not-a-number'],
    ['5\u200b', 'not-a-number'],
    ['9'.repeat(19), 'above-cap'],
    ['9'.repeat(5_000), 'not-a-number'],
    [`1.${'0'.repeat(5_000)}`, 'not-a-number'],
  ])('refuses %j: %s', (typed, problem) => {
    expect(parsed(typed, rules)).toBe(problem);
  });
});

describe('thousands separators of the locale', () => {
  it.each([
    ['en', '1,234,567.89', '1234567.89'],
    ['de', '1.234.567,89', '1234567.89'],
    ['de', '1.000,50', '1000.50'],
    ['de', '1,00', '1.00'],
    ['de', '1000,5', '1000.5'],
    ['fr', '1\u202f234,50', '1234.50'],
    ['fr', '1\u00a0234,50', '1234.50'],
    ['fr', '1 234,50', '1234.50'],
    ['zh', '1,234.50', '1234.50'],
    ['zh', '１，２３４．５０', '1234.50'],
    ['en-IN', '1,00,000.50', '100000.50'],
    ['en-IN', '12,34,567', '1234567'],
    ['hi', '1,00,000', '100000'],
  ])('%s takes %j as %s', (locale, typed, expected) => {
    expect(parsed(typed, rulesFor(locale))).toBe(expected);
  });

  it.each([
    ['en', '1,00,000', 'grouped by two'],
    ['en', '1.234,56', 'the other way round'],
    ['de', '1,234.56', 'the other way round'],
    ['de', '12.50', 'a point that would group two digits'],
    ['fr', '1.5', 'a point'],
    ['en-IN', '1,0,000', 'grouped by one'],
    ['en-IN', '100,00,000', 'three before a group of two'],
    ['en', '0,500', 'half of one, as another country writes it'],
    ['en', '000,125', 'noughts before a group'],
    ['de', '0.500', 'half of one, as another country writes it'],
    ['en-IN', '0,500', 'half of one, as another country writes it'],
    ['en-IN', '01,00,000', 'a nought before a group'],
  ])('%s refuses %j, %s', (locale, typed) => {
    expect(parsed(typed, rulesFor(locale))).toBe('not-a-number');
  });

  it('says the separators of a locale', () => {
    expect(separators('en-SG')).toMatchObject({ groupSeparator: ',', decimalSeparator: '.' });
    expect(separators('de')).toMatchObject({ groupSeparator: '.', decimalSeparator: ',' });
  });
});

describe('decimals of the currency', () => {
  it('knows them', () => {
    expect(['SGD', 'USD', 'CNY', 'JPY', 'KRW', 'KWD'].map(currencyDecimals)).toEqual([2, 2, 2, 0, 0, 3]);
  });

  it.each([
    [0, '100', '100'],
    [0, '100.00', '100'],
    [0, '100.5', 'too-many-decimals'],
    [3, '1.234', '1.234'],
    [3, '1.2345', 'too-many-decimals'],
    [4, '0.0001', '0.0001'],
  ])('with %i of them %j is %s', (decimals, typed, expected) => {
    expect(parsed(typed, rulesFor('en', decimals))).toBe(expected);
  });
});

describe('always', () => {
  const cents = fc.bigInt({ min: 1n, max: 10n ** 17n });
  const asAmount = (value: bigint): Amount => {
    const digits = String(value).padStart(3, '0');
    return amount(`${digits.slice(0, -2)}.${digits.slice(-2)}`);
  };

  it.each(['en', 'de', 'fr', 'zh', 'en-IN', 'ms', 'id', 'vi', 'ja', 'es', 'pt'])(
    'reads back in %s what it wrote',
    (locale) => {
      const rules = rulesFor(locale, 2, '1000000000000000');
      fc.assert(
        fc.property(cents, (value) => {
          const written = asAmount(value);
          const read = parseAmount(formatPlain(written, locale), rules);
          expect(read.ok && compareAmounts(read.value, written)).toBe(0);
        }),
      );
    },
  );

  it('answers anything typed with an amount within the rules or a reason', () => {
    const keys = fc.string({ unit: fc.constantFrom(...Array.from('0123456789.,-+eE 。，０９．\u00a0x')) });
    const rules = rulesFor('en', 2, '500');
    fc.assert(
      fc.property(keys, (typed) => {
        const result = parseAmount(typed, rules);
        if (!result.ok) return;
        expect(result.value).toMatch(/^(0|[1-9]\d*)(\.\d{1,2})?$/);
        expect(compareAmounts(result.value, amount('0'))).toBe(1);
        expect(compareAmounts(result.value, rules.cap)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
