import { expect, test } from 'vitest';
import { gather } from './chain/evidence.ts';
import { judge } from './chain/judge.ts';
import { drawPlan } from './chain/plan.ts';
import { playMonth } from './chain/run.ts';

test('a few days of a small chain', async () => {
  const startedAtMs = performance.now();
  const month = await playMonth(
    drawPlan({ seed: Number(process.env['SEED'] ?? 1), shops: 3, tills: 2, days: 5, entries: [6, 12] }),
    (day) => console.log('day', day, (performance.now() - startedAtMs).toFixed(0)),
  );
  console.log(month.chain.figures, month.chain.time.longestStepMs());
  const evidence = await gather(month);
  console.log('gathered', (performance.now() - startedAtMs).toFixed(0));
  console.log(month.chain.problems.slice(0, 5).join('\n'));
  console.log(evidence.tills.map((t) => JSON.stringify(t)).join('\n'));
  const found = judge(evidence);
  console.log(found.slice(0, 40).join('\n'));
  await month.close();
  expect(month.chain.problems).toEqual([]);
  expect(found.length).toEqual(0);
});
