import { z } from 'zod';
import {
  appError,
  type DrillResult,
  drillResultSchema,
  err,
  ok,
  type Result,
  type Topics,
} from '../../../preload/contract/index.ts';
import type { LedgerIncrement, PracticeStore } from '../../hosts/practice/index.ts';
import { type Actor, actorText, shownActor } from '../../kernel/actor.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import type { RunInTransaction } from '../../kernel/database/run-in-transaction.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import type { OutboxRepository } from '../../ledger/index.ts';
import type { JournalRepository } from '../../ledger/journal/index.ts';
import { reference, shownName } from '../../ledger/shown/index.ts';
import { type AccountedEntry, accountOf } from './drill-account.ts';
import {
  beginDrill,
  type DrillFacts,
  type DrillProgress,
  drillAfter,
  drillNow,
  plugMoves,
  replyWasLost,
} from './drill-steps.ts';

type Done = Result<Record<string, never>>;

/** A practised outage, in the practice store. */
export interface DrillService {
  /** Replaces a running one. */
  begin(who: Actor, isFromLive: boolean): Done;
  leave(who: Actor): Done;
  report(): Promise<Done>;
  /** Called before the plug moves. */
  plugging(plugIn: boolean): void;
  /** Called after each change of the till or the plug. */
  look(): void;
  start(): void;
  shown(): Topics['drill'];
}

export interface DrillParts {
  readonly practice: Pick<
    PracticeStore,
    'plugIn' | 'increments' | 'setLoseNextReply' | 'loseRepliesOf' | 'onSwitch'
  >;
  readonly outbox: Pick<OutboxRepository, 'bySequence' | 'byId'>;
  readonly nextSequence: () => number;
  readonly settings: Settings;
  readonly runInTransaction: RunInTransaction;
  readonly journal: Pick<JournalRepository, 'append'> | null;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly random: Pick<Random, 'uuid'>;
  readonly logger: Logger;
  readonly changed: (topic: 'drill') => void;
  readonly canReport: () => boolean;
  /** Stores it for the live till. */
  readonly handOver: (result: DrillResult) => Promise<void>;
}

const NOTED = 'outage drill';

export function createDrillService(parts: DrillParts): DrillService {
  const { practice, outbox, settings, clock, changed, journal } = parts;
  let record = loadDrill(settings);

  const keep = (next: DrillRecord | null): void => {
    keepDrill(settings, next);
    record = next;
    changed('drill');
  };

  const progressed = (before: DrillRecord, progress: DrillProgress): DrillRecord => {
    if (JSON.stringify(progress) === JSON.stringify(before.progress)) return before;
    const next = { ...before, progress };
    keep(next);
    return next;
  };

  /** Ends it with a note in the journal. */
  const finish = (ending: DrillRecord, gaveUpAt: DrillResult['gaveUpAt'], who: string): DrillRecord => {
    const result = resultOf(parts, ending, gaveUpAt);
    const next = { ...ending, result };
    parts.runInTransaction(() => {
      journal?.append({ event: 'noted', actor: who, reason: NOTED, content: { ...result } });
      keepDrill(settings, next);
    });
    record = next;
    changed('drill');
    return next;
  };

  /** The target was credited: its reply gets lost, once. */
  const isToBeLost = ({ customerUid, dataChangeTime }: LedgerIncrement): boolean => {
    if (record === null || record.result !== null || record.progress.lostId !== null) return false;
    const target = record.progress.targetId === null ? null : outbox.byId(record.progress.targetId);
    if (target?.customerUid !== customerUid || target.dataChangeTime !== dataChangeTime) return false;
    progressed(record, replyWasLost(record.progress, clock.nowMs()));
    return true;
  };

  const look = (): void => {
    if (record === null || record.result !== null) return;
    const facts = factsOf(parts, record);
    const now = progressed(record, drillAfter(record.progress, facts));
    if (drillNow(now.progress, facts).step === 'end') finish(now, null, '');
    else changed('drill');
  };

  const plugging = (plugIn: boolean): void => {
    if (record === null || record.result !== null) return;
    progressed(record, plugMoves(record.progress, factsOf(parts, record), plugIn));
  };

  const leave = (who: Actor): Done => {
    if (record === null) return ok({});
    if (record.result === null) {
      const { step } = drillNow(record.progress, factsOf(parts, record));
      finish(record, step, actorText(who));
      if (parts.canReport()) return ok({});
    }
    keep(null);
    return ok({});
  };

  return {
    begin: (who, isFromLive) => {
      if (record?.result === null) leave(who);
      // Only the drill's reply may get lost.
      practice.setLoseNextReply(false);
      keep({
        id: parts.random.uuid(),
        startedAtMs: clock.nowMs(),
        who: shownActor(who),
        isFromLive,
        fromSequence: parts.nextSequence(),
        progress: beginDrill,
        result: null,
      });
      return ok({});
    },
    leave,
    report: async () => {
      const result = record?.result ?? null;
      if (result === null || !parts.canReport()) return err(appError('invalid-request', { field: 'drill' }));
      try {
        await parts.handOver(result);
      } catch (thrown) {
        parts.logger.warn('drill.not-handed-over', { error: String(thrown) });
        return err(appError('drill-not-kept'));
      }
      keep(null);
      return ok({});
    },
    plugging,
    look,
    start: () => {
      practice.loseRepliesOf(isToBeLost);
      practice.onSwitch(look);
      // A restarted program begins with its plug in.
      if (record?.result === null && record.progress.targetId === null) {
        const facts = { ...factsOf(parts, record), plugIn: false };
        if (facts.entries.length > 0) progressed(record, plugMoves(record.progress, facts, true));
      }
      look();
    },
    shown: () => {
      if (record === null) return null;
      const { progress, isFromLive, result } = record;
      const told = { lostId: progress.lostId, isFromLive, canReport: parts.canReport(), result };
      if (result !== null) return { step: 'end', hint: null, ...told };
      return { ...drillNow(progress, factsOf(parts, record)), ...told };
    },
  };
}

