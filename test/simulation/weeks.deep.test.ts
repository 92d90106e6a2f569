import { expect, test } from 'vitest';
import { runWeek } from './weeks/run.ts';
import { shipped, withFolder } from './weeks/shipped.ts';
import { missed } from './weeks/table.ts';
import { thrifty } from './weeks/thrifty.ts';
import { worlds } from './weeks/worlds.ts';

/** None of the table's. */
const seeds = [11, 12];

test.each(worlds.large)('the goals can be met in a chain: $name', (world) => {
  expect(missed(runWeek(world, thrifty, seeds[0] ?? 0))).toEqual([]);
});

test.each(worlds.large)('what ships meets them in a chain: $name', (world) => {
  expect(missed(runWeek(world, shipped, seeds[0] ?? 0))).toEqual([]);
});

test.each(worlds.chains.flatMap((world) => seeds.map((seed) => ({ ...world, seed }))))(
  'a chain with a folder meets them: $name, seed $seed',
  ({ seed, ...world }) => {
    expect(missed(runWeek(world, withFolder, seed))).toEqual([]);
  },
);

test.each(worlds.small.flatMap((world) => seeds.map((seed) => ({ ...world, seed }))))(
  'the goals can be met: $name, seed $seed',
  ({ seed, ...world }) => {
    expect(missed(runWeek(world, thrifty, seed))).toEqual([]);
  },
);
