import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildOneFile, builtFolder } from '../../kit/one-file.ts';

const builtHere = join(builtFolder, 'torture');
export const builtFile = (name: string): string => join(builtHere, name);
export const childFile = builtFile('child.cjs');
export const shimFile = builtFile('shim.so');
export const forkFile = builtFile('fork.node');

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
  mkdirSync(builtHere, { recursive: true });
  await buildOneFile(join(import.meta.dirname, '../child.ts'), childFile);
  if (process.platform !== 'linux') return;
  compile('shim.c', shimFile);
  compile('fork.c', forkFile);
}
