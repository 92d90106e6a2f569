import { expect, test } from 'vitest';
import { simulate } from './command.ts';
import { mutants } from './mutants.ts';
import { hunt, tellCatch } from './mutants-hunt.ts';
import { expectNothingBroken, expectPromisesKept } from './totals.ts';

test('some thousand increments: nothing lost, doubled, wrongly decided or out of order', async () => {
  const printed = await simulate('--increments=12000', '--seed=1', '--workers=2');
  expectNothingBroken(printed);
  expectPromisesKept(printed);
  expect(printed.figures.faults).toBeGreaterThanOrEqual(3_000);
  expect(printed.figures.crashes).toBeGreaterThanOrEqual(300);
});

test('a fault that is planted in main is found', async () => {
  const [mutant] = mutants;
  if (mutant === undefined) throw new Error('none is planted');
  const found = await hunt(mutant);
  if (found === null) throw new Error(`${mutant.name} was not found`);
  tellCatch(mutant, found);
});
