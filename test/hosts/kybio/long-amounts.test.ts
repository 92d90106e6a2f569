import fc from 'fast-check';
import { expect, it } from 'vitest';
import { classifyIncrement } from '../../../main/hosts/kybio/outcome.ts';
import { readAmount } from '../../../main/hosts/kybio/values.ts';
import { addAmounts, amount, subtractAmounts } from '../../../preload/contract/index.ts';
import { answered } from './support/increment.ts';

const expected = { customerUid: '42', balanceIncrement: amount('10.50'), pointIncrement: amount('1') };

const outcomeOf = (balanceBeforeUpdate: string, balanceAfterUpdate: string) => {
  const data = { customerUid: '42', balanceBeforeUpdate, balanceAfterUpdate };
  return classifyIncrement(answered(200, JSON.stringify({ status: 'success', data })), expected);
};

it('a sum that nobody could reckon with is unreadable, and the reply unknown', () => {
  const longest = '9'.repeat(30);
  expect(readAmount(longest)).toBeNull();
  for (const [before, after] of [
    [`-${longest}`, longest],
    [longest, `-${longest}`],
    ['1e29', '-9.9e29'],
  ] as const)
    expect(outcomeOf(before, after)).toMatchObject({ kind: 'unknown', cause: 'unreadable' });
});

it('whatever can be read of sums can be reckoned with', () => {
  const digits = (maxLength: number) =>
    fc.string({ unit: fc.constantFrom('0', '1', '2', '9', '9'), minLength: 1, maxLength });
  const sum = fc
    .tuple(fc.constantFrom('', '-'), digits(32), digits(22), fc.constantFrom('', 'e1', 'e-1'))
    .map(([sign, whole, decimals, exponent]) => `${sign}${whole}.${decimals}${exponent}`);
  fc.assert(
    fc.property(sum, sum, fc.nat({ max: 9 }), (before, after, others) => {
      expect(['applied', 'unknown']).toContain(outcomeOf(before, after).kind);
      const [from, to] = [readAmount(before), readAmount(after)];
      if (from === null || to === null) return;
      // Evidence takes several of them together: a reading, a baseline and increments of ours.
      const moved = subtractAmounts(to, from);
      expect(() => addAmounts(moved, ...Array.from({ length: others }, () => moved))).not.toThrow();
    }),
  );
});
