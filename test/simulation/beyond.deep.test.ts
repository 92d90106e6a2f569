import { expect, test } from 'vitest';
import { simulate } from './command.ts';

test('beyond the bounds, where doubles happen, a manager is told of them', async () => {
  const { figures } = await simulate('--increments=8000', '--seed=1', '--workers=1', '--profile=beyond');
  expect(figures.doubled).toBeGreaterThan(50);
  expect(figures.detected / figures.doubled).toBeGreaterThanOrEqual(0.98);
});
