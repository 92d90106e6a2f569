import { z } from 'zod';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../../kernel/ports.ts';

/** The one back-off of the connection and of the increment call (protocol rule 7). */
export interface Backoff {
  /** Failures in a row. */
  readonly failures: number;
  /** Nothing is tried before this monotonic time. */
  readonly untilMonotonicMs: number;
  /**
   * An increment was not answered, or refused: an answered read says nothing about it, so only an applied one ends the
   * back-off. Until then entries go one at a time.
   */
  readonly isOfIncrement: boolean;
}

export const noBackoff: Backoff = { failures: 0, untilMonotonicMs: 0, isOfIncrement: false };

const FIRST_DELAY_MS = 5_000;

/** Each try at a host that answers costs a call, and each unanswered increment an entry. */
const LONGEST_DELAY_MS = 900_000;

/** A failed connection costs nothing, and a returning network is noticed within a minute. */
export const LONGEST_OFFLINE_DELAY_MS = 60_000;

/**
 * Doubles from 5 s up to `longestDelayMs`. Jittered over the upper half, so that forty tills do not return at once.
 * `failures` counts from 1, `unit` is uniform in [0, 1).
 */
export function backoffDelayMs(failures: number, unit: number, longestDelayMs = LONGEST_DELAY_MS): number {
  const boundMs = Math.min(longestDelayMs, FIRST_DELAY_MS * 2 ** Math.min(failures - 1, 20));
  return Math.floor((boundMs * (1 + unit)) / 2);
}

interface Moment {
  readonly monotonicMs: number;
  readonly unit: number;
}

export const isWaiting = ({ untilMonotonicMs }: Backoff, monotonicMs: number): boolean =>
  untilMonotonicMs > monotonicMs;

/** After a failed connection or read; a cashier's look-up during a wait does not lengthen it. */
export function afterFailure(backoff: Backoff, at: Moment, longestDelayMs?: number): Backoff {
  if (isWaiting(backoff, at.monotonicMs)) return backoff;
  const failures = backoff.failures + 1;
  const untilMonotonicMs = at.monotonicMs + backoffDelayMs(failures, at.unit, longestDelayMs);
  return { ...backoff, failures, untilMonotonicMs };
}

/**
 * Retry-After lengthens the wait, never ends it: "Retry-After: 0" would loop. All refused tills get the same value, so
 * jitter is added.
 */
export function afterFailedIncrement(backoff: Backoff, at: Moment, retryAfterMs: number): Backoff {
  // What failed before said nothing of the increment call.
  const failures = backoff.isOfIncrement ? backoff.failures + 1 : 1;
  const untilMonotonicMs = at.monotonicMs + retryAfterMs + backoffDelayMs(failures, at.unit);
  return { failures, untilMonotonicMs, isOfIncrement: true };
}

/**
 * The next entry goes alone after the shortest wait: KYBIO answered _duplicate_, or an entry that was unknown before
 * was sent again and costs no other one. After a restored disk, where KYBIO has each entry, a shop must not wait ever
 * longer for every one.
 */
export function afterOneUndecided(backoff: Backoff, at: Moment): Backoff {
  const failures = backoff.isOfIncrement ? backoff.failures : 1;
  const shortest = at.monotonicMs + backoffDelayMs(1, at.unit);
  return {
    failures,
    untilMonotonicMs: Math.max(backoff.untilMonotonicMs, shortest),
    isOfIncrement: true,
  };
}

/** At a start with an undecided entry: the next one goes alone. */
export const afterUndecidedBefore = (backoff: Backoff): Backoff =>
  backoff.isOfIncrement ? backoff : { ...backoff, failures: 1, isOfIncrement: true };

export const afterAnswer = (backoff: Backoff): Backoff => (backoff.isOfIncrement ? backoff : noBackoff);

/** A press, a manager or the next day releases one entry, or one try. */
export const afterPress = (backoff: Backoff): Backoff =>
  backoff.isOfIncrement ? { ...backoff, untilMonotonicMs: 0 } : noBackoff;

const KEY = 'link.backoff';

/** In wall-clock time, since the monotonic clock restarts. */
const storedSchema = z.object({
  failures: z.number().int().positive(),
  untilMs: z.number().int(),
  isOfIncrement: z.boolean(),
});

/** Stores the back-off across restarts: restarting the till must not shorten it. */
export function createStoredBackoff(
  settings: Settings,
  clock: Clock,
  logger: Logger,
): { readonly recall: () => Backoff; readonly keep: (backoff: Backoff) => void } {
  let kept = noBackoff;
  return {
    recall: () => {
      const parsed = storedSchema.safeParse(readJson(settings.get(KEY)));
      if (!parsed.success) return noBackoff;
      const { failures, untilMs, isOfIncrement } = parsed.data;
      // Never longer than the longest delay, whatever the clock did.
      const leftMs = Math.min(Math.max(0, untilMs - clock.nowMs()), LONGEST_DELAY_MS);
      kept = { failures, untilMonotonicMs: clock.monotonicMs() + leftMs, isOfIncrement };
      return kept;
    },
    keep: (backoff) => {
      if (backoff === kept) return;
      const { failures, isOfIncrement } = backoff;
      const untilMs = Math.round(clock.nowMs() + backoff.untilMonotonicMs - clock.monotonicMs());
      try {
        if (failures === 0) settings.remove(KEY);
        else settings.set(KEY, JSON.stringify({ failures, untilMs, isOfIncrement }));
        kept = backoff;
      } catch (thrown) {
        // It still holds in memory.
        logger.warn('link.backoff-not-kept', { error: String(thrown) });
      }
    },
  };
}
