// The tables and the picture of docs/benchmarks.md: node test/simulation/weeks/weeks.ts docs/images/calls.svg [seed]
import { countingAlone } from './counting-alone.ts';
import { runWeek } from './run.ts';
import { tableOf } from './table.ts';
import { worlds } from './worlds.ts';

const [, seed = '1'] = process.argv.slice(2);
const t0 = performance.now();
const all = worlds.all.map((world) => {
  const t = performance.now();
  const of = runWeek(world, countingAlone, Number(seed));
  process.stderr.write(`${world.name} ${Math.round(performance.now() - t)} ms ${JSON.stringify(of.days.map(d => d.uses.directory))} ${JSON.stringify(of.days.reduce((a: any, d) => { for (const k of Object.keys(d.uses)) a[k] = (a[k] ?? 0) + (d.uses as any)[k]; return a; }, {}))} sameday ${of.arrivedSameDay} made ${of.made} ideal ${of.ideal.sameDay} gone ${of.ideal.goneBy}\n`);
  return of;
});
process.stdout.write(`${tableOf(all)}\n`);
process.stderr.write(`${Math.round(performance.now() - t0)} ms\n`);
