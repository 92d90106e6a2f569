import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { onceNobodyWaits } from '../../main/trial/whoever-waits.ts';
import { createTestClock } from '../kit/clock.ts';

function trial(platform: NodeJS.Platform) {
  const clock = createTestClock();
  const line = new PassThrough();
  const running = new Set([4_711]);
  const gone: string[] = [];
  onceNobodyWaits(
    { platform, clock, line, starter: 4_711, isRunning: (pid) => running.has(pid) },
    () => void gone.push('gone'),
  );
  return { clock, line, running, gone: () => gone.length };
}

it('a trial hears by its line that nobody waits any more', async () => {
  const { line, gone } = trial('linux');
  expect(gone()).toBe(0);
  line.end();
  await expect.poll(gone).toBe(1);
});

it('a trial on Windows, where the line is at its end from the beginning, looks for who has started it', async () => {
  const { clock, line, running, gone } = trial('win32');
  line.end();
  clock.advance(60_000);
  expect(gone()).toBe(0);
  running.clear();
  clock.advance(60_000);
  expect(gone()).toBe(1);
});
