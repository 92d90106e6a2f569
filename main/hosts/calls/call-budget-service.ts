import { z } from 'zod';
import type { Snapshot } from '../../../preload/contract/index.ts';
import { parsedOnce, readJson } from '../../kernel/database/read-json.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../../kernel/ports.ts';
import { addDays } from '../../kernel/store-time.ts';
import type { Link } from '../link/link.ts';
import { isQuotaSpent } from '../link/pauses.ts';
import {
  type CallFacts,
  type CallPurpose,
  callsFor,
  callsForEach,
  leftOfAccount,
  neededByDays,
  neededToday,
  pagesToday,
  type ReportedCalls,
  spareOfFirstDay,
} from './call-budget.ts';
import { loadCallCount } from './call-count.ts';
import type { CallDays } from './call-days.ts';
import type { CallMeter } from './call-meter-repository.ts';
import { type CountedDay, callsOfOthers, type OthersCalls, type OtherTill } from './other-tills.ts';

/** This till's share of the account's call budget at this moment (ADR 68). */
export interface CallBudget {
  /** Calls left for a purpose; a huge number for purposes that are never limited. */
  left(purpose: CallPurpose): number;
  may(purpose: CallPurpose): boolean;
  facts(): CallFacts;
  /** What other tills are told of this one. */
  forOthers(): Pick<OtherTill, 'needed' | 'days' | 'counted'>;
  /** The budget for the screen, without the forecast. */
  shown(): Omit<Snapshot['budget'], 'lookUpsEndAtMs' | 'waitingForLook'>;
}

/**
 * Whether evidence may be read for an entry that was paid: beyond a spent share like the look-up of an unknown card,
 * since the entry itself goes beyond it too.
 */
export const mayClearUp = (callBudget: Pick<CallBudget, 'may'>): boolean =>
  callBudget.may('probe') || callBudget.may('look-up');

export interface CallBudgetParts {
  readonly meter: CallMeter;
  readonly days: CallDays;
  readonly settings: Settings;
  readonly link: Pick<Link, 'state' | 'onChange'>;
  readonly policy: () => { readonly callsPerDay: number; readonly callsKeptForIncrements: number };
  readonly numbering: { readonly tillNumber: number; readonly tillCount: number };
  /** The practice store has no call limit. */
  readonly isFree: boolean;
  readonly waiting: () => number;
  /** The account's other tills, as the chain's folder tells of them; none without one. The same list until it is read again. */
  readonly others: () => readonly OtherTill[];
  readonly today: () => string;
  readonly clock: Pick<Clock, 'nowMs' | 'monotonicMs'>;
  readonly logger: Logger;
}

/**
 * Where it is stored how many calls were made when KYBIO said that the quota was spent, and when calls became
 * available again that day.
 */
export const QUOTA_SPENT_KEY = 'purse.said';
const storedSchema = z.object({
  enough: z.object({ day: z.string(), mine: z.number().int().min(0), atMs: z.number() }).nullable(),
  free: z.object({ day: z.string(), mine: z.number().int().min(0) }).nullable(),
});
type Stored = z.infer<typeof storedSchema>;

const keptIn = parsedOnce((text): Stored => {
  const parsed = storedSchema.safeParse(readJson(text));
  return parsed.success ? parsed.data : { enough: null, free: null };
});

/** A spent quota counts for a week; one that was over soon on the same day does not count. */
const TAUGHT_DAYS = 7;
const TEACHES_FROM_MS = 2 * 3_600_000;
/** KYBIO's day may begin at another hour: a quota spent within so few calls of the store's midnight says nothing. */
const BEGUN_CALLS = 10;
const OTHERS_ANEW_MS = 60_000;
const noOthers: readonly OtherTill[] = [];

