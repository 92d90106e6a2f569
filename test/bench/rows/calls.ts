import { runWeek, sumOf } from '../../simulation/weeks/run.ts';
import { shipped, withFolder } from '../../simulation/weeks/shipped.ts';
import { goals } from '../../simulation/weeks/table.ts';
import { type World, worlds } from '../../simulation/weeks/worlds.ts';
import { atLeast, atMost, type Figure } from '../figure.ts';
import type { Row } from '../row.ts';

const SEED = 1;

/** Weeks of one account in virtual time: the same on every machine, so that `npm test` holds them and no bound does. */
const figuresOf = (world: World, policy = shipped): readonly Figure[] => {
  const of = runWeek(world, policy, SEED);
  const name = (what: string) => ({ name: `${what}: ${world.name}`, bound: null });
  return [
    {
      ...name('calls but those needed'),
      ...{ unit: 'calls', ours: of.callsAnEntry * of.arrived, against: of.arrived },
      ...{ beside: 'entries that arrived', goal: atMost(goals.callsAnEntry) },
    },
    {
      ...name('arrived the same day'),
      ...{ unit: 'entries', ours: sumOf(of.arrivedSameDay), against: sumOf(of.ideal.sameDay) },
      ...{ beside: 'all demand known', goal: atLeast(goals.sameDay) },
    },
    {
      ...name('backlog gone later by'),
      ...{ unit: 'days', ours: of.daysBehind, against: goals.daysBehind },
      ...{ beside: 'limit', goal: atMost(1), detail: true },
    },
    {
      ...name('held on days with pages'),
      ...{ unit: 'entries', ours: of.heldBesidePages, against: 0 },
      ...{ beside: 'none', goal: atMost(1), detail: true },
    },
  ];
};

/** What a till, or a chain on one account, makes of the account's calls. */
export const callsRow: Row = {
  name: 'calls',
  measure: (bench) =>
    Promise.resolve([
      ...(bench.quick ? worlds.small : worlds.one).flatMap((world) => figuresOf(world)),
      ...(bench.quick ? [] : worlds.chains.flatMap((world) => figuresOf(world, withFolder))),
    ]),
};
