/**
 * When a PIN may be tried. Pure, and without the time of day: setting the clock changes nothing, and
 * the time that a till is switched off does not count. What is left of a lock is kept with the count, so
 * a restart begins with what was left.
 */
export interface LockoutState {
  /** Wrong tries since the last right one. */
  readonly failures: number;
  /** What was left of the lock when this was kept; 0 where there is none. */
  readonly remainingMs: number;
  /** Wrong tries that no hour has forgiven yet: a right one in between forgives none. */
  readonly lately: number;
}

export const unlocked: LockoutState = { failures: 0, remainingMs: 0, lately: 0 };

const FREE_FAILURES = 5;
const FIRST_LOCK_MS = 60_000;
const LONGEST_LOCK_MS = 3_600_000;

/** Somebody tries at a PIN that others use: more wrong ones than these lately lock, whatever came in between. */
const FREE_LATELY = 20;
const FORGIVEN_EVERY_MS = 3_600_000;
const LATELY_LOCK_MS = 900_000;

/** Five wrong tries lock for a minute, each further one for twice as long, up to an hour. */
export function lockAfterFailuresMs(failures: number): number {
  if (failures < FREE_FAILURES) return 0;
  // Beyond 2^6 minutes the longest lock holds anyway.
  return Math.min(FIRST_LOCK_MS * 2 ** Math.min(failures - FREE_FAILURES, 6), LONGEST_LOCK_MS);
}

export function afterFailure(state: LockoutState): LockoutState {
  const failures = state.failures + 1;
  const lately = state.lately + 1;
  const latelyMs = lately > FREE_LATELY ? LATELY_LOCK_MS : 0;
  return { failures, lately, remainingMs: Math.max(lockAfterFailuresMs(failures), latelyMs) };
}

export const afterSuccess = (state: LockoutState): LockoutState => ({ ...unlocked, lately: state.lately });

/** What is left now of a lock that had `remainingMs` to go `elapsedMs` (monotonic) ago. */
export const afterTime = (state: LockoutState, elapsedMs: number): LockoutState => ({
  failures: state.failures,
  remainingMs: Math.max(0, state.remainingMs - Math.max(0, elapsedMs)),
  lately: Math.max(0, state.lately - Math.max(0, elapsedMs) / FORGIVEN_EVERY_MS),
});
