import { z } from 'zod';
import type { Actor } from '../kernel/actor.ts';
import { readJson } from '../kernel/database/read-json.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import { every } from '../kernel/every.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import { afterLook, isOverdue, type OfflineWindow } from './offline-window.ts';

/** Measures how long nothing could be sent, across restarts and clock changes. */
export interface OfflineWindowService {
  /** `stopped`: no new entries until a manager continues. */
  look(): { readonly sinceMs: number | null; readonly stopped: boolean };
  /** A manager continues: the window restarts. Journaled. */
  goOn(who: Actor): void;
  /** As `look`, without a result or exceptions. */
  notice(): void;
  /** Looks regularly: a clock could be set back unnoticed in between. */
  start(): void;
  stop(): void;
}

interface OfflineWindowParts {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Something waits and nothing can be sent. */
  readonly isBlocked: () => boolean;
  readonly longestMs: () => number;
  /** Writes and journals in one transaction. */
  readonly journaled: (write: () => void, who: Actor, content: unknown) => void;
}

const KEY = 'offline.window';

/** A crash may lose at most this much elapsed time. */
const KEEP_EVERY_MS = 60_000;

const CHECK_EVERY_MS = 60_000;

const storedSchema = z.object({ sinceMs: z.number(), elapsedMs: z.number(), atMs: z.number() });

export function createOfflineWindowService(parts: OfflineWindowParts): OfflineWindowService {
  const { settings, clock, logger } = parts;
  let window = recall(settings);
  let kept = window;
  let isKeptByThisProcess = false;
  let keptAtMonotonicMs = Number.NEGATIVE_INFINITY;

  const write = (now: OfflineWindow | null) => {
    if (now === null) settings.remove(KEY);
    else settings.set(KEY, JSON.stringify({ ...now, atMonotonicMs: undefined }));
  };

  const keep = () => {
    if (window === kept) return;
    try {
      write(window);
      kept = window;
      keptAtMonotonicMs = clock.monotonicMs();
      isKeptByThisProcess = true;
    } catch (thrown) {
      // Retried at the next look.
      logger.warn('offline.window-not-kept', { error: String(thrown) });
    }
  };

  const keepWhatCounts = () => {
    const grownMs = (window?.elapsedMs ?? 0) - (kept?.elapsedMs ?? 0);
    // An unstable network starts a window every few seconds; one stored a minute too long only counts for more.
    const isLate = clock.monotonicMs() - keptAtMonotonicMs >= KEEP_EVERY_MS;
    const isOther = ((window === null) !== (kept === null) && isLate) || grownMs >= KEEP_EVERY_MS;
    // Time without a process is known by the wall clock only, which may be set back before the next start.
    if (isOther || !isKeptByThisProcess) keep();
  };

  const look: OfflineWindowService['look'] = () => {
    window = afterLook(window, parts.isBlocked(), {
      nowMs: clock.nowMs(),
      monotonicMs: clock.monotonicMs(),
    });
    keepWhatCounts();
    return { sinceMs: window?.sinceMs ?? null, stopped: isOverdue(window, parts.longestMs()) };
  };

  let endLooks = (): void => undefined;
  const notice = () => {
    try {
      look();
    } catch (thrown) {
      logger.warn('offline.not-looked', { error: String(thrown) });
    }
  };

  return {
    look,
    notice,
    start: () => {
      notice();
      endLooks = every(clock, CHECK_EVERY_MS, notice);
    },
    stop: () => {
      endLooks();
      notice();
      keep();
    },
    goOn: (who) => {
      look();
      const before = window;
      if (before === null) return;
      const anew = { ...before, elapsedMs: 0 };
      const { elapsedMs, sinceMs } = before;
      parts.journaled(() => write(anew), who, { elapsedMs, sinceMs });
      // Only once committed; otherwise the manager gets the error.
      window = anew;
      kept = anew;
    },
  };
}

function recall(settings: Settings): OfflineWindow | null {
  const parsed = storedSchema.safeParse(readJson(settings.get(KEY)));
  return parsed.success ? { ...parsed.data, atMonotonicMs: null } : null;
}
