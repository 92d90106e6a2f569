import {
  type AwaitedTill,
  addAmounts,
  addSums,
  type Cell,
  type CellSums,
  type DoubleZ,
  type FigureLine,
  figureLines,
  foldCells,
  isNothing,
  type LastZ,
  type MissingZ,
  MOST_SHOWN_TILLS,
  noSums,
  type ShopDay,
  settledOf,
  type TillRow,
  type TillsSum,
  without,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import type { Steps } from '../../kernel/steps.ts';
import { BEFORE_THE_FIRST } from '../shifts/sold-before.ts';
import type { DayRange } from './calendar.ts';
import { type CrossTillImports, crossTillImportSteps } from './cross-till-imports.ts';
import { addTenders, netByTender } from './figures.ts';
import { awaitedIn, follow, lastZOf, shopDaySteps, type TillZs } from './shop-days.ts';
import { addVariances, type ZFacts } from './z-facts.ts';

export interface KnownZs {
  readonly zs: readonly ZFacts[];
  /** Those that differ from another of the same id and await a manager's choice: they do not count. */
  readonly undecided?: readonly ZFacts[];
  readonly ownTill: OwnTill;
  /** By this till's own records. */
  readonly isSettled: (entryId: string) => boolean;
  /** What is unsettled now in a range of a report, by this till's own records; null for another till's report. */
  readonly openOf?: (z: ZFacts, range: ZFacts['range']) => CellSums | null;
}

/** This till's id; its name identifies it in reports without one. */
export interface OwnTill {
  readonly id: string | null;
  readonly name: string;
}

const within = (day: string, { from, to }: DayRange): boolean => from <= day && day <= to;

/** A report of a later day, by a clock that is ahead, is listed elsewhere. */
const come = ({ from, to }: DayRange, today: string): DayRange => ({ from, to: to < today ? to : today });

const byNumber = (one: ZFacts, other: ZFacts): number =>
  one.number - other.number || one.closedAtMs - other.closedAtMs;

/** Groups by till id. Those without one go to the only till of their name, or by themselves. */
function byTill(zs: readonly ZFacts[], own: OwnTill): readonly TillZs[] {
  const idsOf = new Map<string, Set<string>>([[own.name, new Set(own.id === null ? [] : [own.id])]]);
  for (const { till, tillId } of zs)
    if (tillId !== null) idsOf.set(till, (idsOf.get(till) ?? new Set()).add(tillId));
  const keyOf = ({ till, tillId }: Pick<ZFacts, 'till' | 'tillId'>): string => {
    const ids = [...(idsOf.get(till) ?? [])];
    const id = tillId ?? (ids.length === 1 ? ids[0] : undefined);
    return id === undefined ? `name ${till}` : `id ${id}`;
  };
  const found = new Map<string, ZFacts[]>();
  for (const z of zs) {
    const key = keyOf(z);
    const of = found.get(key);
    if (of === undefined) found.set(key, [z]);
    else of.push(z);
  }
  const ownKey = own.id === null ? `name ${own.name}` : `id ${own.id}`;
  const newest = (of: readonly ZFacts[]): string =>
    of.reduce((one, other) => (other.closedAtMs > one.closedAtMs ? other : one)).till;
  const tills = [...found].map(([key, of]) => ({ key, till: newest(of), isOwn: key === ownKey, zs: of }));
  const named = new Map<string, number>();
  for (const { till } of tills) named.set(till, (named.get(till) ?? 0) + 1);
  return tills.map(({ zs: of, ...one }) => ({
    ...one,
    // Two tills of one name are distinguished by the beginning of their id.
    till:
      named.get(one.till) === 1 || !one.key.startsWith('id ')
        ? one.till
        : `${one.till} (${one.key.slice(3, 7)})`,
    zs: of.sort(byNumber),
  }));
}

type Lines = TillsSum['lines'];

/** The unsettled sum is the current one, not the report's. */
const reportedLineNames = figureLines.filter((line) => line !== 'unsettled');

/** The lines that any report has. */
const linesOf = (told: (line: FigureLine) => readonly (CellSums | undefined)[]): Lines =>
  Object.fromEntries(
    reportedLineNames.flatMap((line) => {
      const all = told(line).filter((one) => one !== undefined);
      return all.length === 0 ? [] : [[line, addSums(...all)]];
    }),
  );

type Adjustment = CrossTillImports['adjustment'];

function sumOf(zs: readonly ZFacts[], open: readonly CellSums[], adjustment: Adjustment): TillsSum {
  const { net: mended, lines } = foldCells(zs.flatMap(adjustment));
  const adjustedLine = (line: FigureLine): CellSums | undefined =>
    isNothing(lines[line]) ? undefined : lines[line];
  const unsettled = addSums(...open);
  return {
    reports: zs.length,
    entries: zs.reduce((all, { entries }) => all + entries, mended.entries),
    net: addAmounts(...zs.map(({ net }) => net), mended.principal),
    bonus: addAmounts(...zs.map(({ bonus }) => bonus), mended.bonus),
    points: addAmounts(...zs.map(({ points }) => points), mended.points),
    variance: addVariances(zs.map(({ variance }) => variance)),
    unsettled: { entries: unsettled.entries, principal: unsettled.principal },
    tenders: addTenders([...zs.flatMap(({ tenders }) => tenders), ...netByTender(zs.flatMap(adjustment))]),
    lines: linesOf((line) => [...zs.map((z) => z.lines[line]), adjustedLine(line)]),
  };
}

const allOf = (rows: readonly TillRow[]): TillsSum => ({
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
  tenders: addTenders(rows.flatMap(({ tenders }) => tenders)),
  lines: linesOf((line) => rows.map(({ lines }) => lines[line])),
});

/** Days on which another till was closed, unless this one's numbers show that it was not. */
function missingDays(till: string, zs: readonly ZFacts[], shopDays: readonly string[]): MissingZ[] {
  return shopDays.flatMap((day): MissingZ[] => {
    if (zs.some(({ businessDay }) => businessDay === day)) return [];
    const before = zs.findLast(({ businessDay }) => businessDay < day);
    const after = zs.find(({ businessDay }) => businessDay > day);
    // `missingNumbers` reports what is missing between two numbers.
    if (follow(before, after) || (before !== undefined && after !== undefined)) return [];
    return [{ kind: 'day', till, day }];
  });
}

/** Gaps between two known numbers, the later of which is in the period. */
function missingNumbers(till: string, zs: readonly ZFacts[], period: DayRange): MissingZ[] {
  return zs.flatMap((z, index): MissingZ[] => {
    const before = zs[index - 1];
    if (before === undefined || !within(z.businessDay, period) || z.number <= before.number + 1) return [];
    return [{ kind: 'numbers', till, from: before.number + 1, to: z.number - 1 }];
  });
}

function doublesOf(till: string, zs: readonly ZFacts[]): DoubleZ[] {
  const closedAt = new Map<number, number[]>();
  for (const { number, closedAtMs } of zs) {
    const same = closedAt.get(number);
    if (same === undefined) closedAt.set(number, [closedAtMs]);
    else same.push(closedAtMs);
  }
  return [...closedAt].flatMap(([number, closedAtMs]) =>
    closedAtMs.length < 2 ? [] : [{ till, number, closedAtMs: closedAtMs.slice(0, 20) }],
  );
}

export interface AddedUp {
  readonly tills: TillRow[];
  readonly sum: TillsSum;
  readonly missing: MissingZ[];
  readonly missingBeyond: number;
  readonly doubles: DoubleZ[];
  readonly awaited: AwaitedTill[];
  readonly ownLastZ: LastZ | null;
  /** By these reports alone; newest first. */
  readonly days: ShopDay[];
  /** Those that are added up, till by till. */
  readonly counted: readonly CountedZ[];
}

/** A report, with the name of its till here and what corrects it for receipts of other tills. */
export interface CountedZ {
  readonly z: ZFacts;
  readonly till: string;
  readonly adjustment: readonly Cell[];
}

/** Limits of what is listed. */
const MOST_MISSING = 100;
const MOST_DOUBLES = 50;

/** What a till's reports settle late, by the shift that listed it: once, where a backup was restored between two of them. */
function settledLateOf(ofTill: readonly ZFacts[]): ReadonlyMap<number, CellSums> {
  const known = new Set<string>();
  const again = ofTill
    .flatMap(({ late }) => late)
    .filter(({ id }) => {
      const isAgain = known.has(id);
      known.add(id);
      return isAgain;
    });
  const all = new Map<number, CellSums>();
  const add = (shift: number, sums: CellSums) => all.set(shift, addSums(all.get(shift) ?? noSums, sums));
  for (const later of ofTill) for (const [shift, sums] of later.settledOf) add(shift, sums);
  for (const [shift, sums] of settledOf(again)) add(shift, without(sums));
  return all;
}

/** What is still unsettled of a report, by all known reports. */
function createOpen(
  { zs, isSettled, openOf = () => null }: KnownZs,
  { isElsewhere, goneFrom }: Pick<CrossTillImports, 'isElsewhere' | 'goneFrom'>,
) {
  const settledLate = new Set(zs.flatMap((z) => z.settledLate));
  const isDone = (id: string, z: ZFacts, isOwn: boolean) =>
    settledLate.has(id) || isElsewhere(id, z) || (isOwn && isSettled(id));
  /** By sums: what the till itself says is open, less what other tills continued. */
  const counted = (z: ZFacts, settled: () => ReadonlyMap<number, CellSums>, isBefore: boolean): CellSums => {
    const range = isBefore ? { from: 0, to: z.range.from - 1 } : z.range;
    const shift = isBefore ? BEFORE_THE_FIRST : z.number;
    const told = (isBefore ? z.unsettledBefore : z.unsettledInAll) ?? noSums;
    const own = openOf(z, range);
    // This till's records have already settled it.
    const isOver = (ids: ReadonlySet<string>) => own !== null && [...ids].some(isSettled);
    const gone = goneFrom(z).filter((one) => one.isBefore === isBefore && !isOver(one.ids));
    const late = own === null ? (settled().get(shift) ?? noSums) : noSums;
    return addSums(own ?? told, without(addSums(late, ...gone.map(({ sums }) => sums))));
  };
  /** `ofTill` are the reports of its till, any of which may list its late settlements. */
  return (ofTill: readonly ZFacts[], isOwn: boolean) => {
    let found: ReadonlyMap<number, CellSums> | null = null;
    const settled = () => {
      found ??= settledLateOf(ofTill);
      return found;
    };
    const inShift = (z: ZFacts): CellSums => {
      if (z.unsettledInAll !== null) return counted(z, settled, false);
      const open = z.unsettled.filter(({ id }) => !isDone(id, z, isOwn));
      return addSums(...open.map(({ principal }) => ({ ...noSums, entries: 1, principal })));
    };
    return (z: ZFacts): CellSums => {
      const before = z.unsettledBefore.entries === 0 ? noSums : counted(z, settled, true);
      return addSums(inShift(z), before);
    };
  };
}

/** Adds up a period; the reports of each till, and of each day, are a step. */
export type AddUp = (period: DayRange, today: string) => Steps<AddedUp>;

/** Pure; in steps, since a chain has tens of thousands of reports. */
export function* addUpSteps(known: KnownZs): Steps<AddUp> {
  const { zs, undecided = [], ownTill } = known;
  const tills = [...byTill([...zs, ...undecided], ownTill)].sort(
    (one, other) => Number(other.isOwn) - Number(one.isOwn) || (one.till < other.till ? -1 : 1),
  );
  yield;
  const counts = new Set(zs);
  const isCounted = (z: ZFacts) => counts.has(z);
  const brought = yield* crossTillImportSteps(zs);
  const openOf = createOpen(known, brought);

  return function* addUp(whole, today) {
    const period = come(whole, today);
    const ofPeriod = (of: readonly ZFacts[]) => of.filter(({ businessDay }) => within(businessDay, period));
    const here = ofPeriod(zs);
    // Today is not over yet.
    const shopDays = [...new Set([...here, ...ofPeriod(undecided)].map(({ businessDay }) => businessDay))]
      .filter((day) => day < today)
      .sort();
    yield;
    const rows: TillRow[] = [];
    const missing: MissingZ[] = [];
    const doubles: DoubleZ[] = [];
    const counted: CountedZ[] = [];
    for (const { key, till, isOwn, zs: of } of tills) {
      const ofTill = of.filter(isCounted);
      const mine = ofPeriod(ofTill);
      if (mine.length > 0) {
        const open = mine.map(openOf(ofTill, isOwn));
        const lastZ = lastZOf(ofTill, period.to);
        rows.push({ key, till, isOwn, lastZ, ...sumOf(mine, open, brought.adjustment) });
      }
      missing.push(...missingDays(till, of, shopDays), ...missingNumbers(till, of, period));
      doubles.push(...doublesOf(till, ofPeriod(of)));
      counted.push(...mine.map((z): CountedZ => ({ z, till, adjustment: brought.adjustment(z) })));
      yield;
    }
    return {
      tills: rows.slice(0, MOST_SHOWN_TILLS),
      sum: allOf(rows),
      missing: missing.slice(0, MOST_MISSING),
      missingBeyond: Math.max(0, missing.length - MOST_MISSING),
      doubles: doubles.slice(0, MOST_DOUBLES),
      awaited: awaitedIn(tills, period, isCounted).slice(0, MOST_SHOWN_TILLS),
      ownLastZ: lastZOf(
        tills.flatMap(({ isOwn, zs: of }) => (isOwn ? of.filter(isCounted) : [])),
        period.to,
      ),
      days: yield* shopDaySteps(tills, here, brought.adjustment),
      counted,
    };
  };
}
