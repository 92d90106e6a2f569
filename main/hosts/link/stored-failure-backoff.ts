import { z } from 'zod';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../../kernel/ports.ts';
import { type FailureBackoff, noFailureBackoff, restoredFailureBackoff } from './failure-backoff.ts';

const KEY = 'link.brake';

/** In wall-clock time, since the monotonic clock restarts. */
const storedSchema = z.object({ unanswered: z.number().int().positive(), heldUntilMs: z.number().int() });

/** Stores the back-off across restarts: restarting the till must not shorten it. */
export function createStoredFailureBackoff(
  settings: Settings,
  clock: Clock,
  logger: Logger,
): { readonly recall: () => FailureBackoff; readonly keep: (failureBackoff: FailureBackoff) => void } {
  let kept = noFailureBackoff;
  return {
    recall: () => {
      const parsed = storedSchema.safeParse(readJson(settings.get(KEY)));
      if (!parsed.success) return noFailureBackoff;
      const { unanswered, heldUntilMs } = parsed.data;
      kept = restoredFailureBackoff(unanswered, heldUntilMs - clock.nowMs(), clock.monotonicMs());
      return kept;
    },
    keep: (failureBackoff) => {
      if (failureBackoff.unanswered === kept.unanswered) return;
      const leftMs = failureBackoff.heldBackUntilMonotonicMs - clock.monotonicMs();
      const { unanswered } = failureBackoff;
      try {
        if (unanswered === 0) settings.remove(KEY);
        else
          settings.set(KEY, JSON.stringify({ unanswered, heldUntilMs: Math.round(clock.nowMs() + leftMs) }));
        kept = failureBackoff;
      } catch (thrown) {
        // It still holds in memory.
        logger.warn('link.brake-not-kept', { error: String(thrown) });
      }
    },
  };
}
