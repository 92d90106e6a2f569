import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../faults/source-index.ts';
import { mutants } from './mutants.ts';
import { type ForkedBench, forkBench } from './mutants-bench.ts';
import { brokenOn, hunt, tellCatch } from './mutants-hunt.ts';

let sound: ForkedBench;
beforeAll(async () => {
  sound = await forkBench(projectRoot);
});
afterAll(() => sound.close());

test.each(mutants)('finds $name: $says', async (mutant) => {
  const found = await hunt(mutant);
  if (found === null) throw new Error(`${mutant.name} was not found`);
  tellCatch(mutant, found);
  expect(await brokenOn(sound, found, mutant.hunt)).toEqual([]);
});
