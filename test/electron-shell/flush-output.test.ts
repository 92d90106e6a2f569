import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { flushOutput } from '../../main/app/electron/flush-output.ts';
import { itOnPosix } from '../kit/posix.ts';

/** Far more than a pipe holds. */
const BYTES = 4_000_000;

const program = (before: string) => `
  const { flushOutput } = await import(${JSON.stringify(new URL('../../main/app/electron/flush-output.ts', import.meta.url).href)});
  process.stdout.write('x'.repeat(${BYTES}));
  ${before}
  process.exit(3);
`;

function started(before: string) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program(before)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { child, ended: once(child, 'close') };
}

test('what a command has printed reaches a slow reader whole before the program ends', async () => {
  const { child, ended } = started('await flushOutput();');
  let bytes = 0;
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) bytes += chunk.length;
  expect([bytes, (await ended)[0]]).toEqual([BYTES, 3]);
});

// Where a pipe holds its writer up until somebody reads, nothing is taken away.
itOnPosix('an end that does not wait takes most of it away', async () => {
  const { child, ended } = started('');
  await once(child, 'exit');
  let bytes = 0;
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) bytes += chunk.length;
  await ended;
  expect(bytes).toBeLessThan(BYTES);
});

test('a reader that has gone holds nobody', async () => {
  const { child, ended } = started('await flushOutput();');
  child.stdout.destroy();
  expect((await ended)[0]).toBe(3);
});

test('a stream as Electron has it on Windows, which takes a callback in the third place alone, holds nobody', async () => {
  const said: unknown[] = [];
  const stream = new Writable();
  stream.write = (chunk: unknown, _encoding?: unknown, callback?: unknown) => {
    said.push(chunk);
    if (typeof callback === 'function') callback();
    return true;
  };
  await flushOutput([stream]);
  expect(said).toEqual(['']);
});
