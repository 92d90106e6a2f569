/**
 * What the till takes to be true of the increment call alone. A read that is answered says nothing about it, so after an
 * increment that went unanswered entries go one at a time, and ever more rarely, until one is applied (ADR 23).
 */
export interface Brake {
  /** How often running no answer came; what was under way together counts once. 0 = the call is taken to work. */
  readonly unanswered: number;
  readonly raisedAtMonotonicMs: number;
  /** The wait that was earned: before this moment no entry goes, whatever the network or "Send now" says. */
  readonly heldBackUntilMonotonicMs: number;
  /** A person lets one entry go all the same. */
  readonly insisted: boolean;
  /** An increment was applied so lately that several may be under way at once. */
  readonly provenUntilMonotonicMs: number;
}

export const released: Brake = {
  unanswered: 0,
  raisedAtMonotonicMs: 0,
  heldBackUntilMonotonicMs: 0,
  insisted: false,
  provenUntilMonotonicMs: 0,
};

/** After a pause one entry goes ahead again: a call that broke meanwhile then costs one, and not one a connection. */
const PROVEN_MS = 60_000;

/** An increment was applied. */
export const afterApplied = (monotonicMs: number): Brake => ({
  ...released,
  provenUntilMonotonicMs: monotonicMs + PROVEN_MS,
});

/**
 * A reply that is lost on a poor line hardly delays the next entry. A second one running is no chance any more:
 * after a quarter of an hour it is mostly known what became of both. From then on an hour costs one entry.
 */
const EARNED_MS = [5_000, 900_000, 3_600_000] as const;

/** So that the tills of a shop do not come back in one breath; added, so that no wait is shorter. */
const MOST_ADDED = 0.1;

export function earnedWaitMs(unanswered: number, unit: number): number {
  const waitMs = EARNED_MS[Math.min(unanswered, EARNED_MS.length) - 1] ?? 0;
  return Math.floor(waitMs * (1 + unit * MOST_ADDED));
}

/** An attempt that began then got no answer. What began before the last one failed tells nothing new. */
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
 * KYBIO says that it had these bytes before. That may cost the entry, so no others go beside it, but it is an answer: a
 * disk that was put back, each of whose entries KYBIO had, must not stop a shop for an hour an entry.
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

/** How long nothing may go; 0 where one entry may, or all of them. */
export const heldBackForMs = (brake: Brake, monotonicMs: number): number =>
  brake.unanswered === 0 || brake.insisted ? 0 : Math.max(0, brake.heldBackUntilMonotonicMs - monotonicMs);

/** Until an increment was applied just now nothing is known of the call. */
export const isOneAtATime = (brake: Brake, monotonicMs: number): boolean =>
  brake.unanswered > 0 || monotonicMs >= brake.provenUntilMonotonicMs;

export const isDoubted = (brake: Brake): boolean => brake.unanswered > 0;

/** The link with another brake; the same where it is the same, since a change wakes the loop. */
export const withBrake = <L extends { readonly brake: Brake }>(link: L, brake: Brake): L =>
  brake === link.brake ? link : { ...link, brake };

/** A press lets one entry go; where none is held it changes nothing. */
export const afterInsistence = (brake: Brake, monotonicMs: number): Brake =>
  heldBackForMs(brake, monotonicMs) > 0 ? { ...brake, insisted: true } : brake;

/** The entry that a press let go is on its way. */
export const afterBegun = (brake: Brake): Brake => (brake.insisted ? { ...brake, insisted: false } : brake);

/** A start finds an entry whose answer never came: the next one goes alone. */
export const afterUnansweredBefore = (brake: Brake): Brake =>
  brake.unanswered > 0 ? brake : { ...released, unanswered: 1 };

/** A wait that began before this start. A clock that was set meanwhile makes it no longer than it was earned. */
export function recalledBrake(unanswered: number, leftMs: number, monotonicMs: number): Brake {
  const heldBackMs = Math.min(Math.max(0, leftMs), earnedWaitMs(unanswered, 1));
  return {
    ...released,
    unanswered,
    raisedAtMonotonicMs: monotonicMs,
    heldBackUntilMonotonicMs: monotonicMs + heldBackMs,
  };
}
