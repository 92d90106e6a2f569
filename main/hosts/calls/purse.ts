/**
 * What a call is for. In the order in which a purse that runs low serves them: increments and what the check-up
 * credits; look-ups of cards that are not kept; evidence (`probe`) and KYBIO's own count of the calls; readings of members who are kept (`refresh`) and the
 * log that is matched; pages of the directory.
 */
export type CallPurpose =
  | 'increment'
  | 'test'
  | 'look-up'
  | 'probe'
  | 'count'
  | 'refresh'
  | 'matching'
  | 'directory';

/** What KYBIO has told of the account's calls; `left` is as many as it had then, and `mine` what this till had made. */
export type SaidOfCalls =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'enough' }
  | { readonly kind: 'count'; readonly left: number; readonly mine: number; readonly atMs: number };

/** What is known of the account's calls at a moment, and of this till's part in them. All are counts of calls. */
export interface CallFacts {
  /** Calls that the account has a day. */
  readonly limit: number;
  readonly tillCount: number;
  /** Made by this till since the day began, or since calls came free in the middle of it. */
  readonly mine: number;
  readonly said: SaidOfCalls;
  /** What this till had made on the last day on which it was told that the account has no more; null where none is near. */
  readonly taught: number | null;
  /** Entries that wait to be sent. */
  readonly waiting: number;
  /** What the rest of the day needs at this counter by the weeks before; null where too few days are known. */
  readonly needed: number | null;
  /** What a manager has kept back of the account's day for increments until that is known. */
  readonly keptForIncrements: number;
  /** The least that a day of the last week left over of the account's calls; null where no day is known. */
  readonly spare: number | null;
  /** Calls that the account makes, others' too, for each of this till, as far as anything tells. */
  readonly forEach: number;
}

/** Pospal's free tier, as two of its users report it. */
export const defaultBudget = { limit: 300, keptForIncrements: 120 } as const;

/** A day on which others took nearly all says little of the next: a till's share never falls below a part of the fair one. */
const LEAST_PART = 4;

/** What is left of the account's calls as last known: by KYBIO's word where there is one, else at most. */
export function leftOfAccount({ limit, mine, said }: CallFacts): number {
  switch (said.kind) {
    case 'enough':
      return 0;
    case 'count':
      return Math.max(0, said.left - Math.max(0, mine - said.mine));
    case 'nothing':
      return Math.max(0, limit - mine);
  }
}

/** This till's part of a day of the account: an equal one, or what it was left with when the account last had no more. */
export function shareOf({ limit, tillCount, taught }: CallFacts): number {
  const fair = Math.floor(limit / tillCount);
  return taught === null ? fair : Math.min(fair, Math.max(taught, Math.floor(fair / LEAST_PART)));
}

/** What this till may still take without taking another's part. */
function leftOfShare(facts: CallFacts): number {
  const account = leftOfAccount(facts);
  const own = shareOf(facts) - facts.mine;
  // Once KYBIO has counted for all, what is left is what is shared.
  const counted = facts.said.kind === 'count' ? Math.floor(account / facts.tillCount) : 0;
  return Math.max(0, Math.min(account, Math.max(own, counted)));
}

/** What is kept back for what must go: the entries that wait, and those that are still to come today. */
export const neededToday = (facts: CallFacts): number =>
  facts.waiting + (facts.needed ?? Math.ceil((shareOf(facts) * facts.keptForIncrements) / facts.limit));

/**
 * How many calls may still be made for a purpose. Increments are never held back: KYBIO's own answer about its quota
 * pauses the queue, a count of ours that is wrong must not. The look-up of a card that nobody here knows, without which
 * there is no increment, leaves half of what is needed: what is scanned may be no card at all.
 */
export function callsFor(purpose: Exclude<CallPurpose, 'directory'>, facts: CallFacts): number {
  switch (purpose) {
    case 'increment':
    case 'test':
      return Number.POSITIVE_INFINITY;
    case 'look-up':
      return Math.max(0, leftOfAccount(facts) - Math.ceil(neededToday(facts) / 2));
    case 'probe':
    case 'count':
      return leftOfShare(facts);
    case 'refresh':
    case 'matching':
      return Math.max(0, leftOfShare(facts) - neededToday(facts));
  }
}

/** What the share leaves for entries that waited while KYBIO had no calls, beside those that are still to come. */
export const callsForBacklog = (facts: CallFacts): number =>
  Math.max(0, leftOfShare(facts) - neededToday({ ...facts, waiting: 0 }));

/** The directory has a small part of the account's day, and a page for so many calls that a day needs anyway. */
const DIRECTORY_PART = 20;
const CALLS_A_PAGE = 10;
/** An account whose poorest day of the week left less of its calls has none for the directory. */
const SPARE_PART = 4;

/** The rest of the day may come to this much more than it needs on most days. */
const ENOUGH = 5;
/** What a manager keeps back is more than most days need. */
const ENOUGH_AT_FIRST = 2;

const likelyLeft = (facts: CallFacts): number =>
  facts.said.kind === 'nothing' ? facts.limit - facts.mine * facts.forEach : leftOfAccount(facts);

/** Tills whom nothing is known of may each be busier than this one; a count that KYBIO has told tells of terminals too. */
const BUSIER = 1.3;
const FEWEST_TOLD = 10;

/** Calls that the account makes for each of this till, by the newest count of whatever day. */
export function callsForEach(
  tillCount: number,
  count: { readonly used: number; readonly mine: number } | null,
) {
  if (count !== null && count.mine >= FEWEST_TOLD) return Math.max(1, count.used / count.mine);
  return tillCount === 1 ? 1 : tillCount * BUSIER;
}

/** Pages of the directory that the one till that fills it may read today. */
export function pagesToday(facts: CallFacts): number {
  if (facts.spare === null || facts.spare * SPARE_PART < facts.limit) return 0;
  const enough = facts.needed === null ? ENOUGH_AT_FIRST : ENOUGH;
  if (likelyLeft(facts) < enough * neededToday(facts) * facts.tillCount) return 0;
  const beside = Math.max(1, Math.floor((facts.limit - facts.spare) / CALLS_A_PAGE));
  return Math.min(Math.ceil(facts.limit / DIRECTORY_PART), beside);
}

/** Looked at for this long, the first day of a till tells how much the account has to spare. */
const WATCHED_MS = 2 * 3_600_000;
const LONG_DAY_MS = 12 * 3_600_000;

/**
 * What the first day leaves over, by its pace so far; null while it was watched too short. A day that would use more
 * than half of the account's calls leaves none.
 */
export function spareOfFirstDay(of: {
  readonly limit: number;
  readonly tillCount: number;
  readonly mine: number;
  readonly watchedMs: number;
}): number | null {
  if (of.watchedMs < WATCHED_MS) return null;
  const aDay = (of.mine * of.tillCount * LONG_DAY_MS) / Math.min(of.watchedMs, LONG_DAY_MS);
  return Math.max(0, Math.floor(of.limit / 2 - aDay));
}

/** Fewer days than this say nothing of a shop's hours. */
const FEWEST_DAYS = 3;
const BUSY = 0.9;

/**
 * What the rest of a day needs, by what earlier days had after this hour: as much as nine of ten of them had. Days
 * without an entry are no days of the shop. Null where too few are known.
 */
export function neededByDays(laterThatDay: readonly { readonly entries: number; readonly later: number }[]) {
  const open = laterThatDay.filter(({ entries }) => entries > 0).map(({ later }) => later);
  if (open.length < FEWEST_DAYS) return null;
  open.sort((a, b) => a - b);
  return open[Math.ceil(open.length * BUSY) - 1] ?? 0;
}
