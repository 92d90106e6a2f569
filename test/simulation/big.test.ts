import { appendFileSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { expect, test } from 'vitest';
import { gather } from './chain/evidence.ts';
import { judge } from './chain/judge.ts';
import { drawPlan } from './chain/plan.ts';
import { playMonth } from './chain/run.ts';

test('big', async () => {
  const say = (w: string) => appendFileSync(process.env['LOG'] ?? '/tmp/month/big.log', w + '\n');
  const t = performance.now();
  const prof = process.env['PROF'] !== undefined;
  const s = new Session();
  if (prof) { s.connect(); await s.post('Profiler.enable'); await s.post('Profiler.start'); }
  const [shops, tills] = (process.env['SIZE'] ?? '20x4').split('x').map(Number) as [number, number];
  const month = await playMonth(drawPlan({ seed: Number(process.env['SEED'] ?? 1), shops, tills, days: Number(process.env['DAYS'] ?? 3), entries: [8, 16], hours: (process.env['HOURS'] ?? '11-16').split('-').map(Number) as never }), (day) =>
    say(`day ${day} ${(performance.now() - t).toFixed(0)} cpu ${(process.cpuUsage().user / 1e6).toFixed(0)} rss ${(process.memoryUsage().rss / 1e6).toFixed(0)}`),
  );
  if (prof) { const { profile } = await s.post('Profiler.stop'); writeFileSync('/tmp/month/prof.cpuprofile', JSON.stringify(profile)); }
  say(JSON.stringify(month.chain.figures, null, 1) + month.chain.time.longestStepMs() + JSON.stringify([...month.chain.account.days]));
  const evidence = await gather(month);
  say(JSON.stringify(month.chain.told.slice(0, 20)));
  say('gathered ' + (performance.now() - t).toFixed(0));
  say(month.chain.problems.slice(0, 40).join('\n'));
  const found = judge(evidence);
  say(found.slice(0, 100).join('\n'));
  await month.close();
  expect(month.chain.problems).toEqual([]);
  expect(found.length).toEqual(0);
});
