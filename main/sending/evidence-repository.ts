import { z } from 'zod';
import { type Amount, amount, amountSchema, type EntryState } from '../../preload/contract/index.ts';
import type { Db } from '../kernel/database/open.ts';
import { readJson } from '../kernel/database/read-json.ts';
import { createRunInTransaction } from '../kernel/database/run-in-transaction.ts';
import { noSeals, type Seals } from '../kernel/database/seals.ts';
import { fromScaled } from '../kernel/scaled.ts';
import type { Baseline, Increment } from '../ledger/index.ts';
import { entriesOfMember, readMessages } from '../ledger/tables/index.ts';
import { createEarlierBaselines } from './earlier-baselines.ts';
import { mayHaveArrived } from './may-have-arrived.ts';
import { createStoredPapers, noPapers, type Papers } from './stored-papers.ts';
import { type Sums, sameSums } from './undecided.ts';

/** An attempt as evidence. */
export interface AttemptRecord {
  readonly number: number;
  readonly startedAtMs: number;
  readonly baseline: (Sums & { readonly atMs: number }) | null;
  readonly phase: 'connecting' | 'sent' | 'answered';
  readonly outcome: string | null;
  readonly cause: string | null;
  readonly messages: readonly string[];
}

/** A confirmed increment of ours, with the times that its log row may carry. */
export interface OwnIncrement {
  readonly amount: Amount;
  readonly dataChangeTime: string;
  /** The end of its last attempt that was sent; null if none was. */
  readonly sentAtMs: number | null;
}

/** What the till itself knows about an undecided entry, and the stored evidence. */
export interface EvidenceRepository {
  attempts(entryId: string): readonly AttemptRecord[];
  /**
   * Whether another increment of the member is undecided, or was decided since this one was first sent, so that the
   * baseline lacks it.
   */
  othersUndecided(increment: Increment): boolean;
  /** What those would add, without cancelled or rejected ones. */
  others(increment: Increment): readonly Sums[];
  /** Our last confirmed increments of the member, newest first. */
  ownBefore(increment: Increment): readonly Sums[];
  /** Our increments of the member that a log row may belong to. */
  ownConfirmed(increment: Increment): readonly OwnIncrement[];
  /** Open across a restore, or imported from a receipt: earlier sends are unknown. */
  wasRestored(entryId: string): boolean;
  /** A manager was asked whose card it was entered for. */
  wasAskedWhose(entryId: string): boolean;
  /**
   * Time since this attempt began, up to the last journal row, ms. Only steps forward from row to row count, so that
   * setting a clock back removes nothing. Null without such an attempt.
   */
  passedSince(entryId: string, attempt: number): { readonly passedMs: number; readonly toMs: number } | null;
  /** `end` is where the journal ended when the member was read; by default now. */
  keep(entryId: string, gatheredAtMs: number, content: object, end?: JournalEnd): void;
  journalEnd(): JournalEnd;
  /**
   * Stores the member's baseline with each waiting entry, in one commit, before anything is read. Earlier ones stay:
   * a clone may date from any of these times.
   */
  keepBefore(waiting: readonly { readonly increment: Increment; readonly baseline: Baseline }[]): void;
  /** Those, oldest first, each plus what was confirmed of the member since. */
  earlierBaselines(increment: Increment): readonly Baseline[];
  /** Stores what a receipt says, beside other evidence; it is never replaced by later evidence. */
  keepPaper(entryId: string, says: Partial<Papers>, atMs: number): void;
  papers(entryId: string): Papers;
  /** The sums before the entry according to its receipt, plus ours since; null if unknown. */
  papersBaseline(increment: Increment): Baseline | null;
  /** The baseline of the first attempt that may have been applied, plus what was confirmed since; null without one. */
  sentBaseline(increment: Increment): (Baseline & { readonly isWithLater: boolean }) | null;
  /** A manager saw the reading and said that the entry is not in it: nothing older is compared any more. */
  seen(entryId: string): void;
  /** Null too if gathered before the entry's last attempt. */
  kept(entryId: string): { readonly gatheredAtMs: number; readonly content: unknown } | null;
}

/** More than a till can make of one member while a cache lives. */
const OWN_BEFORE = 20;

interface AttemptRow {
  readonly number: number;
  readonly started_at_ms: number;
  readonly baseline_balance: string | null;
  readonly baseline_point: string | null;
  readonly baseline_at_ms: number | null;
  readonly phase: AttemptRecord['phase'];
  readonly outcome: string | null;
  readonly cause: string | null;
  readonly messages: string;
}

export interface JournalEnd {
  readonly number: number;
}

