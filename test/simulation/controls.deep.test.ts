import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../faults/source-index.ts';
import { controls } from './controls.ts';
import { type ForkedBench, forkBench } from './mutants-bench.ts';
import { brokenOn, hunt, tellCatch } from './mutants-hunt.ts';

let sound: ForkedBench;
beforeAll(async () => {
  sound = await forkBench(projectRoot);
});
afterAll(() => sound.close());

test.each(controls)('$name breaks: $says', async (control) => {
  const found = await hunt(control);
  if (found === null) throw new Error(`nothing broke with ${control.name}`);
  tellCatch(control, found);
  expect(await brokenOn(sound, found, control.hunt)).toEqual([]);
});
