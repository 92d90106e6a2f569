import type { OthersCalls } from './other-tills.ts';

/**
 * What a call is for, in the order in which a low budget serves them: increments and test credits of the check-up;
 * look-ups of unknown cards; evidence (`probe`) and KYBIO's count of the calls; readings of known members (`refresh`)
 * and matching; pages of the directory.
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

/** KYBIO's report of the account's calls: `left` at that time, and `mine`, this till's calls by then. */
export type ReportedCalls =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'enough' }
  | { readonly kind: 'count'; readonly left: number; readonly mine: number; readonly atMs: number };

/** The account's calls at a moment, and this till's part; all are counts of calls. */
export interface CallFacts {
  /** Calls that the account has a day. */
  readonly limit: number;
  /** What is known of the account's other tills. */
  readonly others: OthersCalls;
  /** Made by this till since the day began, or since calls came free in the middle of it. */
  readonly mine: number;
  readonly reported: ReportedCalls;
  /** This till's calls on the last day on which the account's quota was spent; null where none is recent. */
  readonly taught: number | null;
  /** Entries that wait to be sent. */
  readonly waiting: number;
  /** Calls the rest of the day needs at this counter, from past weeks; null where too few days are known. */
  readonly needed: number | null;
  /** Calls of the account's day that a manager reserved for increments until that is known. */
  readonly keptForIncrements: number;
  /** The lowest number of calls left over on a day of the last week; null where no day is known. */
  readonly spare: number | null;
  /** Calls that the account makes, others' too, for each of this till, as far as anything tells. */
  readonly forEach: number;
}

/** Pospal's free tier, as reported by two users. */
export const defaultBudget = { limit: 300, keptForIncrements: 120 } as const;

/** One day on which others took nearly all is not typical: a share never falls below this part of the equal one. */
const LEAST_PART = 4;

/** Other tills may each be busier than this one, or than they have been; a count reported by KYBIO includes terminals too. */
const BUSIER = 1.3;

const equalPart = ({ limit, others }: CallFacts): number => Math.floor(limit / others.tillCount);

/** What is left of it whatever others did or say: wrong figures starve nobody. */
const leastLeft = (facts: CallFacts): number => Math.floor(equalPart(facts) / LEAST_PART) - facts.mine;

/** Calls left to the account as last known: by KYBIO's report where there is one, else at most. */
export function leftOfAccount(facts: CallFacts): number {
  const { limit, mine, reported, others } = facts;
  const own = Math.max(0, limit - mine);
  const byAll = own - others.used;
  // KYBIO takes calls beyond what they say is all: they are wrong, or the limit is.
  const byTills = byAll < 0 ? own : Math.max(byAll, leastLeft(facts));
  switch (reported.kind) {
    case 'enough':
      return 0;
    case 'count':
      return Math.min(byTills, Math.max(0, reported.left - Math.max(0, mine - reported.mine)));
    case 'nothing':
      return byTills;
  }
}

/** This till's share of a day while no other is heard of: an equal part, or what it got when the quota was last spent. */
export function shareOf(facts: CallFacts): number {
  const fair = equalPart(facts);
  const { taught } = facts;
  return taught === null ? fair : Math.min(fair, Math.max(taught, Math.floor(fair / LEAST_PART)));
}

/** Calls this till may still make without using another's share. */
function leftOfShare(facts: CallFacts): number {
  const { mine, needed, waiting, others, reported } = facts;
  const account = leftOfAccount(facts);
  if (others.heard !== null) {
    const { left, needed: neededByOthers, part } = others.heard;
    const pool = Math.max(0, Math.min(account, left - mine));
    // Before a till knows its days, nobody's reserve says more than the parts do.
    const [own, theirs] = needed === null ? [0, 0] : [waiting + needed, neededByOthers];
    const needs = own + theirs;
    const beyond = Math.max(0, pool - own - BUSIER * theirs);
    const share = pool >= needs ? own + beyond * part : (pool * own) / needs;
    return Math.min(account, Math.max(0, Math.floor(share), leastLeft(facts)));
  }
  const own = shareOf(facts) - mine;
  // Once KYBIO has counted for all tills, what is left is shared equally.
  const counted = reported.kind === 'count' ? Math.floor(account / others.tillCount) : 0;
  return Math.max(0, Math.min(account, Math.max(own, counted)));
}

/** Calls reserved for increments here: entries that wait, and those still expected today. */
export function neededToday(facts: CallFacts): number {
  const { limit, mine, waiting, needed, keptForIncrements, others } = facts;
  const aDay = others.heard === null ? shareOf(facts) : mine + leftOfShare(facts);
  return waiting + (needed ?? Math.ceil((aDay * keptForIncrements) / limit));
}

/** The same at this till and all that are heard of. */
const neededByAll = (facts: CallFacts): number => neededToday(facts) + (facts.others.heard?.needed ?? 0);

