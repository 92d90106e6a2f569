import { expect, test } from 'vitest';
import { simulate } from './command.ts';

test('beyond the bounds doubles happen, and how a manager is told of them is a figure', async () => {
  const { figures } = await simulate('--increments=8000', '--seed=1', '--workers=1', '--profile=beyond');
  const { entries, asked, silent } = figures.harm.beyond;
  expect(entries).toBeGreaterThan(50);
  expect(asked + silent).toBe(entries);
  // What was sent more than once has a second way in.
  expect(asked).toBeGreaterThan(0);
});
