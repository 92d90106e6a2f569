import { expect, test } from 'vitest';
import type { OtherTill } from '../../main/hosts/calls/other-tills.ts';
import { countingAlone } from './weeks/counting-alone.ts';
import type { CallPolicy } from './weeks/policy.ts';
import { runWeek } from './weeks/run.ts';
import { shipped, withFolder } from './weeks/shipped.ts';
import { missed } from './weeks/table.ts';
import { thrifty } from './weeks/thrifty.ts';
import { type World, worlds } from './weeks/worlds.ts';

/** Not the one of the table. */
const SEED = 2;

const named = (name: string): World => {
  const found = [...worlds.one, ...worlds.chains].find((world) => world.name === name);
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

const isSmall = ({ tills }: World) => tills < 80;

test.each(worlds.chains.filter(isSmall))('a chain with a folder meets them: $name', (world) => {
  const [alone, told] = [runWeek(world, shipped, SEED), runWeek(world, withFolder, SEED)];
  expect(missed(told)).toEqual([]);
  // Who only asks is answered, where calls are left by anybody.
  const most = Math.max(1.75 * told.ideal.unanswered, 0.95 * alone.unanswered);
  expect(told.unanswered).toBeLessThan(most);
});

/** Tills that say something else of themselves. */
function saying(change: (of: OtherTill) => OtherTill): CallPolicy {
  const create: CallPolicy['create'] = (seen) => {
    let [heard, changed]: (readonly OtherTill[])[] = [[], []];
    const others = () => {
      if (heard !== seen.others()) [heard, changed] = [seen.others(), seen.others().map(change)];
      return changed ?? [];
    };
    return withFolder.create({ ...seen, others });
  };
  return { ...withFolder, create };
}
const withDays = (change: Partial<OtherTill['days'][number]>) => (of: OtherTill) => ({
  ...of,
  days: of.days.map((day) => ({ ...day, ...change })),
});

test('it sees shares that are not by what was sold, calls of others that are not counted, and needs that are not kept for', () => {
  const [free, spent] = [named('3 unequal tills'), named('12 unequal tills')];
  const told = runWeek(free, withFolder, SEED).unanswered;
  expect(runWeek(free, saying(withDays({ entries: 500 })), SEED).unanswered).toBeGreaterThan(1.5 * told);
  expect(missed(runWeek(spent, saying(withDays({ calls: 0 })), SEED))).not.toEqual([]);
  expect(
    missed(
      runWeek(
        spent,
        saying((of) => ({ ...of, needed: 0 })),
        SEED,
      ),
    ),
  ).not.toEqual([]);
});

test.each([1e9, 1_200])('a chain goes on where each other till says that it made %d calls', (calls) => {
  const world = named('12 unequal tills');
  const { daysBehind, doubled, sameDay } = runWeek(world, saying(withDays({ calls })), SEED);
  // An entry of the last evening may wait when the shop closes; none waits longer than a night.
  expect(daysBehind).toBeLessThanOrEqual(1);
  expect(doubled).toBe(0);
  expect(sameDay).toBeGreaterThan(0.95);
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
