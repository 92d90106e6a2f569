import type { Pause, PauseReason } from '../../../preload/contract/index.ts';
import type { Outcome, ReadFailure } from '../port/member-host.ts';
import {
  afterAnswer,
  afterFailedIncrement,
  afterFailure,
  afterOneUndecided,
  afterPress,
  afterUndecidedBefore,
  type Backoff,
  LONGEST_OFFLINE_DELAY_MS,
  noBackoff,
} from './backoff.ts';
import { endedByAnAnswer, endedByKey, endedByManager, isForRefusedKey, withoutPauses } from './pauses.ts';

/** What the till assumes about the connection to KYBIO. Changed only by the functions of this file. */
export interface LinkState {
  readonly reach: 'starting' | 'online' | 'offline';
  readonly pauses: readonly Pause[];
  readonly backoff: Backoff;
  readonly lastAnswerAtMs: number | null;
  readonly clockSkewMs: number | null;
  /** The member whose read was last refused in unknown words, nothing answered since: a second one pauses the queue. */
  readonly refusedRead: string | null;
  /** The member about whom the newest answer contradicted itself: one about another in a row pauses the queue. */
  readonly contradictedUid: string | null;
}

/** For a read about no particular member. */
export const ALL_MEMBERS = 'all members';

/** An ended attempt at an increment. */
export interface EndedAttempt {
  /** The entry was undecided before: it costs no other one. */
  readonly isAgain: boolean;
  /** The increment's member. */
  readonly about?: string;
  readonly retryAfterMs?: number | null;
}

export interface Moment {
  readonly nowMs: number;
  readonly monotonicMs: number;
  /** Uniform in [0, 1), for the jitter. */
  readonly unit: number;
}

/** KYBIO's Retry-After counts up to an hour. */
const LONGEST_RETRY_AFTER_MS = 3_600_000;

/** A larger skew is shown to the cashier; a clock pause ends below it. */
export const CLOCK_SKEW_LIMIT_MS = 300_000;

/** How often the clock is checked again with a call. */
const CLOCK_RECHECK_MS = 300_000;

export const startingLink: LinkState = {
  reach: 'starting',
  pauses: [],
  backoff: noBackoff,
  lastAnswerAtMs: null,
  clockSkewMs: null,
  refusedRead: null,
  contradictedUid: null,
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
  attempt: EndedAttempt = { isAgain: false },
): LinkState {
  switch (outcome.kind) {
    case 'applied':
      return { ...afterSettled(link, at), backoff: noBackoff };
    // A box that refuses everything may have answered: the back-off stays.
    case 'rejected':
      return afterSettled(link, at);
    case 'not-applied':
      return outcome.sent
        ? afterRefusal(link, outcome, at, attempt)
        : afterNotConnected(link, outcome.cause, outcome.pause, at);
    case 'unknown':
      return afterUnknown(link, outcome, at, attempt);
  }
}

const retryAfterOf = ({ retryAfterMs }: EndedAttempt): number =>
  Math.min(Math.max(retryAfterMs ?? 0, 0), LONGEST_RETRY_AFTER_MS);

function afterRefusal(
  link: LinkState,
  outcome: Extract<Outcome, { kind: 'not-applied' }>,
  at: Moment,
  attempt: EndedAttempt,
): LinkState {
  const backoff = afterFailedIncrement(link.backoff, at, retryAfterOf(attempt));
  const next: LinkState = { ...link, reach: 'online', backoff, refusedRead: null };
  return outcome.pause === null ? next : withPause(next, outcome.pause, outcome.messages.join(' '), at.nowMs);
}

