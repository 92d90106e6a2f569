import { z } from 'zod';
import type { Actor } from '../kernel/actor.ts';
import { readJson } from '../kernel/database/read-json.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import { every } from '../kernel/every.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import { afterLook, isOverdue, type OfflineWindow } from './offline-window.ts';

/** Watches how long nothing could be sent, over restarts and through changes of the clock. */
export interface OfflineWindowService {
  /** Looks now. `stopped`: no new entries until a manager lets the till go on. */
  look(): { readonly sinceMs: number | null; readonly stopped: boolean };
  /** A manager has looked at what waits: the window begins anew. Journaled. */
  goOn(who: Actor): void;
  /** Looks where nobody waits for what is seen, and where a database that fails is no reason to. */
  notice(): void;
  /** Looks by itself from now on: between two looks a clock could be set back unseen. */
  start(): void;
  stop(): void;
}

export interface OfflineWindowParts {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Something waits and nothing can be sent. */
  readonly isBlocked: () => boolean;
  readonly longestMs: () => number;
  /** Runs both in one transaction, or neither. */
  readonly journaled: (write: () => void, who: Actor, content: unknown) => void;
}

const KEY = 'offline.window';

/** Elapsed time of less than this may be lost when the process dies; one that ends in order loses none. */
const KEEP_EVERY_MS = 60_000;

const LOOK_EVERY_MS = 60_000;

const keptSchema = z.object({ sinceMs: z.number(), elapsedMs: z.number(), atMs: z.number() });

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
      // It holds in memory, and is kept again at the next look.
      logger.warn('offline.window-not-kept', { error: String(thrown) });
    }
  };

  const keepWhatCounts = () => {
    const grownMs = (window?.elapsedMs ?? 0) - (kept?.elapsedMs ?? 0);
    // A network that flaps begins and ends one every few seconds. What is kept a minute too long counts for more.
    const isLate = clock.monotonicMs() - keptAtMonotonicMs >= KEEP_EVERY_MS;
    const isOther = ((window === null) !== (kept === null) && isLate) || grownMs >= KEEP_EVERY_MS;
    // What passed while no process ran is known by the wall clock only, which may be set back before the next one.
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
      endLooks = every(clock, LOOK_EVERY_MS, notice);
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
      // Only what is committed counts: the manager is told where it is not.
      window = anew;
      kept = anew;
    },
  };
}

function recall(settings: Settings): OfflineWindow | null {
  const parsed = keptSchema.safeParse(readJson(settings.get(KEY)));
  return parsed.success ? { ...parsed.data, atMonotonicMs: null } : null;
}
