import type { CallBudget } from '../hosts/calls/index.ts';
import { isQuotaSpent, type Link } from '../hosts/link/index.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type { SendCandidate } from '../ledger/index.ts';
import { endOfDay } from '../members/index.ts';

/** Entries made since calls became available, and those that had waited before. */
interface Parted {
  /** In send order, each with the member's older ones. */
  readonly first: readonly SendCandidate[];
  readonly backlog: readonly SendCandidate[];
}

/** For so long after KYBIO reported the day's calls used up, they count as scarce. */
const SCARCE_FOR_MS = 7 * 86_400_000;

/** One entry goes this often even without calls left: our count may be wrong. */
const BEYOND_EVERY_MS = 900_000;

/** `candidates` by age; a member's entries stay together (protocol rule 3). */
export function part(candidates: readonly SendCandidate[], freeSinceMs: number, nowMs: number): Parted {
  // An entry made later than now (a clock set back) counts as old.
  const isOld = ({ createdAtMs }: SendCandidate) => createdAtMs < freeSinceMs || createdAtMs > nowMs;
  const atCounter = new Set(candidates.filter((one) => !isOld(one)).map(({ customerUid }) => customerUid));
  return {
    first: candidates.filter(({ customerUid }) => atCounter.has(customerUid)),
    backlog: candidates.filter(({ customerUid }) => !atCounter.has(customerUid)),
  };
}

interface ThroughQuestion {
  readonly waiting: number;
  /** KYBIO reported the day's calls used up: nothing goes until they become available. */
  readonly isPaused: boolean;
  /** How many of them may go in a day. */
  readonly aDay: number;
  readonly nowMs: number;
  /** When calls become available again. */
  readonly freeAtMs: number;
}

interface Through {
  readonly atMs: number;
  /** Days from today, by the calendar of calls. */
  readonly inDays: number;
}

const DAY_MS = 86_400_000;

/** When the last of these entries will go; null if none waits. */
export function allThrough({ waiting, isPaused, aDay, nowMs, freeAtMs }: ThroughQuestion): Through | null {
  if (waiting <= 0) return null;
  const today = isPaused ? 0 : Math.floor(Math.max(0, freeAtMs - nowMs) / BEYOND_EVERY_MS);
  if (waiting <= today) return { atMs: nowMs + waiting * BEYOND_EVERY_MS, inDays: 0 };
  const perDay = Math.max(aDay, DAY_MS / BEYOND_EVERY_MS);
  const inDays = Math.ceil((waiting - today) / perDay);
  return { atMs: freeAtMs + (inDays - 1) * DAY_MS, inDays };
}

/** After calls ran out: entries just made go first, then older ones by age, as far as the day's calls allow. */
export interface Backlog {
  /** What may go, in send order. */
  inOrder(candidates: readonly SendCandidate[], isSending: boolean): readonly SendCandidate[];
  /** These are being sent. */
  goes(sent: readonly SendCandidate[]): void;
  /** Lets one go at once, since a person waits. */
  hurry(): void;
  allThrough(): Through | null;
}

interface Parts {
  readonly candidates: () => readonly SendCandidate[];
  readonly link: Pick<Link, 'state' | 'onChange'>;
  readonly callBudget: Pick<CallBudget, 'forBacklog'>;
  /** When KYBIO last reported the day's calls used up; null if never. */
  readonly quotaToldAtMs: () => number | null;
  /** A moment's day, by the calendar of calls. */
  readonly dayOf: (unixMs: number) => string;
  readonly clock: Clock;
}

export function createBacklog(parts: Parts): Backlog {
  const { link, callBudget, clock, dayOf } = parts;
  const toldAtMs = parts.quotaToldAtMs();
  let freeSinceMs = toldAtMs === null ? null : Math.min(clock.nowMs(), endOfDay(toldAtMs, dayOf));
  let beyondAtMs = clock.monotonicMs();
  link.onChange((before, after) => {
    if (!isQuotaSpent(before) || isQuotaSpent(after)) return;
    freeSinceMs = clock.nowMs();
    beyondAtMs = clock.monotonicMs();
  });

  const parted = (candidates: readonly SendCandidate[]): Parted => {
    const nowMs = clock.nowMs();
    // With a clock set back every entry would count as old.
    if (freeSinceMs !== null) freeSinceMs = Math.min(freeSinceMs, nowMs);
    return freeSinceMs === null || nowMs - freeSinceMs >= SCARCE_FOR_MS
      ? { first: candidates, backlog: [] }
      : part(candidates, freeSinceMs, nowMs);
  };
  const isBeyondDue = () => clock.monotonicMs() - beyondAtMs >= BEYOND_EVERY_MS;

  return {
    inOrder: (candidates, isSending) => {
      const { first, backlog } = parted(candidates);
      if (backlog.length === 0) return first;
      // Leaves the calls that the counter still needs today.
      const room = Math.max(0, callBudget.forBacklog().now - (isSending ? 1 : 0));
      const most = room > 0 || isSending || !isBeyondDue() ? room : 1;
      return [...first, ...backlog.slice(0, most)];
    },
    goes: (sent) => {
      const { backlog } = sent.length === 0 ? { backlog: [] } : parted(parts.candidates());
      if (backlog.length === 0 || callBudget.forBacklog().now > 0) return;
      if (sent.some(({ id }) => backlog.some((one) => one.id === id))) beyondAtMs = clock.monotonicMs();
    },
    hurry: () => {
      beyondAtMs = Number.NEGATIVE_INFINITY;
    },
    allThrough: () => {
      const candidates = parts.candidates();
      if (candidates.length === 0) return null;
      const nowMs = clock.nowMs();
      const isOver = isQuotaSpent(link.state);
      const { now, aDay } = callBudget.forBacklog();
      const waiting = isOver ? candidates.length : parted(candidates).backlog.length - now;
      const freeAtMs = endOfDay(nowMs, dayOf);
      return allThrough({ waiting, isPaused: isOver, aDay, nowMs, freeAtMs });
    },
  };
}

const QUOTA_TOLD_KEY = 'quota.toldAtMs';

/** Stores when KYBIO said that the day's calls are used up. */
export function noteSpentQuota(link: Link, settings: Settings, logger: Logger): void {
  link.onChange((before, after) => {
    const pause = after.pauses.find(({ reason }) => reason === 'quota');
    if (pause === undefined || before.pauses.some(({ reason }) => reason === 'quota')) return;
    try {
      settings.set(QUOTA_TOLD_KEY, String(pause.sinceMs));
    } catch (thrown) {
      logger.warn('quota.not-kept', { error: String(thrown) });
    }
  });
}

/** When KYBIO last said so; null if never. */
export function lastSpentQuotaMs(settings: Pick<Settings, 'get'>): number | null {
  const text = settings.get(QUOTA_TOLD_KEY);
  return text !== null && /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}
