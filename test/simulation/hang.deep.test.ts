import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { planted } from '../faults/faults.ts';
import { plant } from '../faults/plant.ts';
import { projectRoot } from '../faults/source-index.ts';
import { copyWith } from './mutants-copy.ts';

test('a seed that hangs in microtasks is named with the command that replays it, and all workers end', async () => {
  const root = copyWith('hangs', plant(planted('hangs-in-microtasks').changes));
  const script = join(projectRoot, 'scripts', 'simulate.mjs');
  const asked = ['--increments=1000', '--seed=40', '--workers=1', '--profile=nothing', '--most-seconds=2'];
  const child = spawn(process.execPath, [script, `--root=${root}`, ...asked], {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 120_000,
    killSignal: 'SIGKILL',
  });
  let printed = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    printed += part;
  });
  // Its standard error is the workers' too: closed says that they are gone.
  const [code] = (await once(child, 'close')) as unknown[];
  expect(printed).toContain('seed 40 (nothing) has not ended after 2 s');
  expect(printed).toContain('npm run -s simulate -- --seed=40 --profile=nothing');
  expect(code).toBe(1);
});
