import {
  addAmounts,
  type DoubleZ,
  type MissingZ,
  type TillRow,
  type TillsSum,
  zeroAmount,
} from '../../preload/contract/index.ts';
import type { Stretch } from './calendar.ts';
import { addVariances, type ZFacts } from './z-facts.ts';

/** All Z reports that are known, each once. */
export interface KnownZs {
  readonly zs: readonly ZFacts[];
  readonly ownTill: string;
  /** Of this till's own entries what its records say now. */
  readonly isSettled: (entryId: string) => boolean;
}

const within = (day: string, { from, to }: Stretch): boolean => from <= day && day <= to;

/** Of a period as many of its days as have come: a report of a later one, of a clock that is ahead, is told elsewhere. */
const come = ({ from, to }: Stretch, today: string): Stretch => ({ from, to: to < today ? to : today });

const byNumber = (one: ZFacts, other: ZFacts): number =>
  one.number - other.number || one.closedAtMs - other.closedAtMs;

function byTill(zs: readonly ZFacts[]): ReadonlyMap<string, readonly ZFacts[]> {
  const found = new Map<string, ZFacts[]>();
  for (const z of zs) found.set(z.till, [...(found.get(z.till) ?? []), z]);
  for (const of of found.values()) of.sort(byNumber);
  return found;
}

function sumOf(zs: readonly ZFacts[], settled: (entryId: string) => boolean): TillsSum {
  const open = zs.flatMap(({ unsettled }) => unsettled).filter(({ id }) => !settled(id));
  return {
    reports: zs.length,
    entries: zs.reduce((all, { entries }) => all + entries, 0),
    net: addAmounts(...zs.map(({ net }) => net)),
    bonus: addAmounts(...zs.map(({ bonus }) => bonus)),
    points: addAmounts(...zs.map(({ points }) => points)),
    variance: addVariances(zs.map(({ variance }) => variance)),
    unsettled: { entries: open.length, principal: addAmounts(...open.map(({ principal }) => principal)) },
  };
}

/** What the rows of a table come to. */
const allOf = (rows: readonly TillRow[]): TillsSum => {
  return {
    reports: rows.reduce((all, { reports }) => all + reports, 0),
    entries: rows.reduce((all, { entries }) => all + entries, 0),
    net: addAmounts(...rows.map(({ net }) => net)),
    bonus: addAmounts(...rows.map(({ bonus }) => bonus)),
    points: addAmounts(...rows.map(({ points }) => points)),
    variance: addVariances(rows.map(({ variance }) => variance)),
    unsettled: {
      entries: rows.reduce((all, { unsettled }) => all + unsettled.entries, 0),
      principal: addAmounts(zeroAmount, ...rows.map(({ unsettled }) => unsettled.principal)),
    },
  };
};

/** Between these two of a till's reports there is no other, whatever day lies between. */
const follow = (one: ZFacts | undefined, other: ZFacts | undefined): boolean => {
  if (one === undefined) return other?.number === 1;
  return other !== undefined && other.number <= one.number + 1;
};

/** Days on which another till was closed and of which this one's numbers do not say that it was not. */
function missingDays(till: string, zs: readonly ZFacts[], shopDays: readonly string[]): MissingZ[] {
  return shopDays.flatMap((day): MissingZ[] => {
    if (zs.some(({ businessDay }) => businessDay === day)) return [];
    const before = zs.findLast(({ businessDay }) => businessDay < day);
    const after = zs.find(({ businessDay }) => businessDay > day);
    // What is missing between two numbers is told by its numbers.
    if (follow(before, after) || (before !== undefined && after !== undefined)) return [];
    return [{ kind: 'day', till, day }];
  });
}

/** Numbers that lie between two that are known, the later of which is of the period. */
function missingNumbers(till: string, zs: readonly ZFacts[], period: Stretch): MissingZ[] {
  return zs.flatMap((z, index): MissingZ[] => {
    const before = zs[index - 1];
    if (before === undefined || !within(z.businessDay, period) || z.number <= before.number + 1) return [];
    return [{ kind: 'numbers', till, from: before.number + 1, to: z.number - 1 }];
  });
}

function doublesOf(till: string, zs: readonly ZFacts[]): DoubleZ[] {
  const numbers = [...new Set(zs.map(({ number }) => number))];
  return numbers.flatMap((number): DoubleZ[] => {
    const same = zs.filter((z) => z.number === number);
    if (same.length < 2) return [];
    return [{ till, number, closedAtMs: same.map(({ closedAtMs }) => closedAtMs).slice(0, 20) }];
  });
}

export interface AddedUp {
  readonly tills: TillRow[];
  readonly sum: TillsSum;
  readonly missing: MissingZ[];
  readonly doubles: DoubleZ[];
}

/** What is told at most of what is missing, and of tills. */
const MOST_MISSING = 100;
const MOST_DOUBLES = 50;
const MOST_TILLS = 100;

/** What all that is known makes clear, whatever the period. */
export function createAddUp({
  zs,
  ownTill,
  isSettled,
}: KnownZs): (period: Stretch, today: string) => AddedUp {
  const tills = [...byTill(zs)].sort(
    ([one], [other]) => Number(other === ownTill) - Number(one === ownTill) || (one < other ? -1 : 1),
  );
  const settledLate = new Set(zs.flatMap((z) => z.settledLate));
  const isDone = (till: string) => (entryId: string) =>
    settledLate.has(entryId) || (till === ownTill && isSettled(entryId));

  return (whole, today) => {
    const period = come(whole, today);
    const ofPeriod = (of: readonly ZFacts[]) => of.filter(({ businessDay }) => within(businessDay, period));
    // Today is not over yet.
    const shopDays = [...new Set(ofPeriod(zs).map(({ businessDay }) => businessDay))]
      .filter((day) => day < today)
      .sort();
    const rows = tills.flatMap(([till, of]): TillRow[] => {
      const mine = ofPeriod(of);
      if (mine.length === 0) return [];
      return [{ till, isOwn: till === ownTill, ...sumOf(mine, isDone(till)) }];
    });
    const missing = tills.flatMap(([till, of]) => [
      ...missingDays(till, of, shopDays),
      ...missingNumbers(till, of, period),
    ]);
    return {
      tills: rows.slice(0, MOST_TILLS),
      sum: allOf(rows),
      missing: missing.slice(0, MOST_MISSING),
      doubles: tills.flatMap(([till, of]) => doublesOf(till, ofPeriod(of))).slice(0, MOST_DOUBLES),
    };
  };
}
