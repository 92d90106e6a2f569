import { expect, test } from 'vitest';
import { simulate } from './command.ts';

test('where reads are answered and the increment call is broken for hours, the back-off and the presses bound what is spent', async () => {
  const { figures, failures } = await simulate(
    ...['--increments=1600', '--seed=1', '--workers=2', '--profile=broken'],
  );
  expect(failures).toEqual([]);
  expect(figures.brokenHours).toBeGreaterThan(50);
});
