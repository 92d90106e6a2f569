// The tables and the picture of docs/benchmarks.md: node test/simulation/weeks/weeks.ts docs/images/calls.svg [seed]
import { writeFileSync } from 'node:fs';
import { countingAlone } from './counting-alone.ts';
import { picture } from './picture.ts';
import type { CallPolicy } from './policy.ts';
import { runWeek } from './run.ts';
import { shipped } from './shipped.ts';
import { tableOf } from './table.ts';
import { worlds } from './worlds.ts';

const [file = 'calls.svg', seed = '1'] = process.argv.slice(2);
const of = (policy: CallPolicy) => worlds.all.map((world) => runWeek(world, policy, Number(seed)));
const [before, after] = [of(countingAlone), of(shipped)];
process.stdout.write(`Before:\n\n${tableOf(before)}\n\nAfter:\n\n${tableOf(after)}\n`);
writeFileSync(file, picture(before, after));
