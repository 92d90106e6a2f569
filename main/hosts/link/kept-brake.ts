import { z } from 'zod';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../../kernel/ports.ts';
import { type Brake, recalledBrake, released } from './brake.ts';

const KEY = 'link.brake';

/** In wall-clock time, since the monotonic clock restarts. */
const keptSchema = z.object({ unanswered: z.number().int().positive(), heldUntilMs: z.number().int() });

/** Stores the back-off across restarts: restarting the till must not shorten it. */
export function createKeptBrake(
  settings: Settings,
  clock: Clock,
  logger: Logger,
): { readonly recall: () => Brake; readonly keep: (brake: Brake) => void } {
  let kept = released;
  return {
    recall: () => {
      const parsed = keptSchema.safeParse(readJson(settings.get(KEY)));
      if (!parsed.success) return released;
      const { unanswered, heldUntilMs } = parsed.data;
      kept = recalledBrake(unanswered, heldUntilMs - clock.nowMs(), clock.monotonicMs());
      return kept;
    },
    keep: (brake) => {
      if (brake.unanswered === kept.unanswered) return;
      const leftMs = brake.heldBackUntilMonotonicMs - clock.monotonicMs();
      const { unanswered } = brake;
      try {
        if (unanswered === 0) settings.remove(KEY);
        else
          settings.set(KEY, JSON.stringify({ unanswered, heldUntilMs: Math.round(clock.nowMs() + leftMs) }));
        kept = brake;
      } catch (thrown) {
        // It still holds in memory.
        logger.warn('link.brake-not-kept', { error: String(thrown) });
      }
    },
  };
}
