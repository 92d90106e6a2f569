import { z } from 'zod';
import type { Snapshot } from '../../../preload/contract/index.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../../kernel/ports.ts';
import { addDays } from '../../kernel/store-time.ts';
import type { Link } from '../link/link.ts';
import { noCallsTaken } from '../link/pauses.ts';
import { loadCallCount } from './call-count.ts';
import type { CallDays } from './call-days.ts';
import type { CallMeter } from './call-meter-repository.ts';
import {
  type CallFacts,
  type CallPurpose,
  callsFor,
  callsForBacklog,
  callsForEach,
  leftOfAccount,
  neededByDays,
  neededToday,
  pagesToday,
  type SaidOfCalls,
  spareOfFirstDay,
} from './purse.ts';

/** This till's part in the account's calls, as things are now (ADR 68). */
export interface Purse {
  /** How many calls may still be made for a purpose; more than any number for what is never held back. */
  left(purpose: CallPurpose): number;
  may(purpose: CallPurpose): boolean;
  facts(): CallFacts;
  /** For what waited while KYBIO had no calls: now, and on a day like those before. */
  forBacklog(): { readonly now: number; readonly aDay: number };
  /** What the screen tells of it, but for the forecast. */
  shown(): Omit<Snapshot['budget'], 'lookUpsEndAtMs' | 'waitingForLook' | 'allThrough'>;
}

/**
 * Whether evidence may be asked for of an entry that somebody paid: beyond a share that is spent as the look-up of a card
 * that nobody knows, since the entry itself goes beyond it too.
 */
export const mayClearUp = (purse: Pick<Purse, 'may'>): boolean => purse.may('probe') || purse.may('look-up');

export interface PurseParts {
  readonly meter: CallMeter;
  readonly days: CallDays;
  readonly settings: Settings;
  readonly link: Pick<Link, 'state' | 'onChange'>;
  readonly policy: () => { readonly callsPerDay: number; readonly callsKeptForIncrements: number };
  readonly numbering: { readonly tillNumber: number; readonly tillCount: number };
  /** The practice store takes as many calls as there are. */
  readonly isFree: boolean;
  readonly waiting: () => number;
  readonly today: () => string;
  readonly clock: Pick<Clock, 'nowMs' | 'monotonicMs'>;
  readonly logger: Logger;
}

/** What was made on a day when KYBIO said that it was enough, and when calls came free again before the day was over. */
export const PURSE_SAID_KEY = 'purse.said';
const saidSchema = z.object({
  enough: z.object({ day: z.string(), mine: z.number().int().min(0), atMs: z.number() }).nullable(),
  free: z.object({ day: z.string(), mine: z.number().int().min(0) }).nullable(),
});
type Kept = z.infer<typeof saidSchema>;

/** A quota that was met teaches for a week; one that was over so soon on the same day was none. */
const TAUGHT_DAYS = 7;
const TEACHES_FROM_MS = 2 * 3_600_000;
/** A midnight of the store's may be none of KYBIO's: so few calls after it teach nothing. */
const BEGUN_CALLS = 10;

