import { type AppError, appError } from '../../../preload/contract/index.ts';
import type { Clock } from '../../kernel/ports.ts';
import { afterFailure, afterTime, unlocked } from './lockout.ts';

/**
 * Checks a typed App key against the till's. Null where it is right; else app-key-wrong, or manager-locked-out with
 * `details.seconds`: wrong keys lock like wrong PINs, until the program ends.
 */
export type AppKeyCheck = (typed: string) => AppError | null;

export function createAppKeyCheck(
  isAppKey: (typed: string) => boolean,
  clock: Pick<Clock, 'monotonicMs'>,
): AppKeyCheck {
  let lockout = unlocked;
  let sinceMs = clock.monotonicMs();
  return (typed) => {
    const now = afterTime(lockout, clock.monotonicMs() - sinceMs);
    if (now.remainingMs > 0)
      return appError('manager-locked-out', { seconds: String(Math.ceil(now.remainingMs / 1_000)) });
    const isRight = isAppKey(typed.trim());
    lockout = isRight ? unlocked : afterFailure(now);
    sinceMs = clock.monotonicMs();
    return isRight ? null : appError('app-key-wrong');
  };
}
