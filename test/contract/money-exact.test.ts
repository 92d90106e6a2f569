import Decimal from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Amount,
  addAmounts,
  amount,
  compareAmounts,
  isZeroAmount,
  negateAmount,
  padAmount,
  subtractAmounts,
  zeroAmount,
} from '../../preload/contract/kernel/money.ts';
import { amountSchema } from '../../preload/contract/kernel/scalars.ts';

const scale = 10n ** 6n;
/** Millionths as an amount with all its decimals. */
const fromMillionths = (value: bigint): Amount => {
  const size = value < 0n ? -value : value;
  return amount(`${value < 0n ? '-' : ''}${size / scale}.${String(size % scale).padStart(6, '0')}`);
};
const millionths = fc.bigInt({ min: -(10n ** 28n), max: 10n ** 28n });

describe('sums', () => {
  it.each([
    [['0.1', '0.2'], '0.3'],
    [['0.10', '0.20'], '0.3'],
    [['9007199254740993', '0.0001'], '9007199254740993.0001'],
    [['1', '-1'], '0'],
    [['-0', '0'], '0'],
    [
      ['999999999999999999999999999999', '-0.00000000000000000001'],
      '999999999999999999999999999998.99999999999999999999',
    ],
    [[], '0'],
  ])('%j make %s', (parts, sum) => {
    expect(addAmounts(...parts.map(amount))).toBe(sum);
  });

  it('are those of whole numbers, whatever the size', () => {
    fc.assert(
      fc.property(millionths, millionths, (left, right) => {
        const sum = addAmounts(fromMillionths(left), fromMillionths(right));
        expect(compareAmounts(sum, fromMillionths(left + right))).toBe(0);
        expect(compareAmounts(subtractAmounts(sum, fromMillionths(right)), fromMillionths(left))).toBe(0);
      }),
    );
  });

  it('compare as numbers do', () => {
    fc.assert(
      fc.property(millionths, millionths, (left, right) => {
        const order = left < right ? -1 : left > right ? 1 : 0;
        expect(compareAmounts(fromMillionths(left), fromMillionths(right))).toBe(order);
      }),
    );
    expect(compareAmounts(amount('1.5'), amount('1.50'))).toBe(0);
    expect(compareAmounts(amount('10'), amount('9'))).toBe(1);
    expect(compareAmounts(amount('9007199254740993'), amount('9007199254740992'))).toBe(1);
  });

  it('negate without a negative zero', () => {
    expect(negateAmount(zeroAmount)).toBe('0');
    expect(negateAmount(amount('-0'))).toBe('0');
    expect(negateAmount(amount('12.50'))).toBe('-12.5');
    fc.assert(
      fc.property(millionths, (value) => {
        expect(isZeroAmount(addAmounts(fromMillionths(value), negateAmount(fromMillionths(value))))).toBe(
          true,
        );
      }),
    );
  });

  it('pad and never round', () => {
    expect(padAmount(amount('50'), 2)).toBe('50.00');
    expect(padAmount(amount('0.12345'), 2)).toBe('0.12345');
    expect(padAmount(amount('1.10'), 0)).toBe('1.1');
  });
});

describe('a library of decimals that others wrote', () => {
  const Other = Decimal.clone({ precision: 60, toExpNeg: -60, toExpPos: 60 });
  const plain = fc
    .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 29n }), fc.stringMatching(/^\d{0,20}$/))
    .map(([isNegative, whole, fraction]) =>
      amount(`${isNegative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`),
    );

  it('says the same of every sum, order and form', () => {
    fc.assert(
      fc.property(plain, plain, fc.integer({ min: 0, max: 20 }), (left, right, decimals) => {
        expect(addAmounts(left, right)).toBe(new Other(left).plus(right).toFixed());
        expect(subtractAmounts(left, right)).toBe(new Other(left).minus(right).toFixed());
        expect(compareAmounts(left, right)).toBe(new Other(left).cmp(right));
        expect(isZeroAmount(left)).toBe(new Other(left).isZero());
        const places = Math.max(decimals, new Other(left).decimalPlaces());
        expect(padAmount(left, decimals)).toBe(new Other(left).toFixed(places));
      }),
    );
  });

  it('refuses as ours what is no decimal', () => {
    for (const text of ['', ' ', '1e3', '0x1', 'NaN', '-'] as Amount[]) {
      expect(() => addAmounts(text)).toThrow(RangeError);
      expect(() => isZeroAmount(text)).toThrow(RangeError);
    }
  });
});

describe('what is no amount', () => {
  it.each([
    '',
    '1e3',
    '01',
    '.5',
    '5.',
    '+5',
    '1,000',
    ' 1',
    '1 ',
    '١',
    'NaN',
    '--1',
    '1'.repeat(31),
    `0.${'1'.repeat(21)}`,
  ])('%j is refused at the bridge', (text) => {
    expect(amountSchema.safeParse(text).success).toBe(false);
    expect(() => amount(text)).toThrow();
  });

  it('a number is refused at the bridge', () => {
    expect(amountSchema.safeParse(12.5).success).toBe(false);
  });
});
