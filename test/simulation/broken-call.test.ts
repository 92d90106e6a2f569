import { expect, test } from 'vitest';
import { simulate } from './command.ts';

test('where reads are answered and the increment call is broken for hours, an hour costs one entry at most', async () => {
  const { figures, failures } = await simulate(
    ...['--increments=1600', '--seed=1', '--workers=2', '--profile=broken'],
  );
  expect(failures).toEqual([]);
  expect(figures.brokenHours).toBeGreaterThan(50);
  // What was under way, one after seconds and one after a quarter of an hour come on top.
  expect(figures.spent - 3 * figures.runs).toBeLessThanOrEqual(figures.brokenHours);
});
