import { describe, expect, it } from 'vitest';
import { dayMutants } from './mutants.ts';
import { drawDay } from './plan.ts';
import { runDay } from './run-day.ts';

const A_DAY_MS = 120_000;

describe.each(dayMutants)('$name: $says', ({ seed, inject }) => {
  it(
    'is found',
    async () => {
      const { problems } = await runDay(drawDay(seed), { inject });
      expect(problems.length).toBeGreaterThan(0);
      // Told as a figure that is not so, not as something that fell over.
      expect(problems.every(({ what }) => /\bis\b|\bare\b|leads to|told/.test(what))).toBe(true);
    },
    A_DAY_MS,
  );
});

it.each([...new Set(dayMutants.map(({ seed }) => seed))])(
  'day %i passes without any of them',
  async (seed) => {
    expect((await runDay(drawDay(seed))).problems).toEqual([]);
  },
  A_DAY_MS,
);
