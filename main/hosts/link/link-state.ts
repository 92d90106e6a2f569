import type { Pause, PauseReason } from '../../../preload/contract/index.ts';
import type { Outcome, ReadFailure } from '../port/member-host.ts';
import { type BackoffPolicy, backoffDelayMs, defaultBackoff } from './backoff.ts';
import {
  afterDuplicate,
  afterNoAnswer,
  afterUnansweredBefore,
  type FailureBackoff,
  noFailureBackoff,
  withFailureBackoff,
} from './failure-backoff.ts';
import { endedByAnAnswer, endedByKey, endedByManager, isForRefusedKey, withoutPauses } from './pauses.ts';

/** What the till assumes about the connection to KYBIO. Changed only by the functions of this file. */
export interface LinkState {
  readonly reach: 'starting' | 'online' | 'offline';
  readonly pauses: readonly Pause[];
  /** Failed connections since the last answer, and refusals since the last settled increment. */
  readonly connectFailures: number;
  readonly refusals: number;
  /** Nothing is tried before this monotonic time. */
  readonly retryAtMonotonicMs: number;
  readonly lastAnswerAtMs: number | null;
  readonly clockSkewMs: number | null;
  /** The member whose read was last refused in unknown words, nothing answered since: a second one pauses the queue. */
  readonly refusedRead: string | null;
  /** The member about whom the newest answer contradicted itself: one about another in a row pauses the queue. */
  readonly contradictedUid: string | null;
  /** The failure back-off of the increment call; no read changes it. */
  readonly failureBackoff: FailureBackoff;
}

/** For a read about no particular member. */
export const ALL_MEMBERS = 'all members';

/** An ended attempt at an increment. */
export interface EndedAttempt {
  readonly begunAtMonotonicMs: number;
  /** The entry was undecided before: it costs no other one. */
  readonly isAgain: boolean;
  /** The increment's member. */
  readonly about?: string;
}

export interface Moment {
  readonly nowMs: number;
  readonly monotonicMs: number;
  /** Uniform in [0, 1), for the jitter. */
  readonly unit: number;
}

/** Where KYBIO's side refuses or fails, the bound grows to a quarter of an hour: each try costs a call. */
const refusalBackoff: BackoffPolicy = { firstDelayMs: 1_000, longestDelayMs: 900_000 };

/** A larger skew is shown to the cashier; a clock pause ends below it. */
export const CLOCK_SKEW_LIMIT_MS = 300_000;

/** How often the clock is checked again with a call. */
const CLOCK_RECHECK_MS = 300_000;

export const startingLink: LinkState = {
  reach: 'starting',
  pauses: [],
  connectFailures: 0,
  refusals: 0,
  retryAtMonotonicMs: 0,
  lastAnswerAtMs: null,
  clockSkewMs: null,
  refusedRead: null,
  contradictedUid: null,
  failureBackoff: noFailureBackoff,
};

export function withPause(link: LinkState, reason: PauseReason, words: string, nowMs: number): LinkState {
  if (link.pauses.some((pause) => pause.reason === reason)) return link;
  const pause: Pause = {
    reason,
    sinceMs: nowMs,
    words: words.slice(0, 500),
    needsManager: endedByManager.has(reason),
  };
  return { ...link, pauses: [...link.pauses, pause] };
}

/** After an attempt at an increment. */
export function afterOutcome(
  link: LinkState,
  outcome: Outcome,
  at: Moment,
  attempt: EndedAttempt = { begunAtMonotonicMs: at.monotonicMs, isAgain: false },
): LinkState {
  switch (outcome.kind) {
    case 'applied':
      return {
        ...afterAnswer(link, at),
        failureBackoff: noFailureBackoff,
      };
    // A box that refuses everything may have answered: the back-off stays.
    case 'rejected':
      return afterAnswer(link, at);
    case 'not-applied':
      return outcome.sent
        ? afterRefusal(link, outcome, at)
        : afterNotConnected(link, outcome.cause, outcome.pause, at);
    case 'unknown':
      return {
        ...afterUnknown(link, outcome, at, attempt),
        failureBackoff: failureBackoffAfterUnknown(link.failureBackoff, outcome, attempt, at),
      };
  }
}

function failureBackoffAfterUnknown(
  failureBackoff: FailureBackoff,
  { cause, pause }: Extract<Outcome, { kind: 'unknown' }>,
  { begunAtMonotonicMs, isAgain }: EndedAttempt,
  at: Moment,
): FailureBackoff {
  // A resend costs no entry, so it does not lengthen the wait.
  if (isAgain) return afterUnansweredBefore(failureBackoff);
  // Both are answers of the increment call.
  return cause === 'duplicate' || pause === 'contradiction'
    ? afterDuplicate(failureBackoff, at)
    : afterNoAnswer(failureBackoff, begunAtMonotonicMs, at);
}

