// What `npm test` runs: every check there is, or those named (`npm test -- unit`). The last line
// is `N passed, N failed`; each check that is no test run counts as one. Simulation and torture go side by
// side: alone torture keeps little more than one core busy, and CI's time is theirs most of all.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal, root, runMain } from './lib/common.mjs';
import { addUp, countReport } from './lib/report.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'counterfoil-test-'));
const session = [process.execPath, join(root, 'scripts', 'session.mjs')];

const vitest = (project, ...flags) => {
  const report = join(scratch, `${project}.json`);
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
  return { report, command: ['vitest', 'run', '--project', project, ...reporters, ...flags] };
};

const electron = vitest('electron', '--passWithNoTests');
const torture = vitest('torture');
const steps = {
  lint: [{ command: ['biome', 'ci', '.'] }, { command: ['oxlint', '--type-aware'] }],
  typecheck: [{ command: [process.execPath, join(root, 'scripts', 'typecheck.mjs')] }],
  build: [{ command: ['electron-vite', 'build', '--logLevel', 'warn'] }],
  unit: [vitest('unit')],
  simulation: [vitest('simulation')],
  torture: [
    { ...torture, command: [process.execPath, join(root, 'scripts', 'torture.mjs'), ...torture.command] },
  ],
  simulator: [vitest('simulator')],
  electron: [{ ...electron, command: [...session, ...electron.command], mayBeEmpty: true }],
};

/** What goes side by side; the first tells as it goes, the others when they have ended. */
const sideBySide = ['simulation', 'torture'];

async function run([command, ...args], label, isLive) {
  const heading = `\n── ${label}\n`;
  if (isLive) process.stdout.write(heading);
  const log = isLive ? null : openSync(join(scratch, 'log'), 'w+');
  const output = log ?? 'inherit';
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', output, output],
    shell: process.platform === 'win32',
  });
  const [code] = await once(child, 'exit').catch(() => [1]);
  if (log !== null) {
    closeSync(log);
    process.stdout.write(`${heading}${readFileSync(join(scratch, 'log'), 'utf8')}`);
  }
  return code;
}

/** One command's share of the sum; a test run without a report, or red without a failed test, fails. */
async function runStep({ command, report, mayBeEmpty = false }, label, isLive) {
  const exitCode = await run(command, label, isLive);
  if (!report) return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const text = existsSync(report) ? readFileSync(report, 'utf8') : null;
  return countReport({ exitCode, text, mayBeEmpty });
}

const counts = [];
const broken = [];

async function runSteps(name, isLive) {
  for (const step of steps[name]) {
    const label = step.report ? name : `${name}: ${step.command.slice(0, 2).join(' ').replace(root, '.')}`;
    const count = await runStep(step, label, isLive);
    counts.push(count);
    if (count.failed > 0) broken.push(label);
  }
}

async function runTogether(names) {
  const startedAtMs = performance.now();
  await Promise.all(names.map((name, index) => runSteps(name, index === 0)));
  const seconds = Math.round((performance.now() - startedAtMs) / 1_000);
  process.stdout.write(`\n${names.join(' and ')}: ${seconds} s\n`);
}

await runMain(async () => {
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !Object.hasOwn(steps, name));
  if (unknown)
    throw new Refusal(`no check is called ${unknown}; there are: ${Object.keys(steps).join(', ')}`);
  const names = Object.keys(steps).filter((step) => asked.length === 0 || asked.includes(step));
  const together = names.filter((name) => sideBySide.includes(name));
  for (const name of names) {
    if (!together.includes(name)) await runSteps(name, true);
    else if (name === together[0]) await runTogether(together);
  }
  rmSync(scratch, { recursive: true });
  const { passed, failed } = addUp(counts);
  if (broken.length > 0) process.stdout.write(`\nfailed: ${broken.join(', ')}\n`);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  return failed > 0 ? 1 : 0;
});
