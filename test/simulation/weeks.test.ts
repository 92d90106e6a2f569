import { expect, test } from 'vitest';
import { countingAlone } from './weeks/counting-alone.ts';
import type { CallPolicy } from './weeks/policy.ts';
import { runWeek } from './weeks/run.ts';
import { shipped } from './weeks/shipped.ts';
import { missed } from './weeks/table.ts';
import { thrifty } from './weeks/thrifty.ts';
import { type World, worlds } from './weeks/worlds.ts';

/** Not the one of the table. */
const SEED = 2;

const named = (name: string): World => {
  const found = worlds.all.find((world) => world.name === name);
  if (found === undefined) throw new Error(`no world is called ${name}`);
  return found;
};
const chain = named('3 tills, first week');

test.each(worlds.small)('the goals can be met: $name, and no call but for what is needed', (world) => {
  expect(missed(runWeek(world, thrifty, SEED))).toEqual([]);
});

test.each(worlds.small)('what ships meets them: $name', (world) => {
  expect(missed(runWeek(world, shipped, SEED))).toEqual([]);
});

test('the simulator sees a chain that spends its first morning on pages of the directory', () => {
  const figures = runWeek(chain, countingAlone, SEED);
  expect(figures.days[0]?.uses.directory).toBeGreaterThan(chain.quota / 2);
  expect(figures.sameDay).toBeLessThan(0.5);
  expect(figures.heldBesidePages).toBeGreaterThan(0);
  expect(figures.doubled).toBe(0);
});

const changed = (name: string, change: Partial<ReturnType<CallPolicy['create']>>): CallPolicy => ({
  ...thrifty,
  name,
  create: (seen) => ({ ...thrifty.create(seen), ...change }),
});

test('it sees readings that nobody needs, a look before each that waited, and calls that are never made', () => {
  const reading = changed('reads each card', { mayCall: (use) => use !== 'directory' });
  const alone = named('1 till, no fault');
  expect(runWeek(alone, reading, SEED).readings).toBeGreaterThan(0.2);
  expect(runWeek(alone, thrifty, SEED).readings).toBe(0);
  const looking = changed('looks at all', { looksFirst: () => true });
  expect(runWeek(chain, looking, SEED).callsAnEntry).toBeGreaterThan(1.9);
  const refusing = changed('asks for no card', { mayCall: (use) => use === 'increment' });
  const refused = runWeek(chain, refusing, SEED);
  expect(refused.sameDay).toBeLessThan(0.5);
  expect(refused.turnedAway).toBeGreaterThan(100);
});

test('one seed is one run', () => {
  const world = named('3 tills, terminal, faults');
  expect(runWeek(world, countingAlone, SEED)).toEqual(runWeek(world, countingAlone, SEED));
});
