// `npm run torture`: kills, power cuts, full disks and tampering against the real main process, with the
// figures at the end. `-- --minutes=N` goes on for that long with kills, and with power cuts under other
// workloads; `-- --kills=N` and `-- --images=N` go on to that many. Any other words are a command to run
// with what torture needs (a C compiler, for the recorder of writes) at hand.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal, root, runMain } from './lib/common.mjs';
import { runForeground } from './lib/session.mjs';
import { ensureSystemPackages } from './lib/system.mjs';

const asked = { minutes: null, kills: null, images: null };
const usage = 'usage: npm run torture [-- [--minutes=N] [--kills=N] [--images=N]]';

/** What each test has counted, added up; empty where none came to its end. */
function totalsOf(file) {
  const totals = {};
  if (!existsSync(file)) return totals;
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    for (const [name, count] of Object.entries(JSON.parse(line))) totals[name] = (totals[name] ?? 0) + count;
  }
  return totals;
}

function tell(totals) {
  const of = (name) => totals[name] ?? 0;
  const done = [
    `${of('kills')} kills`,
    `${of('images')} power-cut images`,
    `${of('failures')} failures of the disk`,
    `${of('tamperings')} ways to tamper`,
    `${of('acknowledged')} acknowledged rows`,
  ];
  const wrong = [`${of('lost')} lost`, `${of('doubled')} doubled`, `${of('damaged')} damaged`];
  process.stdout.write(`\ntorture: ${done.join(', ')}: ${wrong.join(', ')}\n`);
}

await runMain(async () => {
  const words = [];
  for (const arg of process.argv.slice(2)) {
    const [, name, value] = /^--(minutes|kills|images)=(.*)$/.exec(arg) ?? [];
    if (name === undefined) words.push(arg);
    else if (/^\d+(\.\d+)?$/.test(value)) asked[name] = value;
    else throw new Refusal(usage);
  }
  if (words[0]?.startsWith('-')) throw new Refusal(usage);
  ensureSystemPackages(['compiler']);
  const scratch = mkdtempSync(join(tmpdir(), 'counterfoil-torture-figures-'));
  const figures = join(scratch, 'figures.jsonl');
  const env = {
    ...process.env,
    TORTURE_FIGURES: figures,
    PATH: `${join(root, 'node_modules', '.bin')}:${process.env['PATH']}`,
  };
  for (const [name, value] of Object.entries(asked))
    if (value !== null) env[`TORTURE_${name.toUpperCase()}`] = value;
  const [command, ...rest] = words.length > 0 ? words : ['vitest', 'run', '--project', 'torture-deep'];
  try {
    return await runForeground(command, rest, env);
  } finally {
    tell(totalsOf(figures));
    rmSync(scratch, { recursive: true });
  }
});
