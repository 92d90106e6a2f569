import { appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import { type Actor, theManager } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/ports.ts';
import type { Changed } from '../../kernel/room.ts';
import type { ManagerPin } from './manager-pin.ts';

/**
 * A manager's stretch of work: who gives the PIN once is not asked again for some minutes. It lives in this process
 * alone, and the page is only told of it.
 */
export interface Unlocking {
  /**
   * Whether a manager asks. A PIN that is given is checked, whatever else is so; without one it must be unlocked.
   * Errors: manager-locked, and those of `ManagerPin.verify`.
   */
  prove(pin: string | undefined): Promise<Result<Actor>>;
  /** A manager whose PIN was checked elsewhere begins a stretch. */
  begin(who: Actor): void;
  lock(): void;
  /** Unix time until which no PIN is asked; null where one is. */
  untilMs(): number | null;
}

export interface UnlockingParts {
  readonly managerPin: Pick<ManagerPin, 'verify'>;
  readonly clock: Clock;
  /** How long one PIN serves; 0: each act asks for it. */
  readonly stretchMs: () => number;
  /** It was unlocked, or locked again. */
  readonly changed: Changed<'managerUnlockedUntilMs'>;
}

export function createUnlocking({ managerPin, clock, stretchMs, changed }: UnlockingParts): Unlocking {
  // By the clock that nobody sets.
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
    const wholeMs = stretchMs();
    // A stretch that was made shorter meanwhile is shorter at once.
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
    const forMs = stretchMs();
    if (forMs <= 0) return lock();
    endAfter(forMs);
    changed('managerUnlockedUntilMs');
  };

  return {
    prove: async (pin) => {
      if (pin === undefined) return leftMs() > 0 ? ok(holder) : err(appError('manager-locked'));
      const verified = await managerPin.verify(pin);
      if (!verified.ok) {
        // Somebody else may stand there now.
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
