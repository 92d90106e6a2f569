/**
 * When a PIN may be tried. Pure, and independent of wall time: setting the clock has no effect, and time while the
 * till is off does not count. The rest of a lock is stored with the count and continues after a restart.
 */
export interface LockoutState {
  /** Wrong tries since the last right one. */
  readonly failures: number;
  /** The rest of the lock when stored; 0 without one. */
  readonly remainingMs: number;
  /** Wrong tries not yet expired by the hour; a right one in between does not reset them. */
  readonly lately: number;
}

export const unlocked: LockoutState = { failures: 0, remainingMs: 0, lately: 0 };

const FREE_FAILURES = 5;
const FIRST_LOCK_MS = 60_000;
const LONGEST_LOCK_MS = 3_600_000;

/** Guessing at a PIN in use: more recent wrong tries than this lock, whatever came in between. */
const FREE_LATELY = 20;
const FORGIVEN_EVERY_MS = 3_600_000;
const LATELY_LOCK_MS = 900_000;

/** Five wrong tries lock for a minute, each further one for twice as long, up to an hour. */
export function lockAfterFailuresMs(failures: number): number {
  if (failures < FREE_FAILURES) return 0;
  // Above 2^6 minutes the longest lock applies anyway.
  return Math.min(FIRST_LOCK_MS * 2 ** Math.min(failures - FREE_FAILURES, 6), LONGEST_LOCK_MS);
}

export function afterFailure(state: LockoutState): LockoutState {
  const failures = state.failures + 1;
  const lately = state.lately + 1;
  const latelyMs = lately > FREE_LATELY ? LATELY_LOCK_MS : 0;
  return { failures, lately, remainingMs: Math.max(lockAfterFailuresMs(failures), latelyMs) };
}

export const afterSuccess = (state: LockoutState): LockoutState => ({ ...unlocked, lately: state.lately });

/** The rest of a lock that had `remainingMs` left, after `elapsedMs` (monotonic). */
export const afterTime = (state: LockoutState, elapsedMs: number): LockoutState => ({
  failures: state.failures,
  remainingMs: Math.max(0, state.remainingMs - Math.max(0, elapsedMs)),
  lately: Math.max(0, state.lately - Math.max(0, elapsedMs) / FORGIVEN_EVERY_MS),
});