function afterRefusal(
  link: LinkState,
  outcome: Extract<Outcome, { kind: 'not-applied' }>,
  at: Moment,
): LinkState {
  const refusals = link.refusals + 1;
  // Retry-After may lengthen the wait, never end it: "Retry-After: 0" would loop. Jitter is added to it, since all
  // refused tills get the same value.
  const backoffMs = backoffDelayMs(refusals, at.unit, refusalBackoff);
  const delayMs = (outcome.retryAfterMs ?? 0) + backoffMs;
  const next: LinkState = {
    ...link,
    reach: 'online',
    connectFailures: 0,
    refusals,
    retryAtMonotonicMs: at.monotonicMs + delayMs,
    refusedRead: null,
  };
  return outcome.pause === null ? next : withPause(next, outcome.pause, outcome.messages.join(' '), at.nowMs);
}

function afterUnknown(
  link: LinkState,
  outcome: Extract<Outcome, { kind: 'unknown' }>,
  at: Moment,
  { about = '' }: EndedAttempt,
): LinkState {
  // A duplicate is an answer, so the next read comes soon, however often.
  const refusals = outcome.cause === 'duplicate' ? 1 : link.refusals + 1;
  const words = outcome.messages.join(' ');
  const next = withPause(
    {
      ...link,
      refusals,
      retryAtMonotonicMs: at.monotonicMs + backoffDelayMs(refusals, at.unit, refusalBackoff),
    },
    'unanswered',
    words,
    at.nowMs,
  );
  if (outcome.pause === null) return next;
  return outcome.pause === 'contradiction'
    ? afterContradiction(next, words, at, about)
    : withPause(next, outcome.pause, words, at.nowMs);
}

/** It may be about this member alone (a gift on top, a merged card): the queue pauses at a second one's in a row. */
function afterContradiction(link: LinkState, words: string, at: Moment, about: string): LinkState {
  const isOfAnother = link.contradictedUid !== null && link.contradictedUid !== about;
  const next = { ...link, contradictedUid: about };
  return isOfAnother ? withPause(next, 'contradiction', words, at.nowMs) : next;
}

function afterNotConnected(link: LinkState, cause: string, pause: PauseReason | null, at: Moment): LinkState {
  const connectFailures = link.connectFailures + 1;
  const next: LinkState = {
    ...link,
    reach: 'offline',
    connectFailures,
    retryAtMonotonicMs: at.monotonicMs + backoffDelayMs(connectFailures, at.unit, defaultBackoff),
  };
  return pause === null ? next : withPause(next, pause, cause, at.nowMs);
}

function answered(link: LinkState, at: Moment): LinkState {
  return {
    ...link,
    reach: 'online',
    connectFailures: 0,
    retryAtMonotonicMs: 0,
    lastAnswerAtMs: at.nowMs,
    refusedRead: null,
  };
}

/** After an answered increment. */
const afterAnswer = (link: LinkState, at: Moment): LinkState => ({
  ...answered(link, at),
  refusals: 0,
  contradictedUid: null,
});

/** After a read that KYBIO answered, with or without a record. */
export function afterAnsweredRead(link: LinkState, at: Moment): LinkState {
  // After a refusal the wait stays: an answered read says nothing about increments.
  const waits = link.refusals > 0 ? link.retryAtMonotonicMs : 0;
  const heard = { ...answered(link, at), retryAtMonotonicMs: waits };
  const next = withoutPauses(heard, (reason) => endedByAnAnswer.has(reason));
  // A host that sends no time cannot be checked, so its answer suffices.
  const clockIsRight = link.clockSkewMs === null || Math.abs(link.clockSkewMs) <= CLOCK_SKEW_LIMIT_MS;
  if (clockIsRight) return withoutPauses(next, (reason) => reason === 'clock');
  // A person must set the clock, and each check costs a call, so checks are rare.
  const stillWrong = next.pauses.some((pause) => pause.reason === 'clock');
  return stillWrong ? { ...next, retryAtMonotonicMs: at.monotonicMs + CLOCK_RECHECK_MS } : next;
}

/**
 * After a failed read, which only says something about the connection. `about`: the member of whom KYBIO knows, or
 * `ALL_MEMBERS`; null for an unknown card, whose refusal may be KYBIO's way to say so.
 */
