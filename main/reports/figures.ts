import { type Figures, standardTenders } from '../../preload/contract/index.ts';
import type { DayGroup } from '../outbox/day-groups.ts';
import { fromScaled } from '../outbox/scaled.ts';

/** What the entries of a day come to, and who was topped up. */
export interface DaySums {
  readonly groups: readonly DayGroup[];
  readonly members: readonly number[];
}

/** What was refused or cancelled was given back. */
const isGivenBack = ({ state }: DayGroup): boolean => state === 'rejected' || state === 'cancelled';
const isReversal = ({ kind }: DayGroup): boolean => kind === 'reversal';
const isTopUp = ({ kind }: DayGroup): boolean => kind === 'top-up';
const isUnsettled = (group: DayGroup): boolean => group.state !== 'confirmed' && !isGivenBack(group);

type Part = 'principal' | 'bonus' | 'points';

const totalOf = (groups: readonly DayGroup[], part: Part): bigint =>
  groups.reduce((sum, group) => sum + group[part], 0n);
const entriesOf = (groups: readonly DayGroup[]): number =>
  groups.reduce((sum, { entries }) => sum + entries, 0);
const told = (sum: bigint) => fromScaled(String(sum));
const sumsOf = (groups: readonly DayGroup[]) => ({
  entries: entriesOf(groups),
  principal: told(totalOf(groups, 'principal')),
});

/** As every till knows them, then the shop's own; last what nobody was asked about. */
function placeOf(tender: string | null): number {
  if (tender === null) return standardTenders.length + 1;
  const known = standardTenders.indexOf(tender as (typeof standardTenders)[number]);
  return known < 0 ? standardTenders.length : known;
}

function tendersOf(groups: readonly DayGroup[]): Figures['tenders'] {
  const ofMoney = groups.filter(({ tender, principal }) => tender !== null || principal !== 0n);
  const found = [...new Set(ofMoney.map(({ tender }) => tender))];
  return found
    .sort((one, other) => placeOf(one) - placeOf(other) || ((one ?? '') < (other ?? '') ? -1 : 1))
    .map((tender) => {
      const of = ofMoney.filter((group) => group.tender === tender);
      return { tender, entries: entriesOf(of), net: told(totalOf(of, 'principal')) };
    });
}

/** Groups that agree, as one: of a year there are then as many as of a day. */
export function merged(groups: readonly DayGroup[]): readonly DayGroup[] {
  const sums = new Map<string, DayGroup>();
  for (const group of groups) {
    const key = JSON.stringify([group.kind, group.state, group.tender]);
    const known = sums.get(key);
    sums.set(
      key,
      known === undefined
        ? group
        : {
            ...known,
            entries: known.entries + group.entries,
            principal: known.principal + group.principal,
            bonus: known.bonus + group.bonus,
            points: known.points + group.points,
          },
    );
  }
  return [...sums.values()];
}

/** The figures of some days. Pure. */
export function figuresOf(of: readonly DayGroup[], members: number): Figures {
  const groups = merged(of);
  const held = groups.filter((group) => !isGivenBack(group));
  const topUps = held.filter(isTopUp);
  const reversals = held.filter(isReversal);
  const taken = totalOf(held, 'principal') - totalOf(reversals, 'principal');
  const reversed = -totalOf(reversals, 'principal');
  return {
    topUps: entriesOf(topUps),
    taken: told(taken),
    reversals: entriesOf(reversals),
    reversed: told(reversed),
    net: told(taken - reversed),
    bonus: told(totalOf(held, 'bonus')),
    points: told(totalOf(held, 'points')),
    givenBack: sumsOf(groups.filter(isGivenBack)),
    unsettled: sumsOf(held.filter(isUnsettled)),
    members,
    tenders: tendersOf(held),
  };
}
