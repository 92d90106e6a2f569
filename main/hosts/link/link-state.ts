import type { Pause, PauseReason } from '../../../preload/contract/index.ts';
import { comparableText } from '../../kernel/squeeze.ts';
import type { Outcome, ReadFailure } from '../port/member-host.ts';
import { afterRefusedCall, type RefusedCall, type Suspicion } from './account-wide-refusal.ts';
import { type BackoffPolicy, backoffDelayMs, defaultBackoff } from './backoff.ts';
import {
  afterApplied,
  afterDuplicate,
  afterNoAnswer,
  afterUnansweredBefore,
  type FailureBackoff,
  noFailureBackoff,
  withFailureBackoff,
} from './failure-backoff.ts';
import {
  afterOverload,
  afterPassed,
  isInLoadBackoff,
  type LoadBackoff,
  loadBackoffWaitMs,
  noLoadBackoff,
} from './load-backoff.ts';
import {
  callsRefusedPause,
  endedByAnAnswer,
  endedByKey,
  endedByManager,
  isForRefusedKey,
  withoutPauses,
} from './pauses.ts';
import { isRefusedInWords } from './read-failure.ts';

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
  /** The previous attempt's unknown words: twice in a row they pause the queue. */
  readonly lastUnknownWords: string | null;
  /** The member about whom the newest answer contradicted itself: one about another in a row pauses the queue. */
  readonly contradictedUid: string | null;
  /** A call was refused in unknown words, perhaps an account-wide refusal; until another call is answered. */
  readonly suspicion: Suspicion | null;
  /** The failure back-off of the increment call; no read changes it. */
  readonly failureBackoff: FailureBackoff;
  /** The load back-off. */
  readonly loadBackoff: LoadBackoff;
}

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
  lastUnknownWords: null,
  contradictedUid: null,
  suspicion: null,
  failureBackoff: noFailureBackoff,
  loadBackoff: noLoadBackoff,
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
        ...afterAnswer(link, afterPassed(link.loadBackoff), at),
        failureBackoff: afterApplied(at.monotonicMs),
      };
    // A box that refuses everything may have answered: the back-off stays.
    case 'rejected':
      return afterAnswer(link, link.loadBackoff, at);
    case 'not-applied':
      return outcome.sent
        ? afterRefusal(link, outcome, at, attempt)
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
  { begunAtMonotonicMs }: EndedAttempt,
): LinkState {
  const refusals = link.refusals + 1;
  const isOverload = outcome.cause === 'overloaded';
  const loadBackoff = isOverload
    ? afterOverload(link.loadBackoff, begunAtMonotonicMs, at.monotonicMs)
    : link.loadBackoff;
  // Retry-After may lengthen the wait, never end it: "Retry-After: 0" would loop. Randomised for load, since all
  // refused tills get the same value.
  const askedMs = (outcome.retryAfterMs ?? 0) + (isOverload ? loadBackoffWaitMs(loadBackoff, at.unit) : 0);
  const delayMs = Math.max(askedMs, backoffDelayMs(refusals, at.unit, refusalBackoff));
  const next: LinkState = {
    ...link,
    reach: 'online',
    connectFailures: 0,
    refusals,
    loadBackoff,
    retryAtMonotonicMs: at.monotonicMs + delayMs,
    lastUnknownWords: null,
    suspicion: null,
  };
  return outcome.pause === null ? next : withPause(next, outcome.pause, outcome.messages.join(' '), at.nowMs);
}

function afterUnknown(
  link: LinkState,
  outcome: Extract<Outcome, { kind: 'unknown' }>,
  at: Moment,
  { about }: EndedAttempt,
): LinkState {
  // A duplicate is an answer, so the next read comes soon, however often.
  const refusals = outcome.cause === 'duplicate' ? 1 : link.refusals + 1;
  const words = outcome.cause === 'unknown-words' ? outcome.messages.join('\n') : null;
  let next: LinkState = {
    ...link,
    refusals,
    retryAtMonotonicMs: at.monotonicMs + backoffDelayMs(refusals, at.unit, refusalBackoff),
    lastUnknownWords: words,
  };
  next = withPause(next, 'unanswered', outcome.messages.join(' '), at.nowMs);
  if (outcome.pause === 'contradiction') return afterContradiction(next, outcome, about ?? null, at);
  if (outcome.pause !== null) next = withPause(next, outcome.pause, outcome.messages.join(' '), at.nowMs);
  if (outcome.cause !== 'unknown-words') return next;
  if (about !== undefined)
    next = afterRefusedInUnknownWords(next, { messages: outcome.messages, about, isRead: false }, at);
  // With no other answer in between it may be an account-wide refusal: the next read shows.
  const isSame =
    words === link.lastUnknownWords && link.suspicion === null && callsRefusedPause(next) === null;
  return isSame ? withPause(next, 'unknown-words', words ?? '', at.nowMs) : next;
}