/** More entries are no drill any more. */
const MOST_ENTRIES = 200;

function entriesSince({ outbox }: DrillParts, from: number): readonly AccountedEntry[] {
  const entries: AccountedEntry[] = [];
  for (let sequence = from; sequence < from + MOST_ENTRIES; sequence += 1) {
    const entry = outbox.bySequence(sequence);
    if (entry === null) break;
    const { id, kind, customerUid, balanceIncrement, createdAtMs, state, dataChangeTime } = entry;
    entries.push({
      id,
      customerUid,
      createdAtMs,
      state,
      dataChangeTime,
      amount: balanceIncrement,
      isTopUp: kind === 'top-up',
      reference: reference(sequence),
      memberName: shownName(entry.customerName),
      isTakenBack: entry.takenBack !== null,
      isReplaced: entry.cause === 'replaced',
    });
  }
  return entries;
}

const factsOf = (parts: DrillParts, { fromSequence }: DrillRecord): DrillFacts => ({
  plugIn: parts.practice.plugIn(),
  entries: entriesSince(parts, fromSequence),
});

function resultOf(parts: DrillParts, record: DrillRecord, gaveUpAt: DrillResult['gaveUpAt']): DrillResult {
  const atMs = parts.clock.nowMs();
  const entries = entriesSince(parts, record.fromSequence);
  const { rows, faults, done, credited } = accountOf(entries, parts.practice.increments(), record.progress);
  return {
    id: record.id,
    atMs,
    who: record.who,
    gaveUpAt,
    tookMs: Math.max(0, atMs - record.startedAtMs),
    passed: gaveUpAt === null && faults.length === 0,
    faults: [...faults],
    rows: [...rows],
    done,
    credited,
  };
}

const KEY = 'drill';

/** A running drill, stored over restarts. */
const drillRecordSchema = z.object({
  id: z.string(),
  startedAtMs: z.number(),
  who: z.string(),
  isFromLive: z.boolean(),
  /** Its first entry. */
  fromSequence: z.number().int(),
  progress: z.object({
    targetId: z.string().nullable(),
    lostId: z.string().nullable(),
    lostAtMs: z.number().nullable(),
    missed: z.enum(['early', 'notLost']).nullable(),
  }),
  result: drillResultSchema.nullable(),
});
type DrillRecord = z.infer<typeof drillRecordSchema>;

/** An unreadable one is dropped: no money depends on it. */
function loadDrill(settings: Settings): DrillRecord | null {
  const parsed = drillRecordSchema.safeParse(readJson(settings.get(KEY)));
  return parsed.success ? parsed.data : null;
}

function keepDrill(settings: Settings, record: DrillRecord | null): void {
  if (record === null) settings.remove(KEY);
  else settings.set(KEY, JSON.stringify(record));
}
