// The deterministic simulator of the protocol from the command line.
//
//   npm run -s simulate -- --increments=300000 --seed=1 --workers=2   many runs; totals as a table
//   npm run -s simulate -- --seed=4711                                 one run; shrunk where it fails
//
// --keep=FILE keeps how far a long run is; the same command goes on from there after an interruption, on
// another machine too, as long as what it runs is the same.
// --json prints the totals as JSON. --profile=NAME takes one profile only (`beyond` is beyond the bounds:
// there a double must be detected), --drawn=NAME the seeds alone that draw it; --last-seed=N ends there.
// --events=LIST and --without=LIST replay what a shrunk seed prints. --log tells what the till logs.
// --root=FOLDER takes `main/` from there, --mutant=NAME from a copy with a fault in it (test/simulation/mutants.ts
// and controls.ts). --timers=MODE replaces what a seed draws.
// --most-seconds=N is how long one seed of many may run before it counts as hanging and all workers end.
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Refusal, root, runMain } from './lib/common.mjs';
import { createSeedWatch } from './lib/seed-watch.mjs';

const simulation = new URL('../test/simulation/', import.meta.url);
const load = (name) => import(new URL(name, simulation).href);

const { values } = parseArgs({
  options: {
    increments: { type: 'string' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    profile: { type: 'string' },
    drawn: { type: 'string' },
    'last-seed': { type: 'string' },
    events: { type: 'string' },
    without: { type: 'string', default: '' },
    root: { type: 'string', default: root },
    keep: { type: 'string' },
    mutant: { type: 'string' },
    timers: { type: 'string' },
    json: { type: 'boolean', default: false },
    log: { type: 'boolean', default: false },
    'most-runs': { type: 'string' },
    // Most seeds take less than a second: this is for a machine that does much else.
    'most-seconds': { type: 'string', default: '120' },
    'stop-at-failure': { type: 'boolean', default: false },
    'no-shrink': { type: 'boolean', default: false },
  },
});

const say = (line) => process.stderr.write(`${line}\n`);
const same = ['mutant', 'profile', 'timers']
  .filter((name) => values[name] !== undefined)
  .map((name) => ` --${name}=${values[name]}`)
  .join('');
const replayOf = (seed, more = '') => `npm run -s simulate -- --seed=${seed}${same}${more}`;

const told = ({ what, words }) => `  ${what}: ${words.split('\n').slice(0, 6).join('\n    ')}`;

async function one() {
  const [{ openBench }, { drawScenario }, { shrink }, { noFigures, addFigures }] = await Promise.all(
    ['worker.ts', 'scenario.ts', 'shrink.ts', 'figures.ts'].map(load),
  );
  const drawn = drawScenario(Number(values.seed), values.profile ? { profile: values.profile } : {});
  const scenario = values.timers ? { ...drawn, timers: values.timers } : drawn;
  const bench = await openBench(values.root);
  try {
    const numbers = (text) => new Set(text.split(',').filter(Boolean).map(Number));
    const result = await bench.run(scenario, {
      ...(values.events === undefined ? {} : { keep: numbers(values.events) }),
      withoutKinds: new Set(values.without.split(',').filter(Boolean)),
      ...(values.log ? { log: (line) => process.stdout.write(`${line}\n`) } : {}),
    });
    const figures = noFigures();
    addFigures(figures, result.figures);
    if (values.json) process.stdout.write(`${JSON.stringify({ figures, violations: result.violations })}\n`);
    if (result.violations.length === 0) {
      say(`seed ${values.seed} (${scenario.profile}): ${figures.increments} increments, nothing broken`);
      return 0;
    }
    say(`seed ${values.seed} (${scenario.profile}, timers ${scenario.timers}) breaks:`);
    for (const violation of result.violations.slice(0, 10)) say(told(violation));
    if (values.events === undefined && !values['no-shrink'])
      await tellShrunk(shrink, bench, scenario, result);
    return 1;
  } finally {
    bench.close();
  }
}

async function tellShrunk(shrink, bench, scenario, result) {
  const { keep, withoutKinds, result: smaller, tries } = await shrink(bench, scenario, result);
  const without = withoutKinds.length > 0 ? ` --without=${withoutKinds.join(',')}` : '';
  say(`\nshrunk in ${tries} runs to ${keep.length} of ${scenario.events.length} events:`);
  for (const violation of smaller.violations.slice(0, 5)) say(told(violation));
  for (const event of scenario.events) if (keep.includes(event.index)) say(`  ${JSON.stringify(event)}`);
  say(`\n  ${replayOf(scenario.seed, ` --events=${keep.join(',')}${without}`)}`);
}

/** What stands beside a run, and changes nothing in it. */
const besideRuns = /^test\/simulation\/(.*\.test|command|controls|mutants.*|shrink|table)\.ts$/;

/** A hash of all that decides how a run goes: totals of two programs are not added up. */
function sourcesOf(folder) {
  const hash = createHash('sha256');
  const places = [
    [folder, ['main/**/*.ts', 'preload/contract/**/*.ts']],
    [root, ['test/simulation/*.ts']],
  ];
  for (const [from, patterns] of places) {
    const files = globSync(patterns, { cwd: from }).map((file) => file.replaceAll('\\', '/'));
    for (const file of files.filter((name) => !besideRuns.test(name)).sort()) {
      const text = readFileSync(join(from, file), 'utf8').replaceAll('\r\n', '\n');
      hash.update(`${file}\n${text.length}\n${text}`);
    }
  }
  return hash.digest('hex');
}

/** What `--keep=FILE` holds: how far each worker is. Written anew as a whole, so that no half file is read. */
function keeper(workers) {
  const file = values.keep;
  if (!file) return { secondsBefore: 0, of: () => null, keep: () => undefined };
  const { seed, profile = 'all', drawn = 'all' } = values;
  const of = { seed, profile, drawn, workers, sources: sourcesOf(values.root) };
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { of, seconds: 0, workers: [] };
  for (const [name, value] of Object.entries(of))
    if (known.of[name] !== value)
      throw new Refusal(`${file} is of other ${name} (${known.of[name]}): not ${value}`);
  const startedAtMs = performance.now();
  return {
    secondsBefore: known.seconds,
    of: (index) => known.workers[index] ?? null,
    keep: (index, kept) => {
      known.workers[index] = kept;
      if (known.workers.filter(Boolean).length < workers) return;
      const seconds = known.seconds + (performance.now() - startedAtMs) / 1_000;
      writeFileSync(`${file}.new`, `${JSON.stringify({ ...known, seconds }, null, 2)}\n`);
      renameSync(`${file}.new`, file);
    },
  };
}

/** The workers of this run: one that hangs ends all, since totals without its seeds are no totals. */
const children = new Set();
let hanging = null;

function endAll({ seed, profile }) {
  hanging ??= `seed ${seed} (${profile}) has not ended after ${values['most-seconds']} s:\n  ${replayOf(seed)}`;
  for (const child of children) child.kill('SIGKILL');
}

async function worker(index, workers, kept, onProgress) {
  const child = fork(fileURLToPath(import.meta.url), [], {
    env: { ...process.env, COUNTERFOIL_SIMULATE: '1' },
    // There is a worker for each core: V8's own threads would only take it away. Most of what a run makes is soon
    // garbage, and most of its code is run often enough to be compiled at once: together some 2 % of the time.
    execArgv: [
      '--single-threaded',
      '--always-sparkplug',
      '--min-semi-space-size=64',
      '--max-semi-space-size=64',
    ],
  });
  const increments = Math.ceil(Number(values.increments) / workers);
  let report = null;
  let folder = null;
  const watch = createSeedWatch({ limitMs: 1_000 * Number(values['most-seconds']), onLate: endAll });
  children.add(child);
  child.on('message', (message) => {
    if (message.report) report = message.report;
    else if (message.running) {
      ({ folder } = message.running);
      watch.began(message.running);
    } else if (message.failure) {
      const { seed, profile, violations } = message.failure;
      say(
        `seed ${seed} (${profile}) breaks:\n${violations.slice(0, 3).map(told).join('\n')}\n  ${replayOf(seed)}`,
      );
    } else if (message.kept) kept.keep(index, message.kept);
    else onProgress(index, message.done);
  });
  child.send({
    root: values.root,
    firstSeed: kept.of(index)?.nextSeed ?? Number(values.seed) + index,
    ...(kept.of(index) ? { before: kept.of(index).report } : {}),
    step: workers,
    increments,
    stopAtFailure: values['stop-at-failure'],
    ...(values.profile ? { profile: values.profile } : {}),
    ...(values.drawn ? { drawn: values.drawn } : {}),
    ...(values['last-seed'] ? { lastSeed: Number(values['last-seed']) } : {}),
    ...(values['most-runs'] ? { mostRuns: Math.ceil(Number(values['most-runs']) / workers) } : {}),
  });
  const [code] = await once(child, 'exit');
  watch.ended();
  children.delete(child);
  // A worker that was killed has not cleared up, and its folder may lie in memory.
  if (report === null && folder !== null) rmSync(folder, { recursive: true, force: true });
  if (report === null && hanging !== null) throw new Refusal(hanging);
  if (report === null) throw new Error(`a worker ended with ${code} and no report`);
  return report;
}

async function many() {
  const { addFigures, noFigures } = await load('figures.ts');
  const { tableOf } = await load('table.ts');
  const workers = Number(values.workers);
  const kept = keeper(workers);
  const startedAtMs = performance.now();
  const done = Array.from({ length: workers }, (_, index) => kept.of(index)?.report.figures.increments ?? 0);
  const sumOf = (numbers) => numbers.reduce((left, right) => left + right, 0);
  const doneBefore = sumOf(done);
  let toldAtMs = startedAtMs;
  const onProgress = (index, increments) => {
    done[index] = increments;
    if (performance.now() - toldAtMs < 30_000) return;
    toldAtMs = performance.now();
    const sum = sumOf(done);
    say(`${sum} increments, ${Math.round((1_000 * (sum - doneBefore)) / (toldAtMs - startedAtMs))} a second`);
  };
  const reports = await Promise.all(done.map((_, index) => worker(index, workers, kept, onProgress)));
  const figures = noFigures();
  const faultKinds = {};
  for (const report of reports) {
    addFigures(figures, report.figures);
    for (const [kind, count] of Object.entries(report.faultKinds))
      faultKinds[kind] = (faultKinds[kind] ?? 0) + count;
  }
  const failures = reports.flatMap((report) => report.failures).sort((left, right) => left.seed - right.seed);
  const seconds = kept.secondsBefore + (performance.now() - startedAtMs) / 1_000;
  const totals = { seed: Number(values.seed), workers, seconds, figures, faultKinds };
  process.stdout.write(values.json ? `${JSON.stringify({ ...totals, failures })}\n` : tableOf(totals));
  if (failures.length > 0)
    say(
      `\n${failures.length} seeds break: ${failures
        .slice(0, 30)
        .map(({ seed }) => seed)
        .join(' ')}`,
    );
  return failures.length > 0 ? 1 : 0;
}

if (values.mutant !== undefined) values.root = (await load('mutants-copy.ts')).rootWith(values.mutant);

if (process.env.COUNTERFOIL_SIMULATE === '1' && process.send) {
  const [task] = await once(process, 'message');
  const { work } = await load('worker.ts');
  const report = await work(task, (message) => process.send(message));
  process.send({ report }, () => process.exit(0));
} else {
  await runMain(values.increments === undefined ? one : many);
}
