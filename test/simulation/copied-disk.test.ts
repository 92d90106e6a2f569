import { expect, test } from 'vitest';
import { simulate } from './command.ts';

const nothingSilent = {
  ...{ lost: 0, doubled: 0, wronglyConfirmed: 0, wronglyCancelled: 0, outOfOrder: 0, otherViolations: 0 },
};

test('a disk that is copied as a whole, put back or started beside the original, doubles nothing silently', async () => {
  const { figures, failures } = await simulate(
    ...['--increments=2000', '--seed=1', '--workers=1', '--profile=copied'],
  );
  expect(failures).toEqual([]);
  expect(figures).toMatchObject(nothingSilent);
});

test('of two tills with one number, a credit that is missing is told of', async () => {
  const { figures, failures } = await simulate(
    ...['--increments=2000', '--seed=1', '--workers=1', '--profile=same-number'],
  );
  expect(failures).toEqual([]);
  expect(figures.doubted).toBeGreaterThan(10);
  expect(figures).toMatchObject(nothingSilent);
});
