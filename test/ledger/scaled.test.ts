import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromScaled, toScaled } from '../../main/kernel/scaled.ts';
import { amount } from '../../preload/contract/index.ts';

describe('ten-thousandths', () => {
  it.each([
    ['12.5', '125000', '12.5'],
    ['12.50', '125000', '12.5'],
    ['0.3', '3000', '0.3'],
    ['0.0001', '1', '0.0001'],
    ['-0.0001', '-1', '-0.0001'],
    ['-12.3456', '-123456', '-12.3456'],
    ['0', '0', '0'],
    ['-0', '0', '0'],
    ['900719925474.0993', '9007199254740993', '900719925474.0993'],
    ['1.00000000', '10000', '1'],
    ['922337203685477.5807', '9223372036854775807', '922337203685477.5807'],
    ['-922337203685477.5808', '-9223372036854775808', '-922337203685477.5808'],
  ])('%s is %s and reads back as %s', (value, scaled, back) => {
    expect(toScaled(amount(value))).toBe(scaled);
    expect(fromScaled(scaled)).toBe(back);
  });

  it('reads back everything that fits', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        expect(toScaled(fromScaled(String(value)))).toBe(String(value));
      }),
    );
  });

  it.each(['0.00001', '922337203685477.5808', '-922337203685477.5809', '999999999999999999999999999999'])(
    'refuses %s, which SQL would keep as something else',
    (value) => {
      expect(() => toScaled(amount(value))).toThrow(RangeError);
    },
  );
});