export function createPurse(parts: PurseParts): Purse {
  const { meter, days, settings, link, policy, numbering, clock, today, logger } = parts;
  const { tillNumber, tillCount } = numbering;
  const openedAtMs = clock.monotonicMs();
  const read = (): Kept => {
    const parsed = saidSchema.safeParse(readJson(settings.get(PURSE_SAID_KEY)));
    return parsed.success ? parsed.data : { enough: null, free: null };
  };
  const isEnough = (of: Link['state']) => noCallsTaken(of) !== null;
  link.onChange((linkBefore, after) => {
    if (isEnough(linkBefore) === isEnough(after)) return;
    const [nowMs, before] = [clock.nowMs(), read()];
    const now = { day: today(), mine: meter.usedToday() };
    const { enough } = before;
    // Refused again before it had begun: they had not come free, and what was learnt before stands.
    const isUnbroken =
      enough !== null && before.free?.day === now.day && now.mine - before.free.mine < BEGUN_CALLS;
    if (isEnough(after) && isUnbroken) return;
    const wasShort = enough?.day === now.day && Math.abs(nowMs - enough.atMs) < TEACHES_FROM_MS;
    const kept: Kept = isEnough(after)
      ? { ...before, enough: { ...now, atMs: nowMs } }
      : { enough: wasShort ? null : enough, free: now };
    try {
      settings.set(PURSE_SAID_KEY, JSON.stringify(kept));
    } catch (thrown) {
      logger.warn('purse.not-kept', { error: String(thrown) });
    }
  });

  const said = (limit: number, day: string, free: Kept['free']): SaidOfCalls => {
    if (isEnough(link.state)) return { kind: 'enough' };
    const count = loadCallCount(settings);
    const isOver = free?.day === day && count !== null && count.mine <= free.mine;
    if (count === null || count.day !== day || isOver) return { kind: 'nothing' };
    // A host may count late: what this till has made was made. One that tells of no calls at all has answered this one.
    const left = (count.limit || limit) - Math.max(count.used, count.mine);
    // It has taken more than it told: what it told is not so.
    if (left < 0 || meter.usedToday() - count.mine > left) return { kind: 'nothing' };
    return { kind: 'count', left, mine: count.mine - (free?.day === day ? free.mine : 0), atMs: count.atMs };
  };
  /** The least that a day of the last week left over, by KYBIO's count where it told one. */
  const spare = (limit: number, taught: Kept['enough'], mine: number, forEach: number): number | null => {
    const counted = new Map(
      loadCallCount(settings)?.before.map((of) => [of.day, (of.limit || limit) - of.used]),
    );
    const own = days.lastWeek().map(({ day, calls }) => counted.get(day) ?? limit - calls * forEach);
    if (taught !== null) own.push(0);
    const watchedMs = clock.monotonicMs() - openedAtMs;
    return own.length > 0
      ? Math.max(0, Math.floor(Math.min(...own)))
      : spareOfFirstDay({ limit, tillCount, mine, watchedMs });
  };

  const facts = (): CallFacts => {
    const { callsPerDay: limit, callsKeptForIncrements: keptForIncrements } = policy();
    const { enough, free } = read();
    const day = today();
    const taught =
      enough !== null && enough.day <= day && enough.day >= addDays(day, -TAUGHT_DAYS) ? enough : null;
    const forEach = callsForEach(tillCount, loadCallCount(settings));
    const mine = Math.max(0, meter.usedToday() - (free?.day === day ? free.mine : 0));
    return {
      limit,
      tillCount,
      mine,
      said: said(limit, day, free),
      taught: taught?.mine ?? null,
      waiting: parts.waiting(),
      needed: neededOf(days),
      keptForIncrements,
      spare: spare(limit, taught, mine, forEach),
      forEach,
    };
  };

  const left = (purpose: CallPurpose): number => {
    if (parts.isFree) return policy().callsPerDay;
    const now = facts();
    if (purpose !== 'directory') return callsFor(purpose, now);
    // One till reads for all: the others take it from a file, and from the look-ups that they make.
    if (tillNumber !== 1) return 0;
    return Math.min(pagesToday(now) - meter.usedToday('directory'), callsFor('refresh', now));
  };

  return {
    left,
    facts,
    may: (purpose) => left(purpose) > 0,
    forBacklog: () => {
      const now = facts();
      const wholeDays = days.later().map(({ entries }) => ({ entries, later: entries }));
      const aDay: CallFacts = {
        ...now,
        mine: 0,
        said: { kind: 'nothing' },
        needed: neededOf(days, wholeDays),
      };
      return { now: callsForBacklog(now), aDay: callsForBacklog(aDay) };
    },
    shown: () => {
      const now = facts();
      return {
        used: meter.usedToday(),
        limit: now.limit,
        left: leftOfAccount(now),
        toldAtMs: now.said.kind === 'count' ? now.said.atMs : null,
        lookUpsLeft: callsFor('refresh', now),
        needed: neededToday(now),
      };
    },
  };
}

/** What is still to come at the counter, with the look-ups that came with it. */
function neededOf(days: CallDays, of = days.later()): number | null {
  const entries = neededByDays(of);
  return entries === null ? null : Math.ceil(entries * (1 + days.lookUpsAnEntry()));
}
