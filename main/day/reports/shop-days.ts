import {
  type AwaitedTill,
  addAmounts,
  foldCells,
  type LastZ,
  type ShopDay,
} from '../../../preload/contract/index.ts';
import type { Steps } from '../../kernel/steps.ts';
import { addDays } from '../../kernel/store-time.ts';
import type { DayRange } from './calendar.ts';
import type { CrossTillImports } from './cross-till-imports.ts';
import { addVariances, type ZFacts } from './z-facts.ts';

/** The reports of one till, counted or awaiting a choice, by number. */
export interface TillZs {
  readonly key: string;
  readonly till: string;
  readonly isOwn: boolean;
  readonly zs: readonly ZFacts[];
}

/** Consecutive numbers: no report is missing between the two, whatever days lie between. */
export const follow = (one: ZFacts | undefined, other: ZFacts | undefined): boolean => {
  if (one === undefined) return other?.number === 1;
  return other !== undefined && other.number <= one.number + 1;
};

/** A till without a report for so long is taken for one that is not in use. */
const IN_USE_DAYS = 35;

/** Whether a till without a report from `from` to `to` may have been open then, by its reports before and after. */
function mayHaveBeenOpen({ zs, isOwn }: TillZs, { from, to }: DayRange): boolean {
  // This till knows its own.
  if (isOwn) return false;
  const before = zs.findLast(({ businessDay }) => businessDay < from);
  const after = zs.find(({ businessDay }) => businessDay > to);
  if (follow(before, after)) return false;
  const isNear = (z: ZFacts | undefined) =>
    z !== undefined &&
    addDays(z.businessDay, IN_USE_DAYS) >= from &&
    addDays(z.businessDay, -IN_USE_DAYS) <= to;
  return isNear(before) || isNear(after);
}

export function lastZOf(zs: readonly ZFacts[], to: string): LastZ | null {
  const last = zs.findLast(({ businessDay }) => businessDay <= to);
  if (last === undefined) return null;
  const { number, businessDay, closedAtMs } = last;
  return { number, businessDay, closedAtMs };
}

/** Tills of which no counted report of the period is here, although there may be one. */
export function awaitedIn(
  tills: readonly TillZs[],
  period: DayRange,
  isCounted: (z: ZFacts) => boolean,
): AwaitedTill[] {
  const isOf = ({ businessDay }: ZFacts) => period.from <= businessDay && businessDay <= period.to;
  return tills.flatMap((of): AwaitedTill[] => {
    const mine = of.zs.filter(isOf);
    if (mine.some(isCounted)) return [];
    if (mine.length === 0 && !mayHaveBeenOpen(of, period)) return [];
    return [{ key: of.key, till: of.till, lastZ: lastZOf(of.zs.filter(isCounted), period.to) }];
  });
}

/** Each day of these counted reports, newest first. */
export function* shopDaySteps(
  tills: readonly TillZs[],
  counted: readonly ZFacts[],
  adjustment: CrossTillImports['adjustment'],
): Steps<ShopDay[]> {
  const byDay = new Map<string, ZFacts[]>();
  for (const z of counted) byDay.set(z.businessDay, [...(byDay.get(z.businessDay) ?? []), z]);
  const days: ShopDay[] = [];
  for (const [day, zs] of [...byDay].sort(([one], [other]) => (one < other ? 1 : -1))) {
    const mended = foldCells(zs.flatMap(adjustment)).net;
    const here = new Set(zs);
    const closed = tills.filter((till) => till.zs.some((z) => here.has(z)));
    const others = tills.filter(
      (till) =>
        !closed.includes(till) &&
        (till.zs.some(({ businessDay }) => businessDay === day) ||
          mayHaveBeenOpen(till, { from: day, to: day })),
    );
    days.push({
      day,
      net: addAmounts(...zs.map(({ net }) => net), mended.principal),
      entries: zs.reduce((all, { entries }) => all + entries, mended.entries),
      variance: addVariances(zs.map(({ variance }) => variance)),
      reports: closed.length,
      tills: closed.length + others.length,
      isOpen: false,
    });
    yield;
  }
  return days;
}
