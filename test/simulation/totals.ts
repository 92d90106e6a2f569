import { expect } from 'vitest';
import type { Printed } from './command.ts';
import type { ProfileName } from './scenario.ts';

/** Runs within the bounds, however many: nothing broke. */
export function expectNothingBroken({ figures, failures }: Printed): void {
  expect(failures.map(({ seed }) => seed)).toEqual([]);
  const { lost, doubled, wronglyConfirmed, wronglyCancelled, outOfOrder, otherViolations } = figures;
  expect({ lost, doubled, wronglyConfirmed, wronglyCancelled, outOfOrder, otherViolations }).toEqual({
    ...{ lost: 0, doubled: 0, wronglyConfirmed: 0, wronglyCancelled: 0, outOfOrder: 0, otherViolations: 0 },
  });
}

/** What a host is proven to do decides by itself, always; where nothing is proven a person is asked, always. */
export function expectPromisesKept({ figures }: Printed): void {
  const { duplicates, log, nothing } = figures.unknown;
  // A proven host decides all by itself, a proven log all that were applied.
  expect(duplicates.promised).toBeGreaterThan(0);
  expect(duplicates.kept).toBe(duplicates.promised);
  expect(log.promised).toBeGreaterThan(0);
  expect(log.kept).toBe(log.promised);
  // Everywhere else a person is asked about every one.
  expect(nothing.alone).toBe(0);
  expect(nothing.review + nothing.unread).toBe(nothing.unknowns);
}

/** A person is accused of nothing that the host did as it was told: of ten thousand entries at most one is asked about so. */
export function expectFewWrongQuestions({ figures }: Printed, world: ProfileName): void {
  const { entries, wrong } = figures.questions[world];
  expect(entries).toBeGreaterThan(0);
  expect(wrong, JSON.stringify(figures.wrongQuestions)).toBeLessThanOrEqual(Math.ceil(entries / 10_000));
}
