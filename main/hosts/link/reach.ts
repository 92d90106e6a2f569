import type { Link } from '../../../preload/contract/index.ts';

/** Signs for and against KYBIO being reachable, beside the attempts. All times are monotonic. */
export interface Reach {
  /** The system reported no network, and nothing was answered since. */
  readonly networkGone: boolean;
  /** Start times of calls under way. */
  readonly underWay: ReadonlyMap<number, number>;
  /** The last answer; null before the first. */
  readonly heardAtMs: number | null;
}

export const unheard: Reach = { networkGone: false, underWay: new Map(), heardAtMs: null };

/** A healthy KYBIO answers long before. */
export const NO_ANSWER_AFTER_MS = 3_000;

/** After this time the last answer says nothing any more. */
export const RECENTLY_QUERIED_MS = 900_000;

export const withCall = (reach: Reach, call: number, atMs: number): Reach => ({
  ...reach,
  underWay: new Map(reach.underWay).set(call, atMs),
});

/** An answer disproves the system's report of no network. */
export function withoutCall(reach: Reach, call: number, isAnswered: boolean, atMs: number): Reach {
  const underWay = new Map(reach.underWay);
  underWay.delete(call);
  return isAnswered ? { networkGone: false, underWay, heardAtMs: atMs } : { ...reach, underWay };
}

export const withNetwork = (reach: Reach, online: boolean): Reach =>
  reach.networkGone === !online ? reach : { ...reach, networkGone: !online };

/** After sleep, in which the monotonic clock stood still: the last answer is older than it looks. */
export const afterSleep = (reach: Reach): Reach =>
  reach.heardAtMs === null ? reach : { ...reach, heardAtMs: Number.NEGATIVE_INFINITY };

/** The oldest unanswered call after the last answer: an answer to a later one means that only this call hangs. */
function unansweredSinceMs({ underWay, heardAtMs }: Reach): number | null {
  const since = [...underWay.values()].filter((beganAtMs) => heardAtMs === null || beganAtMs >= heardAtMs);
  return since.length === 0 ? null : Math.min(...since);
}

/** Why being online is doubtful; null where it is not. */
export function reachDoubt(reach: Reach, atMs: number): Link['doubt'] {
  if (reach.networkGone) return 'no-network';
  const sinceMs = unansweredSinceMs(reach);
  if (sinceMs !== null && atMs - sinceMs >= NO_ANSWER_AFTER_MS) return 'no-answer-yet';
  const { heardAtMs } = reach;
  return heardAtMs !== null && atMs - heardAtMs >= RECENTLY_QUERIED_MS ? 'not-asked-lately' : null;
}

/** When this changes by time alone; null where only an event changes it. */
export function doubtChangesInMs(reach: Reach, atMs: number): number | null {
  const sinceMs = unansweredSinceMs(reach);
  const dueMs = [
    ...(sinceMs === null ? [] : [sinceMs + NO_ANSWER_AFTER_MS]),
    ...(reach.heardAtMs === null ? [] : [reach.heardAtMs + RECENTLY_QUERIED_MS]),
  ].filter((due) => due > atMs);
  return dueMs.length === 0 ? null : Math.min(...dueMs) - atMs;
}