/** It may be about this member alone (a gift on top, a merged card): the queue pauses at a second one's in a row. */
function afterContradiction(
  link: LinkState,
  { messages }: Extract<Outcome, { kind: 'unknown' }>,
  about: string | null,
  at: Moment,
): LinkState {
  const { contradictedUid: before } = link;
  const isFirst = about !== null && (before === null || before === about);
  const next = { ...link, contradictedUid: about };
  return isFirst ? next : withPause(next, 'contradiction', messages.join(' '), at.nowMs);
}

/** After a refusal in unknown words; if account-wide, the queue pauses until a read is answered. */
function afterRefusedInUnknownWords(link: LinkState, call: RefusedCall, at: Moment): LinkState {
  const { suspicion, isOfAll } = afterRefusedCall(link.suspicion, call);
  const next = { ...link, suspicion };
  return isOfAll ? withPause(next, 'refuses-all', call.messages.join(' '), at.nowMs) : next;
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
  return { ...link, reach: 'online', connectFailures: 0, retryAtMonotonicMs: 0, lastAnswerAtMs: at.nowMs };
}

/** After an answered increment; after a refusal for load the next one waits. */
const afterAnswer = (link: LinkState, loadBackoff: LoadBackoff, at: Moment): LinkState => ({
  ...answered(link, at),
  refusals: 0,
  lastUnknownWords: null,
  contradictedUid: null,
  suspicion: null,
  loadBackoff,
  retryAtMonotonicMs: isInLoadBackoff(loadBackoff)
    ? at.monotonicMs + loadBackoffWaitMs(loadBackoff, at.unit)
    : 0,
});

/** After a read that KYBIO answered, with or without a record. */
export function afterAnsweredRead(link: LinkState, at: Moment): LinkState {
  // After a refusal the wait stays: an answered read says nothing about increments.
  const waits = link.refusals > 0 || isInLoadBackoff(link.loadBackoff) ? link.retryAtMonotonicMs : 0;
  const heard = { ...answered(link, at), retryAtMonotonicMs: waits, suspicion: null };
  const next = afterWordsOfIncrements(
    withoutPauses(heard, (reason) => endedByAnAnswer.has(reason)),
    link.suspicion,
    at,
  );
  // A host that sends no time cannot be checked, so its answer suffices.
  const clockIsRight = link.clockSkewMs === null || Math.abs(link.clockSkewMs) <= CLOCK_SKEW_LIMIT_MS;
  if (clockIsRight) return withoutPauses(next, (reason) => reason === 'clock');
  // A person must set the clock, and each check costs a call, so checks are rare.
  const stillWrong = next.pauses.some((pause) => pause.reason === 'clock');
  return stillWrong ? { ...next, retryAtMonotonicMs: at.monotonicMs + CLOCK_RECHECK_MS } : next;
}

/** The same unknown words twice, but not for this read: they concern increments, and a manager looks. */
const afterWordsOfIncrements = (link: LinkState, before: Suspicion | null, at: Moment): LinkState =>
  (before?.increments ?? 0) < 2
    ? link
    : withPause(link, 'unknown-words', link.lastUnknownWords ?? '', at.nowMs);

/**
 * After a failed read, which only says something about the connection. `about`: see `RefusedCall`; null where the
 * call says nothing of others.
 */
export function afterFailedRead(
  link: LinkState,
  failure: ReadFailure,
  at: Moment,
  about: string | null = null,
): LinkState {
  if (failure.cause !== 'unknown-words') return afterMention(link, failure, at);
  if (isAccountWide(link, failure)) return { ...link, reach: 'online' };
  const { kind, messages } = failure;
  const isSuspected = link.suspicion?.said === comparableText(messages);
  const next = kind === 'refused' && (about !== null || isSuspected) ? link : afterSilence(link, failure, at);
  return about === null
    ? next
    : afterRefusedInUnknownWords({ ...next, reach: 'online' }, { messages, about, isRead: true }, at);
}

/** A mere mention of a quota proves nothing for one increment; said to a read as well, it is account-wide. */
function afterMention(link: LinkState, failure: ReadFailure, at: Moment): LinkState {
  const next = afterSilence(link, failure, at);
  const isOfAll = failure.pause === 'quota' && link.suspicion?.said === comparableText(failure.messages);
  return isOfAll ? withPause(next, 'refuses-all', failure.messages.join(' '), at.nowMs) : next;
}

/** The same refusal for which the queue is paused. */
const isAccountWide = ({ pauses }: LinkState, { messages }: ReadFailure): boolean =>
  pauses.some(
    ({ reason, words }) => reason === 'refuses-all' && comparableText([words]) === comparableText(messages),
  );

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
      const isGone = failure.kind === 'no-answer' && !isRefusedInWords(failure);
      const reach = isGone ? 'offline' : link.reach;
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
    lastUnknownWords: null,
    contradictedUid: null,
    suspicion: null,
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