/** A reading that was shown. */
const seenSchema = z.object({
  readings: z.array(z.object({ balance: amountSchema, point: amountSchema })),
  place: z.object({ number: z.number() }),
  attempts: z.number(),
});

const toAttempt = (row: AttemptRow): AttemptRecord => ({
  number: row.number,
  startedAtMs: row.started_at_ms,
  baseline:
    row.baseline_balance === null || row.baseline_point === null || row.baseline_at_ms === null
      ? null
      : {
          balance: amount(row.baseline_balance),
          point: amount(row.baseline_point),
          atMs: row.baseline_at_ms,
        },
  phase: row.phase,
  outcome: row.outcome,
  cause: row.cause,
  messages: readMessages(row.messages),
});

export function createEvidenceRepository(db: Db, seals: Seals = noSeals): EvidenceRepository {
  const attempts = db.prepare(
    `SELECT number, started_at_ms, baseline_balance, baseline_point, baseline_at_ms, phase, outcome, cause, messages
     FROM attempt WHERE entry = (SELECT sequence FROM increment WHERE id = ?) ORDER BY number`,
  );
  const began = db.prepare(
    `SELECT number FROM journal WHERE entry = (SELECT sequence FROM increment WHERE id = ?) AND event = 'sending'
     ORDER BY number LIMIT 1 OFFSET ?`,
  );
  // The row as parameters: in one statement it would be looked up for every entry.
  const others = db.prepare(
    `SELECT i.id, i.state, CAST(i.balance_increment_e4 AS TEXT) AS balance, CAST(i.point_increment_e4 AS TEXT) AS point
     FROM increment i
     WHERE i.sequence IN (${entriesOfMember('@customerUid')})
       AND i.id <> @id AND (i.state IN ('sending', 'unknown', 'review')
       OR EXISTS (SELECT 1 FROM journal j WHERE j.entry = i.sequence AND j.event IN ('ended', 'decided')
         AND j.number > @number))`,
  );
  const othersOf = ({ customerUid, id }: Increment) => {
    const firstSending = (began.get(id, 0) as JournalEnd | undefined) ?? { number: null };
    return others.all({ customerUid, id, ...firstSending }) as {
      id: string;
      state: EntryState;
      balance: string;
      point: string;
    }[];
  };
  const own = db.prepare(
    `SELECT CAST(i.balance_increment_e4 AS TEXT) AS amount, i.data_change_time AS dataChangeTime,
       (SELECT MAX(COALESCE(a.ended_at_ms, a.started_at_ms)) FROM attempt a
        WHERE a.entry = i.sequence AND a.phase <> 'connecting') AS sentAtMs
     FROM increment i WHERE i.sequence IN (${entriesOfMember('@customerUid')}) AND i.id <> @id AND i.state = 'confirmed'`,
  );
  const ownBefore = db.prepare(
    `SELECT CAST(balance_increment_e4 AS TEXT) AS balance, CAST(point_increment_e4 AS TEXT) AS point
     FROM increment WHERE sequence IN (${entriesOfMember('@customerUid')}) AND id <> @id AND state = 'confirmed'
     ORDER BY sequence DESC LIMIT ${OWN_BEFORE}`,
  );
  const restored = db.prepare(
    `SELECT 1 AS found FROM journal WHERE entry = (SELECT sequence FROM increment WHERE id = ?)
       AND (event = 'sent-to-review' AND reason = 'restored' OR event = 'adopted' AND actor <> '')`,
  );
  const askedWhose = db.prepare(
    `SELECT 1 AS found FROM journal WHERE entry = (SELECT sequence FROM increment WHERE id = ?)
       AND event = 'sent-to-review' AND reason = 'card-of-another'`,
  );
  const keep = db.prepare(
    `INSERT INTO evidence (increment_id, gathered_at_ms, content) VALUES (?, ?, ?)
     ON CONFLICT (increment_id) DO UPDATE SET gathered_at_ms = excluded.gathered_at_ms, content = excluded.content
     RETURNING *`,
  );
  const kept = db.prepare('SELECT gathered_at_ms, content FROM evidence WHERE increment_id = ?');
  // As parameters, so that SQLite does not scan the rows before.
  const passed = db.prepare(
    `WITH since AS (
       SELECT at_ms, LAG(at_ms) OVER (ORDER BY number) AS before_ms FROM journal
       WHERE number >= @number)
     SELECT SUM(MAX(0, at_ms - COALESCE(before_ms, at_ms))) AS passedMs,
       (SELECT at_ms FROM journal ORDER BY number DESC LIMIT 1) AS toMs FROM since`,
  );
  // By count, not time: a clock set in between would hide an attempt.
  const begun = db.prepare(
    'SELECT COUNT(*) AS attempts FROM attempt WHERE entry = (SELECT sequence FROM increment WHERE id = ?)',
  );
  const attemptsOf = (entryId: string) => (begun.get(entryId) as { attempts: number }).attempts;
  const earlierBaselines = createEarlierBaselines(db);
  const write = (entryId: string, gatheredAtMs: number, content: object) =>
    void seals.change('evidence', [entryId], () => keep.get(entryId, gatheredAtMs, JSON.stringify(content)));
  const rowOf = (entryId: string) =>
    kept.get(entryId) as { gathered_at_ms: number; content: string } | undefined;
  const contentOf = (entryId: string) => readJson(rowOf(entryId)?.content ?? null) ?? {};
  const writeMore = (entryId: string, more: object, atMs: number) =>
    write(entryId, rowOf(entryId)?.gathered_at_ms ?? atMs, { ...contentOf(entryId), ...more });
  const storedPapers = createStoredPapers(db);
  const runInTransaction = createRunInTransaction(db);
  return {
    attempts: (entryId) => (attempts.all(entryId) as AttemptRow[]).map(toAttempt),
    othersUndecided: (increment) => othersOf(increment).length > 0,
    others: (increment) =>
      othersOf(increment)
        .filter(({ state }) => state !== 'cancelled' && state !== 'rejected')
        .map(({ balance, point }) => ({ balance: fromScaled(balance), point: fromScaled(point) })),
    ownBefore: ({ customerUid, id }) =>
      (
        ownBefore.all({ customerUid, id }) as {
          readonly balance: string;
          readonly point: string;
        }[]
      ).map(({ balance, point }) => ({ balance: fromScaled(balance), point: fromScaled(point) })),
    ownConfirmed: ({ customerUid, id }) =>
      (
        own.all({ customerUid, id }) as (Omit<OwnIncrement, 'amount'> & {
          readonly amount: string;
        })[]
      ).map((row) => ({ ...row, amount: fromScaled(row.amount) })),
    wasRestored: (entryId) => restored.get(entryId) !== undefined,
    wasAskedWhose: (entryId) => askedWhose.get(entryId) !== undefined,
    passedSince: (entryId, attempt) => {
      const row = began.get(entryId, attempt - 1);
      return row === undefined ? null : (passed.get(row) as { passedMs: number; toMs: number });
    },
    keep: (entryId, gatheredAtMs, content, end = earlierBaselines.journalEnd()) => {
      const before = earlierBaselines.of(entryId);
      const papers = storedPapers.of(entryId);
      write(entryId, gatheredAtMs, {
        ...content,
        ...(before.length === 0 ? {} : { before }),
        ...(papers === noPapers ? {} : { papers }),
        place: end,
        attempts: attemptsOf(entryId),
      });
    },
    journalEnd: earlierBaselines.journalEnd,
    keepBefore: (waiting) =>
      runInTransaction(() => {
        for (const { increment, baseline } of waiting) {
          const before = earlierBaselines.with(increment, baseline);
          if (before !== null) writeMore(increment.id, { before }, baseline.atMs);
        }
      }),
    earlierBaselines: earlierBaselines.withOurs,
    keepPaper: (entryId, says, atMs) =>
      writeMore(entryId, { papers: { ...storedPapers.of(entryId), ...says } }, atMs),
    papers: storedPapers.of,
    papersBaseline: storedPapers.baseline,
    sentBaseline: (increment) => {
      const first = (attempts.all(increment.id) as AttemptRow[]).map(toAttempt).find(mayHaveArrived);
      if (first === undefined || first.baseline === null) return null;
      const row = began.get(increment.id, first.number - 1) as JournalEnd | undefined;
      if (row === undefined) return { ...first.baseline, isWithLater: false };
      const known = earlierBaselines.plusOurs(increment, { ...first.baseline, ...row });
      const isWithLater = !sameSums(known, first.baseline);
      return { ...(isWithLater ? known : first.baseline), isWithLater };
    },
    seen: (entryId) => {
      const row = rowOf(entryId);
      const content = seenSchema.safeParse(readJson(row?.content ?? null));
      const reading = content.data?.readings.at(-1);
      if (row === undefined || reading === undefined || content.data?.attempts !== attemptsOf(entryId))
        return;
      const before = { ...reading, atMs: row.gathered_at_ms, ...content.data.place };
      writeMore(entryId, { before: [before] }, row.gathered_at_ms);
    },
    kept: (entryId) => {
      const row = rowOf(entryId);
      if (row === undefined) return null;
      const content = (readJson(row.content) ?? {}) as { readonly attempts?: number };
      return content.attempts === attemptsOf(entryId) ? { gatheredAtMs: row.gathered_at_ms, content } : null;
    },
  };
}