export function afterFailedRead(
  link: LinkState,
  failure: ReadFailure,
  at: Moment,
  about: string | null = null,
): LinkState {
  if (failure.cause !== 'unknown-words') return afterSilence(link, failure, at);
  const heard: LinkState = { ...link, reach: 'online', refusedRead: about ?? link.refusedRead };
  if (about === null) return heard;
  const isOfAnother = link.refusedRead !== null && link.refusedRead !== about;
  const next = isOfAnother ? withPause(heard, 'unanswered', failure.messages.join(' '), at.nowMs) : heard;
  // A refusal about one member concerns that member alone, and nobody waits.
  return next.pauses.length === 0 ? next : withLongerWait(next, failure, at);
}

function afterSilence(link: LinkState, failure: ReadFailure, at: Moment): LinkState {
  switch (failure.kind) {
    case 'nothing':
    case 'refused':
      return afterAnsweredRead(link, at);
    case 'not-connected':
      return afterNotConnected(link, failure.cause, failure.pause, at);
    case 'no-answer':
    case 'paused': {
      // Something answered, though perhaps not KYBIO.
      const reach = failure.kind === 'no-answer' ? 'offline' : link.reach;
      const next = { ...withLongerWait(link, failure, at), reach } as const;
      return failure.pause === null
        ? next
        : withPause(next, failure.pause, failure.messages.join(' '), at.nowMs);
    }
  }
}

/** Problems only KYBIO's or a gateway's operators can fix. */
const isTheirEnd = ({ cause, pause }: ReadFailure): boolean =>
  pause === 'permission' ||
  pause === 'server' ||
  pause === 'clock' ||
  pause === 'quota' ||
  cause === 'unknown-words' ||
  cause === 'back-end-error' ||
  cause === 'overloaded' ||
  cause === 'other-status';

/** A returning network is noticed within a minute; a cashier's look-up during a wait does not lengthen it. */
function withLongerWait(link: LinkState, failure: ReadFailure, at: Moment): LinkState {
  if (link.retryAtMonotonicMs > at.monotonicMs) return link;
  const connectFailures = link.connectFailures + 1;
  const policy = isTheirEnd(failure) ? refusalBackoff : defaultBackoff;
  const retryAtMonotonicMs = at.monotonicMs + backoffDelayMs(connectFailures, at.unit, policy);
  return { ...link, connectFailures, retryAtMonotonicMs };
}

export const afterSkew = (link: LinkState, clockSkewMs: number): LinkState => ({ ...link, clockSkewMs });

/** The network is back, the PC woke up, or "Send now": the wait ends and restarts short. The failure back-off stays. */
export const withoutWait = (link: LinkState): LinkState => ({
  ...link,
  connectFailures: 0,
  retryAtMonotonicMs: 0,
});

/** At a start with an undecided entry, when it is unknown whether KYBIO answers. */
export const afterUndecidedAtStart = (link: LinkState, at: Moment): LinkState =>
  withPause(withFailureBackoff(link, afterUnansweredBefore(link.failureBackoff)), 'unanswered', '', at.nowMs);

/** After an internal failure: wait a moment instead of looping. */
export const afterFault = (link: LinkState, at: Moment): LinkState => ({
  ...link,
  retryAtMonotonicMs: at.monotonicMs + 5_000,
});

export const afterTestedKey = (link: LinkState): LinkState =>
  withoutWait(withoutPauses(link, (reason) => endedByKey.has(reason)));

/** Drops KYBIO's verdict about a key replaced meanwhile: the present one was tested since. */
export const withoutOldKeyPause = <T extends Outcome | ReadFailure>(said: T): T =>
  'pause' in said && said.pause === 'credentials' ? { ...said, pause: null } : said;

/**
 * The key was changed while the till was closed, untested. So one harmless read goes first: it ends the pause, or
 * refuses this key too.
 */
export const withOtherKey = (link: LinkState): LinkState => ({
  ...link,
  pauses: link.pauses.map((pause) =>
    isForRefusedKey(pause) ? { ...pause, reason: 'unanswered', words: '' } : pause,
  ),
});

export const afterManager = (link: LinkState): LinkState =>
  withoutWait({
    ...withoutPauses(link, (reason) => endedByManager.has(reason)),
    refusedRead: null,
    contradictedUid: null,
  });

/** The database check found all of it intact. */
export const afterDataCheck = (link: LinkState): LinkState =>
  withoutPauses(link, (reason) => reason === 'data-check');

export const afterCommit = (link: LinkState): LinkState => withoutPauses(link, (reason) => reason === 'disk');

/** The call limit was raised after a spent quota; this also ends the wait. */
export const afterLargerLimit = (link: LinkState): LinkState => {
  const next = withoutPauses(link, (reason) => reason === 'quota');
  return next === link ? link : withoutWait(next);
};
