// Random days of a shop from the command line: two tills, one host, and a judge that adds up by itself.
//
//   npm run -s days -- --seed=4711                        one day; told readably where it fails
//   npm run -s days -- --seed=1 --days=1000 --workers=2   many
//
// --until=N plays the first N of its actions alone, and then the evening: what a failure prints. --tell tells each action.
// --mutant=NAME plants a fault (test/days/mutants.ts). --json prints the totals as JSON.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runMain } from './lib/common.mjs';

const load = (name) => import(new URL(`../test/days/${name}`, import.meta.url).href);

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    days: { type: 'string' },
    workers: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    until: { type: 'string' },
    mutant: { type: 'string' },
    tell: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const MOST_TOLD = 12;
/** Actions before the one after which it showed. */
const MOST_ACTIONS = 25;

const say = (line) => process.stderr.write(`${line}\n`);

/** A day that failed, as a person reads it. */
function tellFailure({ seed, problems, actions }) {
  const at = problems[0]?.at ?? 0;
  const mutant = values.mutant === undefined ? '' : ` --mutant=${values.mutant}`;
  say(`\nday ${seed} fails after action ${at} of ${actions.length}:`);
  for (const [place, words] of actions.slice(0, at).entries())
    if (place >= at - MOST_ACTIONS) say(`  ${place + 1}. ${words}`);
  for (const { what } of problems.slice(0, MOST_TOLD))
    say(`  ! ${what.split('\n').slice(0, 6).join('\n    ')}`);
  say(`  npm run -s days -- --seed=${seed} --until=${at}${mutant}`);
}

const { drawDay, inWords } = await load('plan.ts');

async function play(seed) {
  const { runDay } = await load('run-day.ts');
  const inject =
    values.mutant === undefined ? {} : { inject: (await load('mutants.ts')).mutantOf(values.mutant).inject };
  const until = values.until === undefined ? {} : { until: Number(values.until) };
  return runDay(drawDay(seed), { ...inject, ...until, ...(values.tell ? { tell: say } : {}) });
}

const actionsOf = (seed) => drawDay(seed).actions.map(inWords);

async function one() {
  const seed = Number(values.seed);
  const result = await play(seed);
  if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  if (result.problems.length === 0) {
    say(`day ${seed}: ${result.figures.entries ?? 0} entries, every figure as it is`);
    return 0;
  }
  tellFailure({ ...result, actions: actionsOf(seed) });
  return 1;
}

/** Each takes the next day that nobody has. */
async function worker(next, onDay) {
  const child = fork(fileURLToPath(import.meta.url), process.argv.slice(2), {
    env: { ...process.env, COUNTERFOIL_DAYS: '1' },
  });
  const give = () => {
    const seed = next();
    if (seed === null) child.disconnect();
    else child.send(seed);
  };
  let waiting = null;
  child.on('message', (result) => {
    waiting = null;
    onDay(result);
    give();
  });
  give();
  const [code] = await once(child, 'exit');
  if (code !== 0 || waiting !== null) throw new Error(`a worker ended with ${code}`);
}

async function many() {
  const [first, days, workers] = [Number(values.seed), Number(values.days), Number(values.workers)];
  const startedAtMs = performance.now();
  let seed = first;
  const next = () => (seed < first + days ? seed++ : null);
  const figures = {};
  const failures = [];
  let played = 0;
  let toldAtMs = startedAtMs;
  const onDay = (result) => {
    played += 1;
    for (const [name, count] of Object.entries(result.figures)) figures[name] = (figures[name] ?? 0) + count;
    if (result.problems.length > 0) {
      failures.push(result);
      tellFailure({ ...result, actions: actionsOf(result.seed) });
    }
    if (performance.now() - toldAtMs < 30_000) return;
    toldAtMs = performance.now();
    say(`${played} of ${days} days`);
  };
  await Promise.all(Array.from({ length: workers }, () => worker(next, onDay)));
  const seconds = Math.round((performance.now() - startedAtMs) / 1_000);
  const totals = { seed: first, days: played, seconds, figures, failures };
  if (values.json) process.stdout.write(`${JSON.stringify(totals)}\n`);
  else {
    for (const [name, count] of Object.entries(figures).sort()) process.stdout.write(`${name}: ${count}\n`);
    process.stdout.write(`${played} days in ${seconds} s, ${failures.length} failed\n`);
  }
  return failures.length > 0 ? 1 : 0;
}

if (process.env.COUNTERFOIL_DAYS === '1' && process.send) {
  process.on('message', async (seed) => process.send(await play(seed)));
} else {
  await runMain(values.days === undefined ? one : many);
}
