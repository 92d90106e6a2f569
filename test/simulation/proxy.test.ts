import { expect, test } from 'vitest';
import { simulate } from './command.ts';

test('nothing is relied on of a box that answers in KYBIO’s place', async () => {
  const { figures, failures } = await simulate(
    ...['--increments=1500', '--seed=1', '--workers=2', '--profile=proxy'],
  );
  expect(failures).toEqual([]);
  expect(figures.wronglyConfirmed + figures.wronglyCancelled + figures.doubled).toBe(0);
  expect(figures.unknown.proxy.unknowns).toBeGreaterThan(100);
});
