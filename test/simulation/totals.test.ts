import { expect, test } from 'vitest';
import { simulate } from './command.ts';

test('three hundred thousand increments: nothing lost, doubled, wrongly decided or out of order', async () => {
  const { figures, failures } = await simulate('--increments=320000', '--seed=1', '--workers=2');
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
