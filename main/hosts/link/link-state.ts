import type { EntryCause, Pause, PauseReason } from '../../../preload/contract/index.ts';
import { saidIn } from '../../kernel/squeeze.ts';
import type { Outcome, ReadFailure } from '../port/member-host.ts';
import { type BackoffPolicy, backoffDelayMs, defaultBackoff } from './backoff.ts';
import {
  afterApplied,
  afterDuplicate,
  afterNoAnswer,
  afterUnansweredBefore,
  type Brake,
  released,
  withBrake,
} from './brake.ts';
import { afterOverload, afterPassed, type Easing, easedWaitMs, isEased, uneased } from './easing.ts';
import {
  endedByAnAnswer,
  endedByKey,
  endedByManager,
  isForRefusedKey,
  noCallsTaken,
  withoutPauses,
} from './pauses.ts';
import { isRefusedInWords } from './read-failure.ts';
import { afterRefusedCall, type RefusedCall, type Suspicion } from './refused-to-all.ts';

/** What the till takes to be true of the way to KYBIO. Changed only by the functions of this file. */
export interface LinkState {
  readonly reach: 'starting' | 'online' | 'offline';
  readonly pauses: readonly Pause[];
  /** Failures to connect since the last answer, and refusals since the last increment that was settled. */
  readonly connectFailures: number;
  readonly refusals: number;
  /** Nothing is tried before this moment of the monotonic clock. */
  readonly retryAtMonotonicMs: number;
  readonly lastAnswerAtMs: number | null;
  readonly clockSkewMs: number | null;
  /** The unknown words of the attempt before: twice running they pause the queue. */
  readonly lastUnknownWords: string | null;
  /** A call was refused in words that nobody knows: until another one is answered it may be said to all. */
  readonly suspicion: Suspicion | null;
  /** What is known of the increment call, of which no read can tell. */
  readonly brake: Brake;
  /** How rarely entries go since KYBIO refused one for load. */
  readonly easing: Easing;
}

/** An attempt at an increment whose end is told. */
export interface EndedAttempt {
  readonly begunAtMonotonicMs: number;
  /** Of an entry that was undecided already: it costs no other one. */
  readonly isAgain: boolean;
  /** Whose increment it was. */
  readonly about?: string;
}

export interface Moment {
  readonly nowMs: number;
  readonly monotonicMs: number;
  /** Uniform in [0, 1), for the jitter. */
  readonly unit: number;
}

/** Where KYBIO's own end refuses or is broken the bound grows to a quarter of an hour: each try is a call. */
const refusalBackoff: BackoffPolicy = { firstDelayMs: 1_000, longestDelayMs: 900_000 };

/** Time-stamps this far off are told to the cashier, and a clock pause waits for less. */
export const CLOCK_SKEW_LIMIT_MS = 300_000;

/** How often KYBIO is asked whether the clock is right again. */
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
  suspicion: null,
  brake: released,
  easing: uneased,
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

/** An attempt at an increment has ended. */
export function afterOutcome(
  link: LinkState,
  outcome: Outcome,
  at: Moment,
  attempt: EndedAttempt = { begunAtMonotonicMs: at.monotonicMs, isAgain: false },
): LinkState {
  switch (outcome.kind) {
    case 'applied':
      return { ...afterAnswer(link, afterPassed(link.easing), at), brake: afterApplied(at.monotonicMs) };
    // A refusal may come from whoever answers everything alike: the brake stays.
    case 'rejected':
      return afterAnswer(link, link.easing, at);
    case 'not-applied':
      return outcome.sent
        ? afterRefusal(link, outcome, at, attempt)
        : afterNotConnected(link, outcome.cause, outcome.pause, at);
    case 'unknown':
      return {
        ...afterUnknown(link, outcome, at, attempt),
        brake: brakeAfterUnknown(link.brake, outcome.cause, attempt, at),
      };
  }
}

function brakeAfterUnknown(
  brake: Brake,
  cause: EntryCause,
  { begunAtMonotonicMs, isAgain }: EndedAttempt,
  at: Moment,
): Brake {
  // What is sent again costs no entry, so it lengthens no wait.
  if (isAgain) return afterUnansweredBefore(brake);
  return cause === 'duplicate' ? afterDuplicate(brake, at) : afterNoAnswer(brake, begunAtMonotonicMs, at);
}

