import fc from 'fast-check';
import { expect, it } from 'vitest';
import { amount, compareAmounts, formatMoney, formatPlain } from '../../preload/contract/kernel/money.ts';

it.each([
  ['1240', 'SGD', 'en', 'S$1,240.00'],
  ['1240', 'SGD', 'en-SG', '$1,240.00'],
  ['12.5', 'USD', 'en', '$12.50'],
  ['12.5', 'USD', 'en-SG', 'US$12.50'],
  ['1240', 'JPY', 'en', '¥1,240'],
  ['1240.5', 'CNY', 'zh-CN', '¥1,240.50'],
  ['1240.5', 'CNY', 'en', 'CN¥1,240.50'],
  ['1.2', 'KWD', 'en', 'KWD\u00a01.200'],
  ['1240', 'MYR', 'en', 'RM\u00a01,240.00'],
  ['1240', 'MYR', 'zh-MY', 'RM\u00a01,240.00'],
  ['1240', 'SGD', 'zh-CN', 'S$1,240.00'],
  ['1240', 'SGD', 'ms-MY', 'S$1,240.00'],
  ['1240.5', 'EUR', 'de', '1.240,50\u00a0€'],
  ['100000', 'INR', 'en-IN', '₹1,00,000.00'],
  ['0', 'SGD', 'en', 'S$0.00'],
  ['-5', 'SGD', 'en', '-S$5.00'],
  ['-1240.5', 'EUR', 'de', '-1.240,50\u00a0€'],
  ['-0.01', 'USD', 'en', '-$0.01'],
  ['88.1234', 'SGD', 'en', 'S$88.1234'],
  ['1240.5', 'JPY', 'en', '¥1,240.5'],
  ['999999999999999999999999999999.99', 'USD', 'en', '$999,999,999,999,999,999,999,999,999,999.99'],
])('%s %s in %s reads %s', (value, currency, locale, expected) => {
  expect(formatMoney(amount(value), currency, locale)).toBe(expected);
});

it('keeps every digit of a plain amount', () => {
  const digits = fc.bigInt({ min: -(10n ** 29n), max: 10n ** 29n });
  fc.assert(
    fc.property(digits, fc.stringMatching(/^\d{1,20}$/), (whole, fraction) => {
      const value = amount(`${whole}.${fraction}`);
      expect(compareAmounts(amount(formatPlain(value, 'en').replaceAll(',', '')), value)).toBe(0);
    }),
  );
});
