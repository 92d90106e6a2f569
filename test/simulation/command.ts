import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Totals, tableOf } from './table.ts';
import type { Failure } from './worker.ts';

const script = fileURLToPath(new URL('../../scripts/simulate.mjs', import.meta.url));

export interface Printed extends Totals {
  readonly failures: readonly Failure[];
}

/** The command as a person gives it; its totals go to the test's own output too. */
export async function simulate(...args: string[]): Promise<Printed> {
  const child = spawn(process.execPath, [script, '--json', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  await once(child, 'close');
  const printed = JSON.parse(text) as Printed;
  process.stdout.write(`\nnpm run -s simulate -- ${args.join(' ')}\n${tableOf(printed)}\n`);
  return printed;
}
