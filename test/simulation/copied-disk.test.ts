import { expect, test } from 'vitest';
import { simulate } from './command.ts';
import { expectNothingBroken } from './totals.ts';

test('of a disk that is copied as a whole, put back or started beside the original, nothing else breaks', async () => {
  const printed = await simulate(...['--increments=2000', '--seed=1', '--workers=1', '--profile=copied']);
  expectNothingBroken(printed);
  // Who spends between the copy and the look can undo what would tell: how much stays silent is a figure.
  const { entries, asked, silent } = printed.figures.harm.copied;
  expect(asked + silent).toBe(entries);
});

test('of two tills with one number, what the other one’s second hides is never confirmed', async () => {
  const printed = await simulate(
    ...['--increments=2000', '--seed=1', '--workers=1', '--profile=same-number'],
  );
  expectNothingBroken(printed);
  const { unknowns, review } = printed.figures.unknown['same-number'];
  expect(unknowns).toBeGreaterThan(10);
  expect(review).toBeGreaterThan(0);
});
