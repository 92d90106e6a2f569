import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amount, compareAmounts } from '../../../../preload/contract/index.ts';
import { amountBetween } from '../../../../renderer/features/counter/count-up.ts';

describe('counting up', () => {
  it.each([
    ['48.50', '68.50', 0, '48.50'],
    ['48.50', '68.50', 0.5, '58.50'],
    ['48.5', '68.25', 0.5, '58.37'],
    ['96', '116', 0.25, '101'],
    ['0.05', '0.01', 0.5, '0.03'],
    ['-0.50', '0.50', 0.25, '-0.25'],
    ['48.50', '68.50', 1, '68.50'],
  ])('%s to %s at %d: %s', (from, to, share, shown) => {
    expect(amountBetween(amount(from), amount(to), share)).toBe(shown);
  });

  it('never shows more or less than it goes between', () => {
    const units = fc.integer({ min: -100_000_000, max: 100_000_000 });
    fc.assert(
      fc.property(units, units, fc.double({ min: 0, max: 2, noNaN: true }), (left, right, share) => {
        const from = amount((left / 100).toFixed(2));
        const to = amount((right / 100).toFixed(2));
        const shown = amountBetween(from, to, share);
        expect(compareAmounts(shown, from) * compareAmounts(shown, to)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