function afterUnknown(
  link: LinkState,
  outcome: Extract<Outcome, { kind: 'unknown' }>,
  at: Moment,
  attempt: EndedAttempt,
): LinkState {
  const { cause, pause } = outcome;
  const isAnswer = cause === 'duplicate' || pause === 'contradiction';
  const backoff =
    isAnswer || attempt.isAgain
      ? afterOneUndecided(link.backoff, at)
      : afterFailedIncrement(link.backoff, at, retryAfterOf(attempt));
  const words = outcome.messages.join(' ');
  const next = withPause({ ...link, backoff }, 'unanswered', words, at.nowMs);
  if (pause === null) return next;
  return pause === 'contradiction'
    ? afterContradiction(next, words, at, attempt.about ?? '')
    : withPause(next, pause, words, at.nowMs);
}

/** It may be about this member alone (a gift on top, a merged card): the queue pauses at a second one's in a row. */
function afterContradiction(link: LinkState, words: string, at: Moment, about: string): LinkState {
  const isOfAnother = link.contradictedUid !== null && link.contradictedUid !== about;
  const next = { ...link, contradictedUid: about };
  return isOfAnother ? withPause(next, 'contradiction', words, at.nowMs) : next;
}

function afterNotConnected(link: LinkState, cause: string, pause: PauseReason | null, at: Moment): LinkState {
  const backoff = afterFailure(link.backoff, at, LONGEST_OFFLINE_DELAY_MS);
  const next: LinkState = { ...link, reach: 'offline', backoff };
  return pause === null ? next : withPause(next, pause, cause, at.nowMs);
}

function answered(link: LinkState, at: Moment): LinkState {
  return {
    ...link,
    reach: 'online',
    backoff: afterAnswer(link.backoff),
    lastAnswerAtMs: at.nowMs,
    refusedRead: null,
  };
}

const afterSettled = (link: LinkState, at: Moment): LinkState => ({
  ...answered(link, at),
  contradictedUid: null,
});

/** After a read that KYBIO answered, with or without a record. */
export function afterAnsweredRead(link: LinkState, at: Moment): LinkState {
  const next = withoutPauses(answered(link, at), (reason) => endedByAnAnswer.has(reason));
  // A host that sends no time cannot be checked, so its answer suffices.
  const clockIsRight = link.clockSkewMs === null || Math.abs(link.clockSkewMs) <= CLOCK_SKEW_LIMIT_MS;
  if (clockIsRight) return withoutPauses(next, (reason) => reason === 'clock');
  // A person must set the clock, and each check costs a call, so checks are rare.
  const stillWrong = next.pauses.some((pause) => pause.reason === 'clock');
  return stillWrong ? waitingFor(next, CLOCK_RECHECK_MS, at) : next;
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
  cause === 'other-status';

const withLongerWait = (link: LinkState, failure: ReadFailure, at: Moment): LinkState => ({
  ...link,
  backoff: afterFailure(link.backoff, at, isTheirEnd(failure) ? undefined : LONGEST_OFFLINE_DELAY_MS),
});

export const afterSkew = (link: LinkState, clockSkewMs: number): LinkState => ({ ...link, clockSkewMs });

/** "Send now": the wait ends and restarts short. After an unanswered increment one entry goes. */
export const withoutWait = (link: LinkState): LinkState => ({ ...link, backoff: afterPress(link.backoff) });

/** The network is back, or the PC woke up: after an unanswered increment the wait stays. */
export const afterNetworkChange = (link: LinkState): LinkState => ({
  ...link,
  backoff: afterAnswer(link.backoff),
});

/** At a start with an undecided entry, when it is unknown whether KYBIO answers. */
export const afterUndecidedAtStart = (link: LinkState, at: Moment): LinkState =>
  withPause({ ...link, backoff: afterUndecidedBefore(link.backoff) }, 'unanswered', '', at.nowMs);

function waitingFor(link: LinkState, delayMs: number, at: Moment): LinkState {
  const untilMonotonicMs = Math.max(link.backoff.untilMonotonicMs, at.monotonicMs + delayMs);
  return { ...link, backoff: { ...link.backoff, untilMonotonicMs } };
}

/** After an internal failure: wait a moment instead of looping. */
export const afterFault = (link: LinkState, at: Moment): LinkState => waitingFor(link, 5_000, at);

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
