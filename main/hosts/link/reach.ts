import type { Link } from '../../../preload/contract/index.ts';

/** What speaks for and against KYBIO being there, beside what the attempts tell. All times are monotonic. */
export interface Reach {
  /** The system said that there is no network, and nothing was answered since. */
  readonly networkGone: boolean;
  /** When each call that is under way began. */
  readonly underWay: ReadonlyMap<number, number>;
  /** When something was last answered; null before the first time. */
  readonly heardAtMs: number | null;
}

export const unheard: Reach = { networkGone: false, underWay: new Map(), heardAtMs: null };

/** A healthy KYBIO has answered long before. */
export const NO_ANSWER_AFTER_MS = 3_000;

/** What was true of the way to KYBIO this long ago may be so no more. */
export const ASKED_LATELY_MS = 900_000;

export const withCall = (reach: Reach, call: number, atMs: number): Reach => ({
  ...reach,
  underWay: new Map(reach.underWay).set(call, atMs),
});

/** An answer disproves that there is no network, whatever the system says. */
export function withoutCall(reach: Reach, call: number, isAnswered: boolean, atMs: number): Reach {
  const underWay = new Map(reach.underWay);
  underWay.delete(call);
  return isAnswered ? { networkGone: false, underWay, heardAtMs: atMs } : { ...reach, underWay };
}

export const withNetwork = (reach: Reach, online: boolean): Reach =>
  reach.networkGone === !online ? reach : { ...reach, networkGone: !online };

/** The PC slept, and the monotonic clock with it: what was heard is older than it looks. */
export const afterSleep = (reach: Reach): Reach =>
  reach.heardAtMs === null ? reach : { ...reach, heardAtMs: Number.NEGATIVE_INFINITY };

/** When the oldest call began that no answer of another has overtaken: then the way is open, and it is that call. */
function unansweredSinceMs({ underWay, heardAtMs }: Reach): number | null {
  const since = [...underWay.values()].filter((beganAtMs) => heardAtMs === null || beganAtMs >= heardAtMs);
  return since.length === 0 ? null : Math.min(...since);
}

/** Why being online is not certain; null where nothing speaks against it. */
export function doubtOf(reach: Reach, atMs: number): Link['doubt'] {
  if (reach.networkGone) return 'no-network';
  const sinceMs = unansweredSinceMs(reach);
  if (sinceMs !== null && atMs - sinceMs >= NO_ANSWER_AFTER_MS) return 'no-answer-yet';
  const { heardAtMs } = reach;
  return heardAtMs !== null && atMs - heardAtMs >= ASKED_LATELY_MS ? 'not-asked-lately' : null;
}

/** When time alone may change that; null where only an event does. */
export function doubtChangesInMs(reach: Reach, atMs: number): number | null {
  const sinceMs = unansweredSinceMs(reach);
  const dueMs = [
    ...(sinceMs === null ? [] : [sinceMs + NO_ANSWER_AFTER_MS]),
    ...(reach.heardAtMs === null ? [] : [reach.heardAtMs + ASKED_LATELY_MS]),
  ].filter((due) => due > atMs);
  return dueMs.length === 0 ? null : Math.min(...dueMs) - atMs;
}
