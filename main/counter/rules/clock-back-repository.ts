import { z } from 'zod';
import { clockBackSchema, type RuleBook } from '../../../preload/contract/index.ts';
import { actorText, theProgram } from '../../kernel/actor.ts';
import type { Db } from '../../kernel/database/open.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Clock } from '../../kernel/ports.ts';
import { storeDay } from '../../kernel/store-time.ts';
import type { JournalRepository } from '../../ledger/journal/index.ts';
import { goesByDays, rulesBetween } from './clock-back.ts';

export type ClockBack = z.infer<typeof clockBackSchema>;

/** Notices a clock that was set back over a day of the rules: then a bonus could be had that is over, or was had already. */
export interface ClockBackWatch {
  /** Looks at the clock; what it finds is journaled with both times, once. */
  look(): void;
  /** What was found, until the day that it was before comes again or a manager has saved the rules. */
  found(): ClockBack | null;
  /** A manager has looked at the rules. */
  forget(): void;
}

export interface ClockBackParts {
  readonly db: Db;
  readonly settings: Settings;
  readonly journal: Pick<JournalRepository, 'append'> | null;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly storeTimeZone: string;
  readonly book: () => RuleBook;
}

const KEY = 'rules.clock';

const keptSchema = z.object({ latestMs: z.number(), back: clockBackSchema.nullable() });
type Kept = z.infer<typeof keptSchema>;

export function createClockBackWatch(parts: ClockBackParts): ClockBackWatch {
  const { db, settings, journal, clock, storeTimeZone } = parts;
  const dayOf = (ms: number) => storeDay(ms, storeTimeZone);
  /** The latest time that was seen since the start; the settings have one of each day. */
  let latestMs = 0;

  const load = (): Kept | null => {
    const text = settings.get(KEY);
    const parsed = keptSchema.safeParse(text === null ? null : readJson(text));
    return parsed.success ? parsed.data : null;
  };
  const keep = (kept: Kept) => settings.set(KEY, JSON.stringify(kept));

  const note = db.transaction((beforeMs: number, nowMs: number, rules: readonly string[]): void => {
    const back = { beforeMs, nowMs, rules: [...rules] };
    keep({ latestMs: nowMs, back });
    const content = back;
    journal?.append({
      event: 'noted',
      actor: actorText(theProgram),
      reason: 'clock set back over a day of the rules',
      content,
    });
  });

  const found = (): ClockBack | null => {
    const back = load()?.back ?? null;
    return back !== null && dayOf(clock.nowMs()) < dayOf(back.beforeMs) ? back : null;
  };

  return {
    look: () => {
      const book = parts.book();
      // Where no rule goes by days, nothing is kept either.
      if (!goesByDays(book)) return;
      const nowMs = clock.nowMs();
      const kept = load();
      const beforeMs = Math.max(latestMs, kept?.latestMs ?? 0);
      const rules = beforeMs > nowMs ? rulesBetween(book, dayOf(nowMs), dayOf(beforeMs)) : [];
      if (rules.length > 0) note.immediate(beforeMs, nowMs, rules);
      else if (kept === null || dayOf(kept.latestMs) < dayOf(nowMs)) keep({ latestMs: nowMs, back: found() });
      latestMs = rules.length > 0 ? nowMs : Math.max(latestMs, nowMs);
    },
    found,
    forget: () => {
      const kept = load();
      if (kept?.back !== null && kept !== null) keep({ ...kept, back: null });
    },
  };
}
