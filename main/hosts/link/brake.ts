/**
 * The failure back-off of the increment call. An answered read says nothing about it, so after an unanswered
 * increment entries go one at a time, ever more rarely, until one is applied (ADR 23).
 */
export interface Brake {
  /** Unanswered increments in a row; those under way together count once. 0: the call is assumed to work. */
  readonly unanswered: number;
  readonly raisedAtMonotonicMs: number;
  /** No entry goes before this moment, whatever the network or "Send now" does. */
  readonly heldBackUntilMonotonicMs: number;
  /** A person forces one entry. */
  readonly insisted: boolean;
  /** Until then several may be under way at once, since one was applied lately. */
  readonly provenUntilMonotonicMs: number;
}

export const released: Brake = {
  unanswered: 0,
  raisedAtMonotonicMs: 0,
  heldBackUntilMonotonicMs: 0,
  insisted: false,
  provenUntilMonotonicMs: 0,
};

/** After a pause one entry goes alone: if the call broke meanwhile, that costs one entry and not one a connection. */
const PROVEN_MS = 60_000;

/** After an applied increment. */
export const afterApplied = (monotonicMs: number): Brake => ({
  ...released,
  provenUntilMonotonicMs: monotonicMs + PROVEN_MS,
});

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
  brake: Brake,
  begunAtMonotonicMs: number,
  at: { readonly monotonicMs: number; readonly unit: number },
): Brake {
  if (brake.unanswered > 0 && begunAtMonotonicMs < brake.raisedAtMonotonicMs) return brake;
  const unanswered = brake.unanswered + 1;
  return {
    ...released,
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
  brake: Brake,
  { monotonicMs, unit }: { readonly monotonicMs: number; readonly unit: number },
): Brake {
  const raised =
    brake.unanswered > 0 ? brake : { ...released, unanswered: 1, raisedAtMonotonicMs: monotonicMs };
  const heldBackUntilMonotonicMs = Math.max(
    raised.heldBackUntilMonotonicMs,
    monotonicMs + earnedWaitMs(1, unit),
  );
  return { ...raised, heldBackUntilMonotonicMs };
}

/** How long nothing may be sent; 0 where one entry, or all of them, may. */
export const heldBackForMs = (brake: Brake, monotonicMs: number): number =>
  brake.unanswered === 0 || brake.insisted ? 0 : Math.max(0, brake.heldBackUntilMonotonicMs - monotonicMs);

/** True until an increment was applied lately. */
export const isOneAtATime = (brake: Brake, monotonicMs: number): boolean =>
  brake.unanswered > 0 || monotonicMs >= brake.provenUntilMonotonicMs;

export const isDoubted = (brake: Brake): boolean => brake.unanswered > 0;

/** Replaces the link's brake; returns the same link where it is equal, since a change wakes the loop. */
export const withBrake = <L extends { readonly brake: Brake }>(link: L, brake: Brake): L =>
  brake === link.brake ? link : { ...link, brake };

/** A press forces one entry; without a back-off it changes nothing. */
export const afterInsistence = (brake: Brake, monotonicMs: number): Brake =>
  heldBackForMs(brake, monotonicMs) > 0 ? { ...brake, insisted: true } : brake;

/** The forced entry is being sent. */
export const afterBegun = (brake: Brake): Brake => (brake.insisted ? { ...brake, insisted: false } : brake);

/** At a start with an unanswered entry: the next one goes alone. */
export const afterUnansweredBefore = (brake: Brake): Brake =>
  brake.unanswered > 0 ? brake : { ...released, unanswered: 1 };

/** Restores a wait from before this start, never longer than its step, whatever the clock did. */
export function recalledBrake(unanswered: number, leftMs: number, monotonicMs: number): Brake {
  const heldBackMs = Math.min(Math.max(0, leftMs), earnedWaitMs(unanswered, 1));
  return {
    ...released,
    unanswered,
    raisedAtMonotonicMs: monotonicMs,
    heldBackUntilMonotonicMs: monotonicMs + heldBackMs,
  };
}
