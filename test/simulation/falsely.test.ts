import { expect, test } from 'vitest';
import { simulate } from './command.ts';
import { expectNothingBroken } from './totals.ts';

test('a closed installation that is none harms until that is seen, and nothing after it', async () => {
  const printed = await simulate('--increments=1000', '--seed=1', '--workers=2', '--profile=falsely');
  // What was decided before the withdrawal is counted; whatever else goes wrong breaks the run.
  expectNothingBroken(printed);
  const { runs, harm } = printed.figures;
  expect(harm.falsely.withdrawn / runs).toBeGreaterThan(0.6);
  expect(harm.falsely.entries / printed.figures.increments).toBeLessThan(0.005);
});
