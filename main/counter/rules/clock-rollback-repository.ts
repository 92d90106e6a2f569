import { z } from 'zod';
import { type RuleBook, rulesClockRollbackSchema } from '../../../preload/contract/index.ts';
import { actorText, theProgram } from '../../kernel/actor.ts';
import type { Db } from '../../kernel/database/open.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Clock } from '../../kernel/ports.ts';
import { storeDay } from '../../kernel/store-time.ts';
import type { JournalRepository } from '../../ledger/journal/index.ts';
import { goesByDays, rulesBetween } from './clock-rollback.ts';

type RulesClockRollback = z.infer<typeof rulesClockRollbackSchema>;

/** Notices a clock set back across a day that rules depend on: an expired or already given bonus could be had again. */
export interface ClockRollbackWatch {
  /** Checks the clock; journals a finding once, with both times. */
  look(): void;
  /** The finding, until that day comes again or a manager saves the rules. */
  found(): RulesClockRollback | null;
  /** A manager saved the rules. */
  forget(): void;
}

interface ClockRollbackParts {
  readonly db: Db;
  readonly settings: Settings;
  readonly journal: Pick<JournalRepository, 'append'> | null;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly storeTimeZone: string;
  readonly book: () => RuleBook;
}

const KEY = 'rules.clock';

const storedSchema = z.object({ latestMs: z.number(), back: rulesClockRollbackSchema.nullable() });
type Stored = z.infer<typeof storedSchema>;

export function createClockRollbackWatch(parts: ClockRollbackParts): ClockRollbackWatch {
  const { db, settings, journal, clock, storeTimeZone } = parts;
  const dayOf = (ms: number) => storeDay(ms, storeTimeZone);
  /** The latest time seen since the start; stored once a day. */
  let latestMs = 0;

  const load = (): Stored | null => {
    const text = settings.get(KEY);
    const parsed = storedSchema.safeParse(text === null ? null : readJson(text));
    return parsed.success ? parsed.data : null;
  };
  const keep = (kept: Stored) => settings.set(KEY, JSON.stringify(kept));

  const note = db.transaction((beforeMs: number, nowMs: number, rules: readonly string[]): void => {
    const back = { beforeMs, nowMs, rules: [...rules] };
    keep({ latestMs: nowMs, back });
    const reason = 'clock set back over a day of the rules';
    journal?.append({ event: 'noted', actor: actorText(theProgram), reason, content: back });
  });

  const found = (): RulesClockRollback | null => {
    const back = load()?.back ?? null;
    return back !== null && dayOf(clock.nowMs()) < dayOf(back.beforeMs) ? back : null;
  };

  return {
    look: () => {
      const book = parts.book();
      // No rule depends on days.
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
