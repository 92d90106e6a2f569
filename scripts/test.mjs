// What `npm test` runs: every check there is, or those named (`npm test -- unit`). The last line
// is `N passed, N failed`; each check that is no test run counts as one.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
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
  electron: [{ ...electron, command: [...session, ...electron.command], mayBeEmpty: true }],
};

async function run([command, ...args]) {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  const [code] = await once(child, 'exit').catch(() => [1]);
  return code;
}

/** One command's share of the sum; a test run without a report, or red without a failed test, fails. */
async function runStep({ command, report, mayBeEmpty = false }) {
  const exitCode = await run(command);
  if (!report) return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const text = existsSync(report) ? readFileSync(report, 'utf8') : null;
  return countReport({ exitCode, text, mayBeEmpty });
}

await runMain(async () => {
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !Object.hasOwn(steps, name));
  if (unknown)
    throw new Refusal(`no check is called ${unknown}; there are: ${Object.keys(steps).join(', ')}`);
  const counts = [];
  const broken = [];
  for (const name of Object.keys(steps).filter((step) => asked.length === 0 || asked.includes(step))) {
    for (const step of steps[name]) {
      const label = step.report ? name : `${name}: ${step.command.slice(0, 2).join(' ').replace(root, '.')}`;
      process.stdout.write(`\n── ${label}\n`);
      const count = await runStep(step);
      counts.push(count);
      if (count.failed > 0) broken.push(label);
    }
  }
  rmSync(scratch, { recursive: true });
  const { passed, failed } = addUp(counts);
  if (broken.length > 0) process.stdout.write(`\nfailed: ${broken.join(', ')}\n`);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  return failed > 0 ? 1 : 0;
});
