// `npm run windows:evidence`: on a Windows PC all that Wine cannot show, and the rows of docs/release-evidence.md that say so.
// With `-- --installer=FILE` also a release's own installer: signatures, a silent install, a changed archive, the way out.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { release, tmpdir, version } from 'node:os';
import { join, resolve } from 'node:path';
import { Refusal, root, runMain } from './lib/common.mjs';
import { countReport, troubleOf } from './lib/report.mjs';

const limitMs = 20 * 60_000;
const place = () => `${version()} (${release()}), ${process.arch}, ${new Date().toISOString().slice(0, 10)}`;

/** A row of the page. */
export const rowOf = ({ what, how, problem }, where) =>
  `| ${what} | ${how} | ${problem === null ? 'PASSED' : `FAILED: ${problem.replaceAll('|', '/')}`} on ${where} |`;

const npmRun = (...words) =>
  spawnSync('npm', ['run', '-s', ...words], { cwd: root, stdio: 'inherit', shell: true, timeout: limitMs })
    .status;

/** The window's tests, each a row of its own. */
function windowRows() {
  const scratch = mkdtempSync(join(tmpdir(), 'counterfoil-evidence-'));
  const report = join(scratch, 'report.json');
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'windows-evidence'];
  spawnSync(process.execPath, [...args, '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`], {
    ...{ cwd: root, stdio: 'inherit', timeout: limitMs },
  });
  const text = existsSync(report) ? readFileSync(report, 'utf8') : null;
  rmSync(scratch, { recursive: true });
  const files = text === null ? [] : JSON.parse(text).testResults;
  const how = '`npm run windows:evidence`';
  const rows = files.flatMap((file) =>
    file.assertionResults.map(({ fullName, status, failureMessages = [] }) => ({
      ...{ what: fullName, how },
      problem: status === 'passed' ? null : (failureMessages[0] ?? status).split('\n', 1)[0],
    })),
  );
  const { failed } = countReport({ exitCode: 0, text });
  if (rows.length > 0 && failed <= rows.filter(({ problem }) => problem !== null).length) return rows;
  return [
    ...rows,
    { what: 'the window', how, problem: troubleOf(text).failed[0] ?? 'no report was written' },
  ];
}

function partRow(name, what) {
  const how = `\`npm run test:windows -- ${name}\``;
  const status = npmRun('test:windows', '--', name);
  return { what, how, problem: status === 0 ? null : `ended with ${status}` };
}

const powershell = (command, env) =>
  spawnSync('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', command], {
    ...{ encoding: 'utf8', timeout: 60_000, env: { ...process.env, PSModulePath: '', ...env } },
  });

/** Null where Windows vouches for the file. */
function signatureProblem(path) {
  const command = '(Get-AuthenticodeSignature -LiteralPath $env:EVIDENCE_FILE).Status';
  const said = (powershell(command, { EVIDENCE_FILE: path }).stdout ?? '').trim();
  return said === 'Valid' ? null : `${path}: ${said || 'Windows says nothing of it'}`;
}

async function codeOf(program, args) {
  const child = spawn(program, args, { stdio: 'ignore', timeout: limitMs });
  const [code] = await once(child, 'exit').catch((error) => [error.message]);
  return code;
}

const versionFolder = (place) => join(place, readFileSync(join(place, 'current'), 'utf8').trim());

/** A program whose archive was changed by a byte does not start; the byte is put back. */
async function archiveProblem(place) {
  const folder = versionFolder(place);
  const archive = join(folder, 'resources', 'app.asar');
  const bytes = readFileSync(archive);
  const changed = Buffer.from(bytes);
  changed[changed.length - 100] ^= 1;
  writeFileSync(archive, changed);
  try {
    const code = await codeOf(join(folder, 'Counterfoil.exe'), ['--unsent']);
    return code === 0 || code === 3 ? 'it started with a changed archive' : null;
  } finally {
    writeFileSync(archive, bytes);
  }
}

async function installerRows(installer) {
  const local = process.env['LOCALAPPDATA'] ?? '';
  const place = join(local, 'Programs', 'counterfoil');
  if (existsSync(join(local, 'Counterfoil')) || existsSync(place))
    throw new Refusal('a till is set up on this PC: look at an installer on another one');
  const how = '`npm run windows:evidence -- --installer=FILE`';
  const rows = [];
  const row = (what, problem) => rows.push({ what, how, problem });
  const code = await codeOf(installer, ['/S']);
  row('a silent install by the release itself', code === 0 ? null : `ended with ${code}`);
  if (code !== 0) return rows;
  const launcher = join(place, 'Counterfoil.exe');
  const files = [
    installer,
    launcher,
    join(place, 'uninstall.exe'),
    join(versionFolder(place), 'Counterfoil.exe'),
  ];
  row(
    'signatures: installer, launcher, uninstaller, program',
    files.map(signatureProblem).find(Boolean) ?? null,
  );
  row('archive integrity: a changed byte of app.asar is refused', await archiveProblem(place));
  const unsent = await codeOf(launcher, ['--unsent']);
  row('`--unsent` through the launcher', unsent === 0 ? null : `ended with ${unsent}`);
  const gone = await codeOf(launcher, ['--launcher', 'uninstall', '/S']);
  const left = existsSync(place) ? 'its folder is still there' : null;
  row('a silent uninstall leaves nothing of the program', gone === 0 ? left : `ended with ${gone}`);
  return rows;
}

await runMain(async () => {
  if (process.platform !== 'win32')
    throw new Refusal('this is for a Windows PC; elsewhere: npm run test:windows');
  const given = process.argv.slice(2).find((word) => word.startsWith('--installer='));
  const fromFile = given ? await installerRows(resolve(given.slice('--installer='.length))) : [];
  if (npmRun('build') !== 0) throw new Refusal('the app could not be built');
  const rows = [
    ...windowRows(),
    partRow('unit', 'the unit tests under Windows’ Node'),
    partRow('disk', 'kills and held files under Windows’ Node'),
    ...fromFile,
  ];
  const where = place();
  process.stdout.write(`\n${rows.map((row) => rowOf(row, where)).join('\n')}\n`);
  const failed = rows.filter(({ problem }) => problem !== null).length;
  process.stdout.write(`\n${rows.length - failed} passed, ${failed} failed\n`);
  return failed > 0 ? 1 : 0;
});
