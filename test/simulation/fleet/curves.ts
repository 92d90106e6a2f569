// The picture of docs/benchmarks.md, and its table: node test/simulation/fleet/curves.ts docs/images/fleet.svg [seed] [part]
// `part`: of a chain of so many times fewer tills, and as many times fewer calls a second, whose rounds are as long.
import { writeFileSync } from 'node:fs';
import { picture } from './picture.ts';
import { policies } from './policies.ts';
import { type FleetFigures, runFleet } from './run.ts';
import { missed, scenario, wholeChain } from './scenario.ts';

const told = (share: number): string => (Number.isFinite(share) ? share.toFixed(2) : 'never');
const percent = (part: number, whole: number): string => `${Math.round((100 * part) / whole)} %`;

/** What was refused is called again: of all calls so many were for nothing. */
const row = (figures: FleetFigures): string =>
  `| ${[
    figures.policy,
    told(figures.peak),
    told(figures.drained),
    told(figures.slowest),
    percent(figures.refused + figures.beyondQuota, figures.calls),
    String(figures.doubled),
    missed(figures).length === 0 ? 'yes' : 'no',
  ].join(' | ')} |`;

const [file = 'fleet.svg', seed = '1', part = '1'] = process.argv.slice(2);
const tills = wholeChain.tills / Number(part);
const callsASecond = wholeChain.callsASecond / Number(part);
const all: FleetFigures[] = [];
for (const policy of policies) {
  const figures = runFleet(scenario(policy, Number(seed), { tills, callsASecond }));
  all.push(figures);
  process.stdout.write(`${row(figures)}\n`);
}
writeFileSync(file, picture(all, callsASecond, tills * wholeChain.entriesEach));
