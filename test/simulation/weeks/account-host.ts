import type { Prng } from '../prng.ts';
import { DAYS, dayOf } from './demand.ts';
import type { Events } from './events.ts';
import type { Use } from './policy.ts';
import type { World } from './worlds.ts';

/** One call of a till. */
export type Asked =
  | { readonly do: 'increment'; readonly entry: number; readonly member: number; readonly cents: number }
  | { readonly do: 'read'; readonly member: number | null }
  | { readonly do: 'page'; readonly from: number }
  | { readonly do: 'count' }
  | { readonly do: 'log'; readonly sinceMs: number; readonly page: number };

export type Heard =
  | { readonly kind: 'applied' | 'duplicate' | 'read'; readonly cents: number }
  /** The sums of the members from the one that was asked for on; of the log no more than that there is a page. */
  | { readonly kind: 'page'; readonly cents: Int32Array; readonly isLast: boolean }
  | { readonly kind: 'count'; readonly used: number; readonly before: readonly number[] }
  | { readonly kind: 'quota' | 'lost' | 'not-connected' };

/** What came as far as KYBIO from our tills, by the day that it counts by. */
export interface HostDay {
  calls: number;
  needed: number;
  refused: number;
  pages: number;
  /** By what they were for. */
  readonly uses: Record<Use, number>;
}

export interface AccountHost {
  /** `isNeeded`: a person needed it. */
  call(
    asked: Asked,
    use: Use,
    isNeeded: boolean,
    isReachable: () => boolean,
    heard: (heard: Heard) => void,
  ): void;
  /** Another program calls, and credits somebody or nobody. */
  callByOther(member: number | null): void;
  spend(member: number, cents: number): void;
  isCredited(entry: number): boolean;
  /** By entry: when it was credited first. */
  readonly credited: ReadonlyMap<number, number>;
  readonly days: readonly HostDay[];
  readonly doubled: () => number;
}

const NOWHERE_MS = 40;
const DEADLINE_MS = 60_000;
const ROWS_A_PAGE = 100;
const noSums = new Int32Array();

const noCalls = (): HostDay => ({
  ...{ calls: 0, needed: 0, refused: 0, pages: 0 },
  uses: {
    increment: 0,
    unknown: 0,
    asked: 0,
    freshness: 0,
    baseline: 0,
    evidence: 0,
    look: 0,
    count: 0,
    directory: 0,
  },
});

/** KYBIO as one account meets it: a day's calls for all who call, members' sums, pages of both, and replies that are lost. */
export function createAccountHost(
  events: Events,
  { quota, members, lostReplies, isProven }: World,
  prng: Prng,
): AccountHost {
  const cents = Int32Array.from({ length: members }, () => prng.below(100) * 100);
  const days = Array.from({ length: DAYS + 1 }, noCalls);
  const taken = Array.from({ length: DAYS + 1 }, () => 0);
  const credited = new Map<number, number>();
  const credits: number[] = [];
  let doubled = 0;
  const onWayMs = () => 30 + prng.unit() * 60;
  const sumOf = (member: number): number => cents[member] ?? 0;
  const add = (member: number, by: number) => {
    cents[member] = sumOf(member) + by;
  };
  const isSpent = (day: number): boolean => {
    taken[day] = (taken[day] ?? 0) + 1;
    return (taken[day] ?? 0) > quota;
  };

  const rowsSince = (sinceMs: number): number => {
    let at = credits.length;
    while (at > 0 && (credits[at - 1] ?? 0) > sinceMs) at -= 1;
    return credits.length - at;
  };

  const answer = (asked: Asked): Heard => {
    switch (asked.do) {
      case 'page':
        return {
          ...{ kind: 'page', cents: cents.slice(asked.from, asked.from + ROWS_A_PAGE) },
          isLast: asked.from + ROWS_A_PAGE > members,
        };
      case 'count':
        return {
          ...{ kind: 'count', used: taken[dayOf(events.now())] ?? 0 },
          before: taken.slice(0, dayOf(events.now())),
        };
      case 'log':
        return {
          kind: 'page',
          cents: noSums,
          isLast: (asked.page + 1) * ROWS_A_PAGE > rowsSince(asked.sinceMs),
        };
      case 'read':
        return { kind: 'read', cents: asked.member === null ? 0 : sumOf(asked.member) };
      case 'increment': {
        const isAgain = credited.has(asked.entry);
        if (isAgain && isProven) return { kind: 'duplicate', cents: 0 };
        if (isAgain) doubled += 1;
        else credited.set(asked.entry, events.now());
        credits.push(events.now());
        add(asked.member, asked.cents);
        return { kind: 'applied', cents: sumOf(asked.member) };
      }
    }
  };

  const take = (asked: Asked, use: Use, isNeeded: boolean): Heard => {
    const day = dayOf(events.now());
    const of = days[day] ?? noCalls();
    of.calls += 1;
    of.uses[use] += 1;
    if (isNeeded) of.needed += 1;
    if (!isSpent(day)) {
      if (asked.do === 'page') of.pages += 1;
      return answer(asked);
    }
    of.refused += 1;
    return { kind: 'quota' };
  };

  return {
    credited,
    days,
    doubled: () => doubled,
    isCredited: (entry) => credited.has(entry),
    spend: (member, by) => add(member, -Math.min(by, sumOf(member))),
    callByOther: (member) => {
      if (isSpent(dayOf(events.now())) || member === null) return;
      credits.push(events.now());
      add(member, 1_500);
    },
    call: (asked, use, isNeeded, isReachable, heard) => {
      if (!isReachable()) {
        events.after(NOWHERE_MS, () => heard({ kind: 'not-connected' }));
        return;
      }
      const isLost = prng.chance(lostReplies);
      const comes = !isLost || prng.chance(0.5);
      events.after(onWayMs(), () => {
        const said = comes ? take(asked, use, isNeeded) : null;
        const silence = { kind: 'lost' } as const;
        // Some lines break, others only say nothing until the deadline.
        const backMs = isLost && prng.chance(0.5) ? DEADLINE_MS : onWayMs();
        events.after(backMs, () => heard(isLost || said === null || !isReachable() ? silence : said));
      });
    },
  };
}
