// The tables and the picture of docs/benchmarks.md: node test/simulation/weeks/weeks.ts docs/images/calls.svg [seed]
import { writeFileSync } from 'node:fs';
import { countingAlone } from './counting-alone.ts';
import { picture } from './picture.ts';
import type { CallPolicy } from './policy.ts';
import { runWeek } from './run.ts';
import { shipped, withFolder } from './shipped.ts';
import { tableOf } from './table.ts';
import { type World, worlds } from './worlds.ts';

const [file = 'calls.svg', seed = '1'] = process.argv.slice(2);
const of = (all: readonly World[], policy: CallPolicy) =>
  all.map((world) => runWeek(world, policy, Number(seed)));
const [before, after] = [of(worlds.one, countingAlone), of(worlds.one, shipped)];
const [apart, told] = [of(worlds.chains, shipped), of(worlds.chains, withFolder)];
process.stdout.write(`Before:\n\n${tableOf(before)}\n\nAfter:\n\n${tableOf(after)}\n`);
process.stdout.write(`Without a folder:\n\n${tableOf(apart)}\n\nWith it:\n\n${tableOf(told)}\n`);
writeFileSync(file, picture([...before, ...apart], [...after, ...told]));
