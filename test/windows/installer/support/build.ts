// Made once for all files of this folder: a till of three versions, and their installers.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureWine, makePrefix } from '../../../../scripts/lib/wine.mjs';
import { makeInstaller } from '../../../../scripts/windows/make-installer.mjs';
import { ensureCompiler, makeLauncher } from '../../../../scripts/windows/make-launcher.mjs';

const root = resolve(import.meta.dirname, '../../../..');
const standIns = join(root, 'test', 'windows', 'stand-ins');

/** Where everything that is made lies. */
export const made = join(root, 'node_modules', '.cache', 'counterfoil', 'windows-installer');
export const versions = ['0.1.0', '0.2.0', '0.3.0'] as const;
export type TillVersion = (typeof versions)[number];
/** Programs that are put into each Windows, for what is done to a set-up there. */
export const tools = join(made, 'tools');
export const setUpOf = (version: TillVersion): string => join(made, `${version}.exe`);
export const programOf = (version: TillVersion): string => join(made, version);

/** The limit of the set-ups that are made here, so that no test waits for minutes. */
export const proveLimitMs = 3_000;

function compile(source: string, file: string, flags: readonly string[]): void {
  const strict = ['-Os', '-s', '-static', '-municode', '-std=c11', '-Wall', '-Wextra', '-Werror'];
  execFileSync('x86_64-w64-mingw32-gcc', [...strict, ...flags, join(standIns, source), '-o', file]);
}

/** Bytes that do not pack, the same in each run. */
function noise(seed: string, bytes: number): Buffer {
  const blocks = Array.from({ length: bytes / 32 }, (_, at) =>
    createHash('sha256').update(`${seed} ${at}`).digest(),
  );
  return Buffer.concat(blocks);
}

function makeProgram(version: TillVersion): void {
  const folder = programOf(version);
  const resources = join(folder, 'resources');
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(resources, 'app.asar.unpacked'), { recursive: true });
  compile('till.c', join(folder, 'Counterfoil.exe'), ['-mwindows', `-DVERSION="${version}"`]);
  writeFileSync(join(resources, 'app.asar'), noise(version, 2 << 20));
  writeFileSync(join(resources, 'app.asar.unpacked', 'native.node'), noise(`${version} native`, 1 << 18));
  for (const name of ['ffmpeg.dll', 'icudtl.dat', 'resources.pak', 'v8_context_snapshot.bin'])
    writeFileSync(join(folder, name), noise(`${version} ${name}`, 1 << 17));
  for (let at = 0; at < 20; at += 1)
    writeFileSync(join(folder, 'locales', `${at}.pak`), noise(`${version} ${at}`, 1 << 13));
}

export default function setup(): void {
  rmSync(made, { recursive: true, force: true });
  mkdirSync(tools, { recursive: true });
  ensureWine();
  // What all of them are copies of is made here, once.
  makePrefix(join(made, 'first'));
  ensureCompiler('x86_64');
  const launcher = join(made, 'launcher.exe');
  makeLauncher(launcher, 'x86_64');
  for (const name of ['hold', 'press']) compile(`${name}.c`, join(tools, `${name}.exe`), []);
  for (const version of versions) {
    makeProgram(version);
    const folder = join(made, `${version}-packed`);
    cpSync(programOf(version), folder, { recursive: true });
    makeInstaller({ folder, version, file: setUpOf(version), test: { proveLimitMs, launcher } });
  }
}
