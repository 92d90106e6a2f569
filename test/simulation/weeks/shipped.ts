import type { CallPurpose } from '../../../main/hosts/calls/call-budget.ts';
import { type CallBudget, createCallBudget } from '../../../main/hosts/calls/call-budget-service.ts';
import {
  CALL_COUNT_KEY,
  COUNT_QUERIED_KEY,
  countTurn,
  storedCount,
} from '../../../main/hosts/calls/call-count.ts';
import type { CallDays } from '../../../main/hosts/calls/call-days.ts';
import type { CallMeter } from '../../../main/hosts/calls/call-meter-repository.ts';
import { hasUnanswered } from '../../../main/hosts/link/failure-backoff.ts';
import type { Settings } from '../../../main/kernel/database/settings-repository.ts';
import { needsCheck } from '../../../main/sending/needs-check.ts';
import { KEPT_FOR_INCREMENTS, PROVEN_MS } from './counting-alone.ts';
import { DAY_MS, HOUR_MS } from './demand.ts';
import { START_UNIX_MS } from './line.ts';
import type { CallPolicy, Seen, TillPolicy, Use } from './policy.ts';

/** The till knows no difference between who asks and who only scans a card that is kept. */
const purposes: Readonly<Record<Use, CallPurpose>> = {
  ...{ increment: 'increment', unknown: 'look-up', evidence: 'probe', look: 'probe', directory: 'directory' },
  ...{ count: 'count', asked: 'refresh', freshness: 'refresh', baseline: 'refresh' },
};

const LOOK_AFTER_MS = HOUR_MS;
const FRESH_MS = HOUR_MS / 4;
const PAGES_A_DAY = 3;
/** As long as what the till asks of its days serves. */
const ANEW_MS = 600_000;
const MOST_LOOK_UPS = 3;
const DAYS_LOOKED_AT = 28;
const WEEK = 7;
const TOLD = 14;

const MINUTE_MS = 60_000;

const nameOf = (day: number): string => new Date(START_UNIX_MS + day * DAY_MS).toISOString().slice(0, 10);

