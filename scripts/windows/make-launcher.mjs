// Compiles the launcher (build/windows/*.c). 32-bit for a release: so it runs on x64 and on arm64.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Refusal, ran, root } from '../lib/common.mjs';
import { ensureSystemPackages } from '../lib/system.mjs';

const sources = join(root, 'build', 'windows');
const libraries = ['bcrypt', 'ole32', 'uuid', 'shell32'].map((name) => `-l${name}`);
const isThere = (tool) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).error === undefined;

function run(tool, args) {
  if (!ran(tool, args)) throw new Refusal(`${tool} failed`);
}

/** Makes sure of the compiler for Windows: 'i686' or 'x86_64'. */
export function ensureCompiler(processor) {
  const tool = `${processor}-w64-mingw32-gcc`;
  if (isThere(tool)) return;
  ensureSystemPackages(['mingw']);
  if (!isThere(tool))
    throw new Refusal(
      `${tool} is missing: install mingw-w64 (on Windows: MSYS2, ${processor}) and start again`,
    );
}

/**
 * @param {string} file where the launcher is written
 * @param {'i686' | 'x86_64'} processor
 */
export function makeLauncher(file, processor = 'i686') {
  ensureCompiler(processor);
  mkdirSync(dirname(file), { recursive: true });
  const working = mkdtempSync(join(tmpdir(), 'counterfoil-launcher-'));
  const resources = join(working, 'resources.o');
  try {
    compile(processor, resources, file);
  } finally {
    rmSync(working, { recursive: true });
  }
}

function compile(processor, resources, file) {
  const units = readdirSync(sources)
    .filter((name) => name.endsWith('.c'))
    .map((name) => join(sources, name));
  run(`${processor}-w64-mingw32-windres`, [
    '-I',
    join(root, 'build'),
    join(sources, 'launcher.rc'),
    resources,
  ]);
  const strict = ['-std=c11', '-Wall', '-Wextra', '-Werror'];
  const kind = ['-Os', '-s', '-static', '-municode', '-mwindows'];
  run(`${processor}-w64-mingw32-gcc`, [...strict, ...kind, ...units, resources, '-o', file, ...libraries]);
}
