import { expect, test } from 'vitest';
import { simulate } from './command.ts';
import { expectNothingBroken } from './totals.ts';

test('of a disk that is copied as a whole, put back or started beside the original, nothing else breaks', async () => {
  const printed = await simulate(...['--increments=2000', '--seed=1', '--workers=1', '--profile=copied']);
  expectNothingBroken(printed);
  // Who spends between the copy and the look can undo what would tell: how much stays silent is a figure.
  const { entries, asked, noted, silent } = printed.figures.harm.copied;
  expect(asked + noted + silent).toBe(entries);
});

test('of two tills with one number, a credit that is missing is told of', async () => {
  const printed = await simulate(
    ...['--increments=2000', '--seed=1', '--workers=1', '--profile=same-number'],
  );
  expectNothingBroken(printed);
  const { entries, silent } = printed.figures.harm['same-number'];
  expect(entries).toBeGreaterThan(10);
  expect(silent).toBe(0);
});
