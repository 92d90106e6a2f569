/**
 * The failure back-off of the increment call. An answered read says nothing about it, so after an unanswered
 * increment entries go one at a time, ever more rarely, until one is applied (ADR 23).
 */
export interface FailureBackoff {
  /** Unanswered increments in a row; those under way together count once. 0: the call is assumed to work. */
  readonly unanswered: number;
  readonly raisedAtMonotonicMs: number;
  /** No entry goes before this moment, whatever the network or "Send now" does. */
  readonly heldBackUntilMonotonicMs: number;
  /** A person forces one entry. */
  readonly insisted: boolean;
}

export const noFailureBackoff: FailureBackoff = {
  unanswered: 0,
  raisedAtMonotonicMs: 0,
  heldBackUntilMonotonicMs: 0,
  insisted: false,
};

/**
 * One reply lost on a poor line hardly delays the next entry. A second in a row is no accident: after a quarter of an
 * hour both are mostly decided. After that each hour costs one entry.
 */
const EARNED_MS = [5_000, 900_000, 3_600_000] as const;

/** Spreads a shop's tills; added, so that no wait gets shorter. */
const MOST_ADDED = 0.1;

export function earnedWaitMs(unanswered: number, unit: number): number {
  const waitMs = EARNED_MS[Math.min(unanswered, EARNED_MS.length) - 1] ?? 0;
  return Math.floor(waitMs * (1 + unit * MOST_ADDED));
}

/** An attempt that began then got no answer. One that began before the last failure adds nothing. */
export function afterNoAnswer(
  failureBackoff: FailureBackoff,
  begunAtMonotonicMs: number,
  at: { readonly monotonicMs: number; readonly unit: number },
): FailureBackoff {
  if (failureBackoff.unanswered > 0 && begunAtMonotonicMs < failureBackoff.raisedAtMonotonicMs)
    return failureBackoff;
  const unanswered = failureBackoff.unanswered + 1;
  return {
    ...noFailureBackoff,
    unanswered,
    raisedAtMonotonicMs: at.monotonicMs,
    heldBackUntilMonotonicMs: at.monotonicMs + earnedWaitMs(unanswered, at.unit),
  };
}

/**
 * KYBIO answered _duplicate_. That may cost the entry, so it goes alone, but it is an answer: after a restored disk,
 * where KYBIO has each entry, a shop must not wait an hour for every one.
 */
export function afterDuplicate(
  failureBackoff: FailureBackoff,
  { monotonicMs, unit }: { readonly monotonicMs: number; readonly unit: number },
): FailureBackoff {
  const raised =
    failureBackoff.unanswered > 0
      ? failureBackoff
      : { ...noFailureBackoff, unanswered: 1, raisedAtMonotonicMs: monotonicMs };
  const heldBackUntilMonotonicMs = Math.max(
    raised.heldBackUntilMonotonicMs,
    monotonicMs + earnedWaitMs(1, unit),
  );
  return { ...raised, heldBackUntilMonotonicMs };
}

/** How long nothing may be sent; 0 where one entry, or all of them, may. */
export const heldBackForMs = (failureBackoff: FailureBackoff, monotonicMs: number): number =>
  failureBackoff.unanswered === 0 || failureBackoff.insisted
    ? 0
    : Math.max(0, failureBackoff.heldBackUntilMonotonicMs - monotonicMs);

export const hasUnanswered = (failureBackoff: FailureBackoff): boolean => failureBackoff.unanswered > 0;

/** Replaces the link's brake; returns the same link where it is equal, since a change wakes the loop. */
export const withFailureBackoff = <L extends { readonly failureBackoff: FailureBackoff }>(
  link: L,
  failureBackoff: FailureBackoff,
): L => (failureBackoff === link.failureBackoff ? link : { ...link, failureBackoff });

/** A press forces one entry; without a back-off it changes nothing. */
export const afterForced = (failureBackoff: FailureBackoff, monotonicMs: number): FailureBackoff =>
  heldBackForMs(failureBackoff, monotonicMs) > 0 ? { ...failureBackoff, insisted: true } : failureBackoff;

/** The forced entry is being sent. */
export const afterBegun = (failureBackoff: FailureBackoff): FailureBackoff =>
  failureBackoff.insisted ? { ...failureBackoff, insisted: false } : failureBackoff;

/** At a start with an unanswered entry: the next one goes alone. */
export const afterUnansweredBefore = (failureBackoff: FailureBackoff): FailureBackoff =>
  failureBackoff.unanswered > 0 ? failureBackoff : { ...noFailureBackoff, unanswered: 1 };

/** Restores a wait from before this start, never longer than its step, whatever the clock did. */
export function restoredFailureBackoff(
  unanswered: number,
  leftMs: number,
  monotonicMs: number,
): FailureBackoff {
  const heldBackMs = Math.min(Math.max(0, leftMs), earnedWaitMs(unanswered, 1));
  return {
    ...noFailureBackoff,
    unanswered,
    raisedAtMonotonicMs: monotonicMs,
    heldBackUntilMonotonicMs: monotonicMs + heldBackMs,
  };
}
