import { expect, test } from 'vitest';
import { runWeek } from './weeks/run.ts';
import { shipped } from './weeks/shipped.ts';
import { missed } from './weeks/table.ts';
import { worlds } from './weeks/worlds.ts';

/** None of the table's. */
const seeds = [11, 12];

test.each(worlds.large)('what ships meets them in a chain: $name', (world) => {
  expect(missed(runWeek(world, shipped, seeds[0] ?? 0))).toEqual([]);
});

test.each(worlds.small.flatMap((world) => seeds.map((seed) => ({ ...world, seed }))))(
  'what ships meets them: $name, seed $seed',
  ({ seed, ...world }) => {
    expect(missed(runWeek(world, shipped, seed))).toEqual([]);
  },
);