/** What nothing that others say keeps from a card that nobody here knows. */
const leastLookUps = (facts: CallFacts): number =>
  facts.others.heard === null ? 0 : Math.min(leftOfAccount(facts), leastLeft(facts));

/**
 * Calls left for a purpose. Increments are never limited: KYBIO's answer about its quota pauses the queue, a wrong
 * count of ours must not. A look-up of an unknown card, without which there is no increment, leaves half of the
 * reserve: what is scanned may be no card.
 */
export function callsFor(purpose: Exclude<CallPurpose, 'directory'>, facts: CallFacts): number {
  switch (purpose) {
    case 'increment':
    case 'test':
      return Number.POSITIVE_INFINITY;
    case 'look-up':
      return Math.max(0, leftOfAccount(facts) - Math.ceil(neededToday(facts) / 2), leastLookUps(facts));
    case 'probe':
    case 'count':
      return leftOfShare(facts);
    case 'refresh':
    case 'matching':
      return Math.max(0, leftOfShare(facts) - neededToday(facts));
  }
}

/** The directories' part of the account's day, and one page for so many calls that a day needs anyway; each till has its equal part. */
const DIRECTORY_PART = 20;
const CALLS_A_PAGE = 10;
/** Below this part left over on the worst day of the week, the directory gets nothing. */
const SPARE_PART = 4;
/** Kept from it at the end of a day that is seen, when so few entries are still needed that chance decides. */
const KEPT_PART = 10;

/** A safety factor over what most days need. */
const ENOUGH = 5;
/** A manager's reserve is more than most days need, so the factor is smaller. */
const ENOUGH_AT_FIRST = 2;

function likelyLeft(facts: CallFacts): number {
  const { limit, mine, forEach, others, reported } = facts;
  if (others.heard !== null) return Math.min(leftOfAccount(facts), others.heard.left - mine);
  return reported.kind === 'nothing' ? limit - mine * forEach : leftOfAccount(facts);
}

const FEWEST_COUNTED = 10;

/** Calls that the account makes for each of this till, by the newest count of whatever day. */
export function callsForEach(
  tillCount: number,
  count: { readonly used: number; readonly mine: number } | null,
) {
  if (count !== null && count.mine >= FEWEST_COUNTED) return Math.max(1, count.used / count.mine);
  return tillCount === 1 ? 1 : tillCount * BUSIER;
}

/** Directory pages that this till may read today. */
export function pagesToday(facts: CallFacts): number {
  const { limit, spare, others } = facts;
  if (spare === null) return 0;
  // Others are known of, and none is heard: this day may be a busy one of theirs.
  if (others.heard === null && others.before.size > 0) return 0;
  // Only a till that hears of the others, and knows its days, sees what this very day leaves over.
  const isSeen = others.heard?.isAll === true && facts.needed !== null;
  if (!isSeen && spare * SPARE_PART < limit) return 0;
  const enough = facts.needed === null ? ENOUGH_AT_FIRST : ENOUGH;
  const needed = others.heard === null ? neededToday(facts) * others.tillCount : neededByAll(facts);
  if (likelyLeft(facts) < enough * needed + (isSeen ? limit / KEPT_PART : 0)) return 0;
  const ofAccount = Math.min(limit / DIRECTORY_PART, (limit - spare) / CALLS_A_PAGE);
  return Math.max(1, Math.floor(ofAccount / others.tillCount));
}

/** After this long, a till's first day shows how many calls the account can spare. */
const WATCHED_MS = 2 * 3_600_000;
const LONG_DAY_MS = 12 * 3_600_000;

/**
 * What the first day leaves over at its rate so far; null while it was watched too short. Nothing where the day would
 * use more than half of the account's calls.
 */
export function spareOfFirstDay(of: {
  readonly limit: number;
  /** Of all tills, as far as known. */
  readonly calls: number;
  readonly watchedMs: number;
}): number | null {
  if (of.watchedMs < WATCHED_MS) return null;
  const aDay = (of.calls * LONG_DAY_MS) / Math.min(of.watchedMs, LONG_DAY_MS);
  return Math.max(0, Math.floor(of.limit / 2 - aDay));
}

/** Too few days say nothing of a shop's hours. */
const FEWEST_DAYS = 3;
const BUSY = 0.9;

/**
 * What the rest of a day needs: enough for nine of ten earlier days after this hour. Days without entries do not
 * count. Null where too few are known.
 */
export function neededByDays(laterThatDay: readonly { readonly entries: number; readonly later: number }[]) {
  const open = laterThatDay.filter(({ entries }) => entries > 0).map(({ later }) => later);
  if (open.length < FEWEST_DAYS) return null;
  open.sort((a, b) => a - b);
  return open[Math.ceil(open.length * BUSY) - 1] ?? 0;
}