function afterRefusal(
  link: LinkState,
  outcome: Extract<Outcome, { kind: 'not-applied' }>,
  at: Moment,
  { begunAtMonotonicMs }: EndedAttempt,
): LinkState {
  const refusals = link.refusals + 1;
  const isOverload = outcome.cause === 'overloaded';
  const easing = isOverload ? afterOverload(link.easing, begunAtMonotonicMs, at.monotonicMs) : link.easing;
  // KYBIO may ask for a longer wait, and never for none: "Retry-After: 0" would run in a circle. What it asks of all that
  // it refuses together is lengthened by chance.
  const askedMs = (outcome.retryAfterMs ?? 0) + (isOverload ? easedWaitMs(easing, at.unit) : 0);
  const delayMs = Math.max(askedMs, backoffDelayMs(refusals, at.unit, refusalBackoff));
  const next: LinkState = {
    ...link,
    reach: 'online',
    connectFailures: 0,
    refusals,
    easing,
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
  // That KYBIO had these bytes before is an answer: the next read comes soon, however often it says so.
  const refusals = outcome.cause === 'duplicate' ? 1 : link.refusals + 1;
  // On a reused socket they may be an older answer's, but not the same ones again on a new socket.
  const isWords = outcome.cause === 'unknown-words' || outcome.cause === 'reused-socket-error';
  const words = isWords ? outcome.messages.join('\n') : null;
  let next: LinkState = {
    ...link,
    refusals,
    retryAtMonotonicMs: at.monotonicMs + backoffDelayMs(refusals, at.unit, refusalBackoff),
    lastUnknownWords: words,
  };
  next = withPause(next, 'unanswered', outcome.messages.join(' '), at.nowMs);
  if (outcome.pause !== null) next = withPause(next, outcome.pause, outcome.messages.join(' '), at.nowMs);
  if (outcome.cause !== 'unknown-words') return next;
  if (about !== undefined)
    next = afterRefusedInUnknownWords(next, { messages: outcome.messages, about, isRead: false }, at);
  // While nothing was answered in between they may be said to all: the next read tells.
  const isSame = words === link.lastUnknownWords && link.suspicion === null && noCallsTaken(next) === null;
  return isSame ? withPause(next, 'unknown-words', words ?? '', at.nowMs) : next;
}

/** A call was refused in words that nobody knows; said of everything, they hold the queue until a read is answered. */
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

/** An increment was answered; where one was refused for load before, the next one waits for its moment. */
const afterAnswer = (link: LinkState, easing: Easing, at: Moment): LinkState => ({
  ...answered(link, at),
  refusals: 0,
  lastUnknownWords: null,
  suspicion: null,
  easing,
  retryAtMonotonicMs: isEased(easing) ? at.monotonicMs + easedWaitMs(easing, at.unit) : 0,
});

/** A read was answered by KYBIO, with or without a record. */
export function afterAnsweredRead(link: LinkState, at: Moment): LinkState {
  // After a refusal the wait stays: a read that is answered says nothing about increments.
  const waits = link.refusals > 0 || isEased(link.easing) ? link.retryAtMonotonicMs : 0;
  const heard = { ...answered(link, at), retryAtMonotonicMs: waits, suspicion: null };
  const next = afterWordsOfIncrements(
    withoutPauses(heard, (reason) => endedByAnAnswer.has(reason)),
    link.suspicion,
    at,
  );
  // Where the host never says what time it is, its answer is all that there will be.
  const clockIsRight = link.clockSkewMs === null || Math.abs(link.clockSkewMs) <= CLOCK_SKEW_LIMIT_MS;
  if (clockIsRight) return withoutPauses(next, (reason) => reason === 'clock');
  // Somebody has to set the clock; until then the next look costs a call, so it is a slow one.
  const stillWrong = next.pauses.some((pause) => pause.reason === 'clock');
  return stillWrong ? { ...next, retryAtMonotonicMs: at.monotonicMs + CLOCK_RECHECK_MS } : next;
}

/** The same unknown words twice, and not to this read: they are of increments, and a manager looks. */
const afterWordsOfIncrements = (link: LinkState, before: Suspicion | null, at: Moment): LinkState =>
  (before?.increments ?? 0) < 2
    ? link
    : withPause(link, 'unknown-words', link.lastUnknownWords ?? '', at.nowMs);

/**
 * A read was not answered. It cost nothing, so it only teaches about the way. `about`: see `RefusedCall`; null where
 * the call tells nothing of others.
 */
export function afterFailedRead(
  link: LinkState,
  failure: ReadFailure,
  at: Moment,
  about: string | null = null,
): LinkState {
  if (failure.cause !== 'unknown-words') return afterMention(link, failure, at);
  if (isSaidToAll(link, failure)) return { ...link, reach: 'online' };
  const { kind, messages } = failure;
  const isSuspected = link.suspicion?.said === saidIn(messages);
  const next = kind === 'refused' && (about !== null || isSuspected) ? link : afterSilence(link, failure, at);
  return about === null
    ? next
    : afterRefusedInUnknownWords({ ...next, reach: 'online' }, { messages, about, isRead: true }, at);
}

/** Words that only mention a quota prove nothing of the increment that met them; said to a read as well, they are of all. */
function afterMention(link: LinkState, failure: ReadFailure, at: Moment): LinkState {
  const next = afterSilence(link, failure, at);
  const isOfAll = failure.pause === 'quota' && link.suspicion?.said === saidIn(failure.messages);
  return isOfAll ? withPause(next, 'refuses-all', failure.messages.join(' '), at.nowMs) : next;
}

/** Just what the queue is held for. */
const isSaidToAll = ({ pauses }: LinkState, { messages }: ReadFailure): boolean =>
  pauses.some(({ reason, words }) => reason === 'refuses-all' && saidIn([words]) === saidIn(messages));

function afterSilence(link: LinkState, failure: ReadFailure, at: Moment): LinkState {
  switch (failure.kind) {
    case 'nothing':
    case 'refused':
      return afterAnsweredRead(link, at);
    case 'not-connected':
      return afterNotConnected(link, failure.cause, failure.pause, at);
    case 'no-answer':
    case 'paused': {
      // Somebody answered, only not surely KYBIO.
      const isGone = failure.kind === 'no-answer' && !isRefusedInWords(failure);
      const reach = isGone ? 'offline' : link.reach;
      const next = { ...withLongerWait(link, failure, at), reach } as const;
      return failure.pause === null
        ? next
        : withPause(next, failure.pause, failure.messages.join(' '), at.nowMs);
    }
  }
}

/** What only KYBIO's people, or those of a gateway before it, can mend. */
const isTheirEnd = ({ cause, pause }: ReadFailure): boolean =>
  pause === 'permission' ||
  pause === 'server' ||
  pause === 'clock' ||
  cause === 'back-end-error' ||
  cause === 'overloaded' ||
  cause === 'other-status';

/** A network that comes back is noticed within a minute; a cashier's look-up during a wait makes it no longer. */
function withLongerWait(link: LinkState, failure: ReadFailure, at: Moment): LinkState {
  if (link.retryAtMonotonicMs > at.monotonicMs) return link;
  const connectFailures = link.connectFailures + 1;
  const policy = isTheirEnd(failure) ? refusalBackoff : defaultBackoff;
  const retryAtMonotonicMs = at.monotonicMs + backoffDelayMs(connectFailures, at.unit, policy);
  return { ...link, connectFailures, retryAtMonotonicMs };
}

export const afterSkew = (link: LinkState, clockSkewMs: number): LinkState => ({ ...link, clockSkewMs });

/**
 * The network came back, the PC woke up, or a person pressed "Send now": the wait is over, and begins short. What
 * the brake holds stays held.
 */
export const withoutWait = (link: LinkState): LinkState => ({
  ...link,
  connectFailures: 0,
  retryAtMonotonicMs: 0,
});

/** At a start: an entry is undecided, and nobody knows whether KYBIO answers again. */
export const afterUndecidedAtStart = (link: LinkState, at: Moment): LinkState =>
  withPause(withBrake(link, afterUnansweredBefore(link.brake)), 'unanswered', '', at.nowMs);

/** Something of ours failed: stand still for a moment instead of running in a circle. */
export const afterFault = (link: LinkState, at: Moment): LinkState => ({
  ...link,
  retryAtMonotonicMs: at.monotonicMs + 5_000,
});

export const afterTestedKey = (link: LinkState): LinkState =>
  withoutWait(withoutPauses(link, (reason) => endedByKey.has(reason)));

/** What KYBIO said of a key that was replaced meanwhile holds nobody up: the present one was tested since. */
export const saidOfKeyBefore = <T extends Outcome | ReadFailure>(said: T): T =>
  'pause' in said && said.pause === 'credentials' ? { ...said, pause: null } : said;

/**
 * Another key was brought while the till was closed. Nobody tested it, so KYBIO is asked one harmless thing before
 * anything is sent: its answer ends the pause, or refuses this key too.
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
    suspicion: null,
  });

/** The whole of the till's data was looked at, and is whole. */
export const afterDataCheck = (link: LinkState): LinkState =>
  withoutPauses(link, (reason) => reason === 'data-check');

export const afterCommit = (link: LinkState): LinkState => withoutPauses(link, (reason) => reason === 'disk');

/** The account may call more often than when KYBIO said that it was enough. Whoever says so ends the wait too. */
export const afterLargerLimit = (link: LinkState): LinkState => {
  const next = withoutPauses(link, (reason) => reason === 'quota');
  return next === link ? link : withoutWait(next);
};
