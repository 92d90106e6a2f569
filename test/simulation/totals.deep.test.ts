import { expect, test } from 'vitest';
import { simulate } from './command.ts';
import { expectNothingBroken, expectPromisesKept } from './totals.ts';

// Fifteen times as many stand in docs/reliability.md, run by hand: CI has no time for them.
test('twenty thousand increments: nothing lost, doubled, wrongly decided or out of order', async () => {
  const printed = await simulate('--increments=20000', '--seed=1', '--workers=2');
  const { figures } = printed;
  expectNothingBroken(printed);
  expect(figures.increments).toBeGreaterThanOrEqual(20_000);
  expect(figures.faults).toBeGreaterThanOrEqual(6_600);
  expect(figures.crashes).toBeGreaterThanOrEqual(600);
  expectPromisesKept(printed);
  const { nothing } = figures.unknown;
  // Who spends meanwhile often leaves nothing to advise by; wrong advice stays rare.
  const advised = nothing.right + nothing.unclear + nothing.wrong;
  expect(nothing.wrong / advised).toBeLessThanOrEqual(0.05);
});
