import { type Actor, actorText } from '../kernel/actor.ts';
import type { Db } from '../kernel/database/open.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Clock } from '../kernel/ports.ts';
import type { Ledger } from '../ledger/index.ts';
import type { WaitingRepository } from './waiting-repository.ts';

/** How long the oldest waiting entry waits while nothing can be sent. */
export interface OfflineWindow {
  /** `sinceMs`: since when the oldest waits; null while entries are sent. `stopped`: no new ones until a manager continues. */
  look(): { readonly sinceMs: number | null; readonly stopped: boolean };
  /** A manager continues: the longest time counts from now. Journaled. */
  goOn(who: Actor): void;
}

interface OfflineWindowParts {
  readonly db: Db;
  readonly settings: Settings;
  readonly journal: Ledger['journal'];
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly waiting: Pick<WaitingRepository, 'oldestUnsentMs'>;
  /** KYBIO answers, and no pause. */
  readonly isOnline: () => boolean;
  readonly longestMs: () => number;
}

const KEY = 'offline.continuedAtMs';

export function createOfflineWindow(parts: OfflineWindowParts): OfflineWindow {
  const { db, settings, journal, clock, waiting } = parts;

  /** One that lies ahead was written before the clock was set back, and counts for nothing. */
  const continuedAtMs = (nowMs: number): number => {
    const atMs = Number(settings.get(KEY) ?? 0);
    return atMs <= nowMs ? atMs : 0;
  };

  const look: OfflineWindow['look'] = () => {
    const sinceMs = parts.isOnline() ? null : waiting.oldestUnsentMs();
    if (sinceMs === null) return { sinceMs, stopped: false };
    const nowMs = clock.nowMs();
    return { sinceMs, stopped: nowMs - Math.max(sinceMs, continuedAtMs(nowMs)) >= parts.longestMs() };
  };

  const goOn = db.transaction((who: Actor) => {
    const { sinceMs } = look();
    if (sinceMs === null) return;
    settings.set(KEY, String(clock.nowMs()));
    const content = { sinceMs };
    journal?.append({ event: 'setting', reason: 'offline window continued', actor: actorText(who), content });
  });

  return { look, goOn: (who) => goOn.immediate(who) };
}
