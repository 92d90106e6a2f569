import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../faults/source-index.ts';
import { type ForkedBench, forkBench } from './mutants-bench.ts';
import { profileNames } from './scenario.ts';

let bench: ForkedBench;
beforeAll(async () => {
  bench = await forkBench(projectRoot);
});
afterAll(() => bench.close());

const RUNS = 2;

const modes = ['late', 'early', 'any'] as const;
const cases = modes.flatMap((timers) => profileNames.map((profile) => ({ timers, profile })));

test.each(cases)('with timers $timers, profile $profile', async ({ timers, profile }) => {
  const broken: string[] = [];
  let increments = 0;
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const report = await bench.run({ seed, profile, timers });
    increments += report.increments;
    if (report.violations.length > 0)
      broken.push(`npm run -s simulate -- --seed=${seed} --profile=${profile} --timers=${timers}`);
  }
  expect(broken).toEqual([]);
  expect(increments).toBeGreaterThan(RUNS * 10);
});
