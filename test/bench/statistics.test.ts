import fc from 'fast-check';
import { expect, it } from 'vitest';
import { median, p99, quantile, ratioOf } from './statistics.ts';

const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 });

it('takes a value that was measured, which so many do not exceed', () => {
  fc.assert(
    fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (measured, share) => {
      const found = quantile(measured, share);
      expect(measured).toContain(found);
      const below = measured.filter((value) => value <= found).length;
      expect(below / measured.length).toBeGreaterThanOrEqual(share - 1e-9);
      const smaller = measured.filter((value) => value < found).length;
      expect(smaller / measured.length).toBeLessThan(share);
    }),
  );
});

it('has the middle and nearly the largest of what was measured, in whatever order', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => ((index * 37) % 100) + 1);
  expect(median(hundred)).toBe(50);
  expect(p99(hundred)).toBe(99);
  expect([median([3]), p99([3])]).toEqual([3, 3]);
  expect(() => median([])).toThrow('no values');
});

it('calls nothing beside nothing the same', () => {
  expect([ratioOf(0, 0), ratioOf(3, 2), ratioOf(1, 0)]).toEqual([1, 1.5, Number.POSITIVE_INFINITY]);
});