/** The till's meter and its days, with numbers in the place of its database. */
function createCounts({ clock, today }: Seen) {
  const calls: Map<CallPurpose, number>[] = [];
  const entries: number[][] = [];
  const of = (day: number) => {
    calls[day] ??= new Map();
    return calls[day];
  };
  const sum = (day: number, left: readonly CallPurpose[] = []): number => {
    let all = 0;
    for (const [purpose, count] of calls[day] ?? []) if (!left.includes(purpose)) all += count;
    return all;
  };
  const before = (days: number) =>
    Array.from({ length: days }, (_, ago) => today() - ago - 1).filter((day) => day >= 0);
  const kept = <T>(make: () => T): (() => T) => {
    let known: { readonly day: number; readonly atMs: number; readonly value: T } | null = null;
    return () => {
      const [day, nowMs] = [today(), clock.nowMs()];
      if (known === null || known.day !== day || nowMs - known.atMs >= ANEW_MS)
        known = { day, atMs: nowMs, value: make() };
      return known.value;
    };
  };
  const days: CallDays = {
    sold: () =>
      [today(), ...before(TOLD - 1)].map((day) => ({
        ...{ day: nameOf(day), entries: entries[day]?.length ?? 0, calls: sum(day) },
      })),
    later: kept(() =>
      before(DAYS_LOOKED_AT).map((day) => {
        const made = entries[day] ?? [];
        const nowMs = clock.nowMs() - (today() - day) * DAY_MS;
        return { entries: made.length, later: made.filter((atMs) => atMs > nowMs).length };
      }),
    ),
    lookUpsAnEntry: kept(() => {
      const count = (purpose: CallPurpose) =>
        before(DAYS_LOOKED_AT).reduce((all, day) => all + (calls[day]?.get(purpose) ?? 0), 0);
      const increments = count('increment');
      return increments === 0 ? 0 : Math.min(MOST_LOOK_UPS, count('look-up') / increments);
    }),
    lastWeek: kept(() =>
      before(WEEK)
        .map((day) => ({ day: nameOf(day), calls: sum(day, ['directory', 'matching']) }))
        .filter(({ calls: made }) => made > 0),
    ),
  };
  const meter: CallMeter = {
    count: (purpose) => void of(today()).set(purpose, (of(today()).get(purpose) ?? 0) + 1),
    reserve: () => () => undefined,
    usedToday: (purpose) => (purpose === undefined ? sum(today()) : (of(today()).get(purpose) ?? 0)),
  };
  const entered = () => {
    const day = today();
    entries[day] = [...(entries[day] ?? []), clock.nowMs()];
  };
  return { meter, days, entered };
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

function createShipped(seen: Seen): TillPolicy {
  const { link, quota, till, tills, isProven, clock, today } = seen;
  const { meter, days, entered } = createCounts(seen);
  const kept = new Map<string, string>();
  const settings: Settings = {
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => void kept.set(key, value),
    remove: (key) => void kept.delete(key),
  };
  const numbering = { tillNumber: till, tillCount: tills };
  const keptForIncrements = Math.round(quota * KEPT_FOR_INCREMENTS);
  let callBudget: CallBudget | null = null;
  return {
    started: () => {
      const policy = { callsPerDay: quota, callsKeptForIncrements: keptForIncrements };
      callBudget = createCallBudget({
        ...{ meter, days, settings, link, clock, numbering, isFree: false, logger: silent },
        others: seen.others,
        ...{ waiting: () => seen.candidates().length, policy: () => policy, today: () => nameOf(today()) },
      });
    },
    wantsCount: () => {
      const minute = Math.floor((clock.nowMs() % DAY_MS) / MINUTE_MS);
      const turn = countTurn({ day: nameOf(today()), minute }, numbering);
      if (turn === null || settings.get(COUNT_QUERIED_KEY) === String(turn)) return false;
      settings.set(COUNT_QUERIED_KEY, String(turn));
      return true;
    },
    counted: (used, before) => {
      const day = nameOf(today());
      const told = before.map((calls, ago) => ({ day: nameOf(ago), limit: quota, used: calls })).slice(-WEEK);
      const count = storedCount([...told, { day, limit: quota, used }], {
        ...{ today: day, mine: meter.usedToday(), atMs: Math.floor(clock.nowMs()) },
      });
      settings.set(CALL_COUNT_KEY, JSON.stringify(count));
    },
    stated: () => callBudget?.forOthers() ?? { needed: 0, days: [], counted: [] },
    mayCall: (use) => callBudget?.may(purposes[use]) ?? false,
    made: (use) => meter.count(purposes[use]),
    entered,
    looksFirst: ({ createdAtMs, touched, overStart, lookedAtMs }) => {
      const waitedMs = clock.nowMs() - createdAtMs;
      return needsCheck(
        {
          ...{ isOverStart: overStart, isOverBreak: false, waitedMs },
          sinceMs: lookedAtMs === undefined ? waitedMs : clock.monotonicMs() - lookedAtMs,
          // What was refused for want of calls has not come.
          mayHaveArrived: () => touched,
        },
        LOOK_AFTER_MS,
        isProven ? PROVEN_MS : null,
      );
    },
    wantsBaseline: (ageMs) =>
      !isProven && (ageMs === null || ageMs >= FRESH_MS) && hasUnanswered(link.state.failureBackoff),
    wantsPage: ({ cursor, completedAtMs, pages }) =>
      cursor !== null ||
      completedAtMs === null ||
      clock.nowMs() - completedAtMs > DAY_MS * Math.max(1, pages / PAGES_A_DAY),
  };
}

/** What ships. */
export const shipped: CallPolicy = {
  name: 'one purse of the account',
  usesFolder: false,
  create: createShipped,
};

/** … in a chain that has a folder. */
export const withFolder: CallPolicy = { ...shipped, name: 'one purse through the folder', usesFolder: true };
