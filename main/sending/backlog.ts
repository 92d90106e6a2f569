import type { Purse } from '../hosts/calls/index.ts';
import { type Link, type LinkState, noCallsTaken } from '../hosts/link/index.ts';
import type { Clock } from '../kernel/ports.ts';
import type { SendCandidate } from '../ledger/index.ts';
import { endOfDay } from '../members/index.ts';

/** What waited when KYBIO had no more calls, and what was made at the counter since calls came free. */
export interface Parted {
  /** In the order in which they go; with each of these the member's older ones. */
  readonly first: readonly SendCandidate[];
  readonly backlog: readonly SendCandidate[];
}

/** Where KYBIO says that the day's calls are used up, it is taken to be so near it for this long. */
const SCARCE_FOR_MS = 7 * 86_400_000;

/** Beyond what may be taken one goes this often all the same: our own count may be wrong. */
export const BEYOND_EVERY_MS = 900_000;

/** `candidates` by age, of which those of a member go in turn (protocol rule 3): they stay together. */
export function part(candidates: readonly SendCandidate[], freeSinceMs: number, nowMs: number): Parted {
  // The clock was set back since: what was made later than now is older than all that comes.
  const isOld = ({ createdAtMs }: SendCandidate) => createdAtMs < freeSinceMs || createdAtMs > nowMs;
  const atCounter = new Set(candidates.filter((one) => !isOld(one)).map(({ customerUid }) => customerUid));
  return {
    first: candidates.filter(({ customerUid }) => atCounter.has(customerUid)),
    backlog: candidates.filter(({ customerUid }) => !atCounter.has(customerUid)),
  };
}

export interface ThroughQuestion {
  /** Entries that do not go at once. */
  readonly waiting: number;
  /** The day's calls are used up by KYBIO's own word: nothing goes until they come free. */
  readonly isPaused: boolean;
  /** Of them, how many may go on a day. */
  readonly aDay: number;
  readonly nowMs: number;
  /** When calls come free again. */
  readonly freeAtMs: number;
}

export interface Through {
  readonly atMs: number;
  /** 0 for today, by the day of the calls. */
  readonly inDays: number;
}

const DAY_MS = 86_400_000;

/** When all that waits for calls will be through; null where nothing does. */
export function allThrough({ waiting, isPaused, aDay, nowMs, freeAtMs }: ThroughQuestion): Through | null {
  if (waiting <= 0) return null;
  const today = isPaused ? 0 : Math.floor(Math.max(0, freeAtMs - nowMs) / BEYOND_EVERY_MS);
  if (waiting <= today) return { atMs: nowMs + waiting * BEYOND_EVERY_MS, inDays: 0 };
  const perDay = Math.max(aDay, DAY_MS / BEYOND_EVERY_MS);
  const inDays = Math.ceil((waiting - today) / perDay);
  return { atMs: freeAtMs + (inDays - 1) * DAY_MS, inDays };
}

/** Once KYBIO had no more calls, what is made at the counter goes first, then by age, within what the day has to spare. */
export interface Backlog {
  /** What may go, in that order. */
  inOrder(candidates: readonly SendCandidate[], inFlight: number): readonly SendCandidate[];
  /** These begin. */
  goes(sent: readonly SendCandidate[]): void;
  /** A person waits: one goes at once. */
  hurry(): void;
  allThrough(): Through | null;
}

interface Parts {
  readonly candidates: () => readonly SendCandidate[];
  readonly link: Pick<Link, 'state' | 'onChange'>;
  readonly purse: Pick<Purse, 'forBacklog'>;
  /** When KYBIO last said that the day's calls are used up; null where it never did. */
  readonly quotaToldAtMs: () => number | null;
  /** The day of a moment, by the calendar of the calls. */
  readonly dayOf: (unixMs: number) => string;
  readonly clock: Clock;
}

const isPaused = (link: LinkState): boolean => noCallsTaken(link) !== null;

export function createBacklog(parts: Parts): Backlog {
  const { link, purse, clock, dayOf } = parts;
  const toldAtMs = parts.quotaToldAtMs();
  let freeSinceMs = toldAtMs === null ? null : Math.min(clock.nowMs(), endOfDay(toldAtMs, dayOf));
  let beyondAtMs = clock.monotonicMs();
  link.onChange((before, after) => {
    if (!isPaused(before) || isPaused(after)) return;
    freeSinceMs = clock.nowMs();
    beyondAtMs = clock.monotonicMs();
  });

  const parted = (candidates: readonly SendCandidate[]): Parted => {
    const nowMs = clock.nowMs();
    // As at a start: with a clock that was set back everything would be of before.
    if (freeSinceMs !== null) freeSinceMs = Math.min(freeSinceMs, nowMs);
    return freeSinceMs === null || nowMs - freeSinceMs >= SCARCE_FOR_MS
      ? { first: candidates, backlog: [] }
      : part(candidates, freeSinceMs, nowMs);
  };
  const isBeyondDue = () => clock.monotonicMs() - beyondAtMs >= BEYOND_EVERY_MS;

  return {
    inOrder: (candidates, inFlight) => {
      const { first, backlog } = parted(candidates);
      if (backlog.length === 0) return first;
      // What the day still needs at the counter is kept for it.
      const room = Math.max(0, purse.forBacklog().now - inFlight);
      const most = room > 0 || inFlight > 0 || !isBeyondDue() ? room : 1;
      return [...first, ...backlog.slice(0, most)];
    },
    goes: (sent) => {
      const { backlog } = sent.length === 0 ? { backlog: [] } : parted(parts.candidates());
      if (backlog.length === 0 || purse.forBacklog().now > 0) return;
      if (sent.some(({ id }) => backlog.some((one) => one.id === id))) beyondAtMs = clock.monotonicMs();
    },
    hurry: () => {
      beyondAtMs = Number.NEGATIVE_INFINITY;
    },
    allThrough: () => {
      const candidates = parts.candidates();
      if (candidates.length === 0) return null;
      const nowMs = clock.nowMs();
      const isOver = isPaused(link.state);
      const { now, aDay } = purse.forBacklog();
      const waiting = isOver ? candidates.length : parted(candidates).backlog.length - now;
      const freeAtMs = endOfDay(nowMs, dayOf);
      return allThrough({ waiting, isPaused: isOver, aDay, nowMs, freeAtMs });
    },
  };
}
