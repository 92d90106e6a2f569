// What `npm test` runs for every change, what CI adds to it by name (`npm test -- screens simulation torture bench`), and with
// `--deep` all the depth, nothing twice. Both take the names of parts. The last line is `N passed, N failed`;
// each check that is no test run counts as one. Torture goes beside what simulates: alone it keeps little more than one
// core busy.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal, root, runMain } from './lib/common.mjs';
import { addUp, countReport, troubleOf } from './lib/report.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'counterfoil-test-'));
const script = (name) => [process.execPath, join(root, 'scripts', name)];

/** A project of `vitest.config.ts`, or what of it `filter` names; run by another command where it needs one around it. */
const vitest = (project, around = [], filter = []) => {
  const report = join(scratch, `${[project, ...filter].join('-').replaceAll('/', '-')}.json`);
  const outside = join(root, 'scripts/lib/outside-reporter.mjs');
  const reporters = ['dot', 'json', outside].map((name) => `--reporter=${name}`);
  return {
    report,
    command: [
      ...around,
      'vitest',
      'run',
      '--project',
      project,
      ...filter,
      ...reporters,
      `--outputFile.json=${report}`,
    ],
  };
};

const build = [{ command: ['electron-vite', 'build', '--logLevel', 'warn'] }];
const inSession = script('session.mjs');
const withCompiler = script('torture.mjs');

const quick = {
  lint: [{ command: ['biome', 'ci', '.'] }, { command: ['oxlint', '--type-aware'] }],
  typecheck: [{ command: script('typecheck.mjs') }],
  build,
  unit: [vitest('unit')],
  electron: [vitest('electron', inSession)],
  screens: [vitest('electron-wide', inSession)],
  simulation: [vitest('simulation')],
  torture: [vitest('torture', withCompiler)],
  bench: [{ command: [...script('bench.mjs'), '--quick'] }],
};

/** What runs where no part is named: within six minutes. */
const forEveryChange = ['lint', 'typecheck', 'build', 'unit', 'electron'];

const deep = {
  build,
  unit: [vitest('unit-deep')],
  simulation: [vitest('simulation-deep')],
  torture: [vitest('torture-deep', withCompiler)],
  simulator: [vitest('simulator')],
  attacks: [vitest('electron-deep', inSession, ['test/electron/security'])],
  electron: [vitest('electron-deep', inSession, ['--exclude', 'test/electron/security/**'])],
  package: [{ command: [...script('package.mjs'), '--linux'] }, vitest('package-deep', inSession)],
};

/** What goes side by side; the first tells as it goes, the others when they have ended. */
const sideBySide = ['simulation', 'torture', 'simulator'];

async function run([command, ...args], label, isLive) {
  const heading = `\n── ${label}\n`;
  if (isLive) process.stdout.write(heading);
  const path = join(scratch, `${label}.log`);
  const log = isLive ? null : openSync(path, 'w');
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', log ?? 'inherit', log ?? 'pipe'],
    shell: process.platform === 'win32',
  });
  let said = '';
  child.stderr?.on('data', (piece) => {
    process.stderr.write(piece);
    said += piece;
  });
  const [exitCode] = await once(child, 'exit').catch(() => [1]);
  // What was left running may hold it open.
  child.stderr?.unref();
  if (log !== null) {
    closeSync(log);
    said = readFileSync(path, 'utf8');
    process.stdout.write(`${heading}${said}`);
  }
  // So V8 says why it ends a process.
  return { exitCode, fatal: said.match(/^# \S.*$/gm) ?? [] };
}

/** One command's share of the sum; a test run without a report, or red without a failed test, fails. */
async function runStep({ command, report }, label, isLive) {
  const { exitCode, fatal } = await run(command, label, isLive);
  if (!report) return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const text = existsSync(report) ? readFileSync(report, 'utf8') : null;
  const { failed, triedAgain } = troubleOf(text);
  return { ...countReport({ exitCode, text }), trouble: { failed: [...failed, ...fatal], triedAgain } };
}

const counts = [];
const told = [];
const times = [];

async function runPart(name, commands, isLive) {
  for (const step of commands) {
    const label = step.report ? name : `${name}: ${step.command.slice(0, 2).join(' ').replace(root, '.')}`;
    const count = await runStep(step, label, isLive);
    counts.push(count);
    const { failed, triedAgain } = count.trouble ?? { failed: [], triedAgain: [] };
    if (count.failed > 0) told.push(...[label, ...failed].map((line) => `failed: ${line}`));
    told.push(...triedAgain.map((line) => `passed at the second try: ${line}`));
  }
}

async function runTogether(parts, names) {
  const startedAtMs = performance.now();
  await Promise.all(names.map((name, index) => runPart(name, parts[name], index === 0)));
  const seconds = Math.round((performance.now() - startedAtMs) / 1_000);
  times.push(`${names.join(' and ')} ${seconds} s`);
}

await runMain(async () => {
  const asked = process.argv.slice(2).filter((word) => word !== '--deep');
  const parts = process.argv.includes('--deep') ? deep : quick;
  const unknown = asked.find((name) => !Object.hasOwn(parts, name));
  if (unknown) throw new Refusal(`no part is called ${unknown}; there are: ${Object.keys(parts).join(', ')}`);
  const all = parts === quick ? forEveryChange : Object.keys(parts);
  const names = Object.keys(parts).filter((name) => (asked.length === 0 ? all : asked).includes(name));
  const together = names.filter((name) => sideBySide.includes(name));
  for (const name of names) {
    if (!together.includes(name)) await runTogether(parts, [name]);
    else if (name === together[0]) await runTogether(parts, together);
  }
  rmSync(scratch, { recursive: true });
  const { passed, failed } = addUp(counts);
  process.stdout.write(`\n${times.join(', ')}\n`);
  if (told.length > 0) process.stdout.write(`\n${told.join('\n').replaceAll(`${root}/`, '')}\n`);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  return failed > 0 ? 1 : 0;
});
