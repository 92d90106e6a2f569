import { appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import { type Actor, theManager } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/ports.ts';
import type { Changed } from '../../kernel/room.ts';
import type { ManagerPin } from './manager-pin.ts';

/** A manager's unlock period: after one PIN none is asked for some minutes. Held in this process only; the page is informed. */
export interface Unlocking {
  /**
   * Proves that a manager asks. A given PIN is always checked; without one the period must be running. Errors:
   * manager-locked, and those of `ManagerPin.verify`.
   */
  prove(pin: string | undefined): Promise<Result<Actor>>;
  /** Starts a period for a manager whose PIN was checked elsewhere. */
  begin(who: Actor): void;
  lock(): void;
  /** The end of the period as Unix time; null where a PIN is required. */
  untilMs(): number | null;
}

export interface UnlockingParts {
  readonly managerPin: Pick<ManagerPin, 'verify'>;
  readonly clock: Clock;
  /** The length of the period; 0: each act needs a PIN. */
  readonly unlockPeriodMs: () => number;
  /** Publishes that it was unlocked or locked. */
  readonly changed: Changed<'managerUnlockedUntilMs'>;
}

export function createUnlocking({ managerPin, clock, unlockPeriodMs, changed }: UnlockingParts): Unlocking {
  // Monotonic, since nobody can set it.
  let endsAtMonotonicMs: number | null = null;
  let holder = theManager;
  let cancel = (): void => undefined;

  const endAfter = (forMs: number) => {
    cancel();
    endsAtMonotonicMs = clock.monotonicMs() + forMs;
    cancel = clock.schedule(forMs, lock);
  };
  const leftMs = (): number => {
    if (endsAtMonotonicMs === null) return 0;
    const wholeMs = unlockPeriodMs();
    // A shorter setting applies at once.
    if (endsAtMonotonicMs - clock.monotonicMs() > wholeMs) endAfter(wholeMs);
    return endsAtMonotonicMs - clock.monotonicMs();
  };
  function lock(): void {
    cancel();
    if (endsAtMonotonicMs === null) return;
    endsAtMonotonicMs = null;
    changed('managerUnlockedUntilMs');
  }
  const begin = (who: Actor) => {
    holder = who;
    const forMs = unlockPeriodMs();
    if (forMs <= 0) return lock();
    endAfter(forMs);
    changed('managerUnlockedUntilMs');
  };

  return {
    prove: async (pin) => {
      if (pin === undefined) return leftMs() > 0 ? ok(holder) : err(appError('manager-locked'));
      const verified = await managerPin.verify(pin);
      if (!verified.ok) {
        // Another person may be at the till now.
        lock();
        return verified;
      }
      begin(theManager);
      return ok(theManager);
    },
    begin,
    lock,
    untilMs: () => (leftMs() > 0 ? Math.round(clock.nowMs() + leftMs()) : null),
  };
}
