import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '..', '..', '..');
/** Inside node_modules, so that what stays outside the bundle is found. */
export const builtFolder = join(root, 'node_modules', '.cache', 'counterfoil', 'torture');
export const childFile = join(builtFolder, 'child.cjs');
export const shimFile = join(builtFolder, 'shim.so');
export const forkFile = join(builtFolder, 'fork.node');

/** The child as one file: a process that starts in a tenth of a second dies often. */
async function buildChild(): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: join(import.meta.dirname, '..', 'child.ts'),
      target: 'node24',
      outDir: builtFolder,
      emptyOutDir: false,
      minify: true,
      copyPublicDir: false,
      rollupOptions: { output: { entryFileNames: 'child.cjs', format: 'cjs', codeSplitting: false } },
    },
  });
}

function compile(name: string, to: string): void {
  const source = join(import.meta.dirname, '..', name);
  const flags = ['-O2', '-shared', '-fPIC', '-Wall', '-Werror'];
  const { status, error, stderr } = spawnSync('cc', [...flags, '-o', to, source, '-ldl', '-lpthread'], {
    encoding: 'utf8',
  });
  if (error)
    throw new Error('torture needs a C compiler as `cc`: run it as `npm run torture`, which gets one');
  if (status !== 0) throw new Error(stderr);
}

/** Runs once before the torture tests. */
export default async function setUp(): Promise<void> {
  mkdirSync(builtFolder, { recursive: true });
  await buildChild();
  if (process.platform !== 'linux') return;
  compile('shim.c', shimFile);
  compile('fork.c', forkFile);
}