export function createCallBudget(parts: CallBudgetParts): CallBudget {
  const { meter, days, settings, link, policy, numbering, clock, today, logger } = parts;
  const { tillNumber, tillCount } = numbering;
  const openedAtMs = clock.monotonicMs();
  const read = (): Stored => keptIn(settings.get(QUOTA_SPENT_KEY));
  link.onChange((linkBefore, after) => {
    if (isQuotaSpent(linkBefore) === isQuotaSpent(after)) return;
    const [nowMs, before] = [clock.nowMs(), read()];
    const now = { day: today(), mine: meter.usedToday() };
    const { enough } = before;
    // Refused again before KYBIO's day had begun: calls were not available again, and the earlier value stands.
    const isUnbroken =
      enough !== null && before.free?.day === now.day && now.mine - before.free.mine < BEGUN_CALLS;
    if (isQuotaSpent(after) && isUnbroken) return;
    const wasShort = enough?.day === now.day && Math.abs(nowMs - enough.atMs) < TEACHES_FROM_MS;
    const kept: Stored = isQuotaSpent(after)
      ? { ...before, enough: { ...now, atMs: nowMs } }
      : { enough: wasShort ? null : enough, free: now };
    try {
      settings.set(QUOTA_SPENT_KEY, JSON.stringify(kept));
    } catch (thrown) {
      logger.warn('purse.not-kept', { error: String(thrown) });
    }
  });

  const said = (limit: number, day: string, free: Stored['free']): ReportedCalls => {
    if (isQuotaSpent(link.state)) return { kind: 'enough' };
    const count = loadCallCount(settings);
    const isOver = free?.day === day && count !== null && count.mine <= free.mine;
    if (count === null || count.day !== day || isOver) return { kind: 'nothing' };
    // A host may count late, so this till's own calls are the minimum. A count of no calls at all is corrected by
    // this very call.
    const left = (count.limit || limit) - Math.max(count.used, count.mine);
    // It accepted more calls than it reported as left: the report is wrong.
    if (left < 0 || meter.usedToday() - count.mine > left) return { kind: 'nothing' };
    return { kind: 'count', left, mine: count.mine - (free?.day === day ? free.mine : 0), atMs: count.atMs };
  };
  /** By KYBIO's count, and by a quota that was spent: all of the account's were made then. */
  const counted = (): readonly CountedDay[] => {
    const [day, { enough }] = [today(), read()];
    const told = loadCallCount(settings)?.before.map((of) => ({ day: of.day, used: of.used })) ?? [];
    const taught = recent(enough, day);
    if (taught !== null) told.push({ day: taught.day, used: policy().callsPerDay });
    return told.filter((of) => of.day < day && of.day >= addDays(day, -TAUGHT_DAYS));
  };
  let known: { of: readonly OtherTill[]; atMs: number; day: string; others: OthersCalls } | null = null;
  /** Asked before every call, over many tills: made anew where they say something else, and each minute. */
  const othersNow = (limit: number, day: string, { free }: Stored): OthersCalls => {
    // Calls that came free in the middle of a day: what others count for it began before.
    const isCut = free?.day === day && free.mine >= BEGUN_CALLS;
    const of = isCut ? noOthers : parts.others();
    const atMs = clock.monotonicMs();
    if (known?.of === of && known.day === day && atMs - known.atMs < OTHERS_ANEW_MS) return known.others;
    const own = {
      limit,
      tillNumber,
      tillCount,
      today: day,
      nowMs: clock.nowMs(),
      days: days.sold(),
      lookUpsAnEntry: days.lookUpsAnEntry(),
      counted: counted(),
    };
    known = { of, atMs, day, others: callsOfOthers(of, own) };
    return known.others;
  };
  /** The lowest number of calls left over on a day of the last week, by KYBIO's count where there is one. */
  const spare = (of: {
    readonly limit: number;
    readonly taught: Stored['enough'];
    readonly mine: number;
    readonly others: OthersCalls;
    readonly forEach: number;
  }): number | null => {
    const { limit, taught, mine, others, forEach } = of;
    const counted = new Map(
      loadCallCount(settings)?.before.map((one) => [one.day, (one.limit || limit) - one.used]),
    );
    const byTills = (day: string, calls: number) => {
      const byOthers = others.before.get(day);
      return limit - (byOthers === undefined ? calls * forEach : calls + byOthers);
    };
    const own = days.lastWeek().map(({ day, calls }) => counted.get(day) ?? byTills(day, calls));
    if (taught !== null) own.push(0);
    const watchedMs = clock.monotonicMs() - openedAtMs;
    return own.length > 0
      ? Math.max(0, Math.floor(Math.min(...own)))
      : spareOfFirstDay({
          limit,
          calls: others.heard === null ? mine * others.tillCount : mine + others.used,
          watchedMs,
        });
  };

  const facts = (): CallFacts => {
    const { callsPerDay: limit, callsKeptForIncrements: keptForIncrements } = policy();
    const stored = read();
    const { free } = stored;
    const day = today();
    const taught = recent(stored.enough, day);
    const others = othersNow(limit, day, stored);
    const forEach = callsForEach(others.tillCount, loadCallCount(settings));
    const mine = Math.max(0, meter.usedToday() - (free?.day === day ? free.mine : 0));
    return {
      limit,
      others,
      mine,
      reported: said(limit, day, free),
      taught: taught?.mine ?? null,
      waiting: parts.waiting(),
      needed: neededOf(days),
      keptForIncrements,
      spare: spare({ limit, taught, mine, others, forEach }),
      forEach,
    };
  };

  const left = (purpose: CallPurpose): number => {
    if (parts.isFree) return policy().callsPerDay;
    const now = facts();
    if (purpose !== 'directory') return callsFor(purpose, now);
    return Math.min(pagesToday(now) - meter.usedToday('directory'), callsFor('refresh', now));
  };

  return {
    left,
    facts,
    forOthers: () => ({ needed: neededToday(facts()), days: days.sold(), counted: counted() }),
    may: (purpose) => left(purpose) > 0,
    shown: () => {
      const now = facts();
      return {
        used: meter.usedToday(),
        limit: now.limit,
        left: leftOfAccount(now),
        toldAtMs: now.reported.kind === 'count' ? now.reported.atMs : null,
        lookUpsLeft: callsFor('refresh', now),
        needed: neededToday(now),
      };
    },
  };
}

/** A quota that was spent in the last week; none of a day to come, by a clock that was ahead. */
const recent = (enough: Stored['enough'], day: string): Stored['enough'] =>
  enough !== null && enough.day <= day && enough.day >= addDays(day, -TAUGHT_DAYS) ? enough : null;

/** Entries still expected at the counter today, with their look-ups. */
function neededOf(days: CallDays): number | null {
  const entries = neededByDays(days.later());
  return entries === null ? null : Math.ceil(entries * (1 + days.lookUpsAnEntry()));
}
