import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type Totals, tableOf } from './table.ts';
import type { Failure } from './worker.ts';

const script = fileURLToPath(new URL('../../scripts/simulate.mjs', import.meta.url));

interface Told extends Totals {
  readonly failures: readonly Failure[];
}

/** The command as a person gives it; its totals go to the test's own output too. */
async function simulate(...args: string[]): Promise<Told> {
  const child = spawn(process.execPath, [script, '--json', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  await once(child, 'close');
  const told = JSON.parse(text) as Told;
  process.stdout.write(`\nnpm run -s simulate -- ${args.join(' ')}\n${tableOf(told)}\n`);
  return told;
}

test('three hundred thousand increments: nothing lost, doubled, wrongly decided or out of order', async () => {
  // A little more than asked, for ten thousand crashes.
  const { figures, failures } = await simulate('--increments=303000', '--seed=1', '--workers=2');
  expect(failures.map(({ seed }) => seed)).toEqual([]);
  expect(figures.increments).toBeGreaterThanOrEqual(300_000);
  expect(figures.faults).toBeGreaterThanOrEqual(100_000);
  expect(figures.crashes).toBeGreaterThanOrEqual(10_000);
  const { lost, doubled, wronglyConfirmed, wronglyCancelled, outOfOrder, otherViolations } = figures;
  expect({ lost, doubled, wronglyConfirmed, wronglyCancelled, outOfOrder, otherViolations }).toEqual({
    ...{ lost: 0, doubled: 0, wronglyConfirmed: 0, wronglyCancelled: 0, outOfOrder: 0, otherViolations: 0 },
  });

  const { duplicates, log, single, nothing } = figures.unknown;
  // A proven host decides all by itself, a proven log all that were applied.
  expect(duplicates.promised).toBeGreaterThan(0);
  expect(duplicates.kept).toBe(duplicates.promised);
  expect(log.promised).toBeGreaterThan(0);
  expect(log.kept).toBe(log.promised);
  expect(single.kept / single.promised).toBeGreaterThanOrEqual(0.99);
  // Everywhere else a person is asked about every one, with the right advice.
  expect(nothing.alone).toBe(0);
  expect(nothing.review + nothing.unread).toBe(nothing.unknowns);
  const advised = nothing.right + nothing.unclear + nothing.wrong;
  expect(nothing.right / advised).toBeGreaterThanOrEqual(0.99);
});

test('beyond the bounds, where doubles happen, a manager is told of them', async () => {
  const { figures } = await simulate('--increments=6000', '--seed=1', '--workers=1', '--profile=beyond');
  expect(figures.doubled).toBeGreaterThan(50);
  expect(figures.detected / figures.doubled).toBeGreaterThanOrEqual(0.98);
});
