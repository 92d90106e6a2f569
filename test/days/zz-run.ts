import { drawDay, inWords } from './plan.ts';
import { runDay } from './run-day.ts';
const [from, to, ...rest] = process.argv.slice(2);
for (let seed = Number(from); seed <= Number(to); seed += 1) {
  const t = performance.now();
  const day = drawDay(seed);
  const r = await runDay(day, rest.includes('tell') ? { tell: console.log } : {});
  console.log(seed, day.actions.length, Math.round(performance.now() - t), 'ms', r.problems.length === 0 ? 'ok' : `FAIL at ${r.problems[0]?.at}/${day.actions.length} ${inWords(day.actions[(r.problems[0]?.at ?? 1) - 1]!)}`);
  for (const p of r.problems.slice(0, 6)) console.log('   ', p.at, p.what.slice(0, 600));
  if (rest.includes('fig')) console.log(r.figures);
}
