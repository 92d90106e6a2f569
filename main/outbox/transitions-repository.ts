import { type Amount, appError, err, ok, type Result } from '../../preload/contract/index.ts';
import type { Db } from '../database/open.ts';
import type { SignedBody } from '../kybio/types.ts';
import type { Clock } from '../ports.ts';
import type { OutboxRepository } from './outbox-repository.ts';
import { settle } from './settle.ts';
import type { AttemptEnd, Baseline, BegunAttempt, Increment, SendCandidate } from './types.ts';

/** How many attempts were begun so far, and whether one is under way or undecided. */
export interface SendMark {
  readonly begun: number;
  readonly inFlight: boolean;
}

/** How entries change: each transition is one UPDATE that names the old state and version (rule 8). */
export interface TransitionsRepository {
  /**
   * `queued` → `sending`, and the attempt with its baseline, in one commit before the first byte
   * leaves (rule 2). Null when the entry is no longer what the candidate says.
   */
  beginAttempt(
    candidate: SendCandidate,
    baseline: Baseline | null,
    freshConnection: boolean,
  ): BegunAttempt | null;
  /** `sending` → whatever the attempt's end means. */
  endAttempt(begun: BegunAttempt, end: AttemptEnd): Increment;
  /** `queued` → `cancelled`, only while untouched (rule 4). Errors: entry-not-found, entry-touched, entry-changed. */
  cancel(id: string): Result<Increment>;
  /** Found in `sending` at start-up: the process died not knowing (rule 2). Returns how many. */
  recoverInterrupted(): number;
  /** `queued` → `review`: what cannot be vouched for is never sent. */
  quarantine(candidate: SendCandidate): void;
  /** New signatures for the same bytes after a change of key; never for one that is being sent. */
  resign(sign: (body: Buffer) => SignedBody): number;
  /** Attempts that were or may be at KYBIO: tells whether a reading overlapped a send (rule 6). */
  sendMark(customerUid: string): SendMark;
  /** The same for all members together; an undecided entry of one does not blur the others. */
  sendEpoch(): SendMark;
}

export function createTransitionsRepository(
  db: Db,
  outbox: OutboxRepository,
  clock: Clock,
): TransitionsRepository {
  return {
    beginAttempt: createBegin(db, outbox, clock),
    endAttempt: createEnd(db, outbox, clock),
    cancel: createCancel(db, outbox, clock),
    ...createRecovery(db),
    resign: createResign(db),
    ...createSendMark(db),
  };
}

function createBegin(db: Db, outbox: OutboxRepository, clock: Clock): TransitionsRepository['beginAttempt'] {
  const toSending = db.prepare(
    "UPDATE increment SET state = 'sending', version = version + 1 WHERE id = ? AND state = 'queued' AND version = ?",
  );
  const insert = db.prepare(
    `INSERT INTO attempt (increment_id, number, started_at_ms, baseline_balance, baseline_point, baseline_at_ms, fresh_connection)
     SELECT @id, COALESCE(MAX(number), 0) + 1, @nowMs, @balance, @point, @atMs, @fresh FROM attempt WHERE increment_id = @id`,
  );
  const newest = db.prepare('SELECT MAX(number) AS number FROM attempt WHERE increment_id = ?');
  const begin = db.transaction(
    (candidate: SendCandidate, baseline: Baseline | null, fresh: boolean): BegunAttempt | null => {
      if (toSending.run(candidate.id, candidate.version).changes !== 1) return null;
      const { balance = null, point = null, atMs = null } = baseline ?? {};
      insert.run({ id: candidate.id, nowMs: clock.nowMs(), balance, point, atMs, fresh: fresh ? 1 : 0 });
      const { number } = newest.get(candidate.id) as { number: number };
      // Read before the commit: what cannot be read back is not begun, and is not left in `sending`.
      const increment = outbox.byId(candidate.id);
      const signed = outbox.signedBody(candidate.id);
      if (increment === null || signed === null) throw new Error('an increment is gone');
      return { increment, number, signed };
    },
  );
  return (candidate, baseline, freshConnection) => begin.immediate(candidate, baseline, freshConnection);
}

function createEnd(db: Db, outbox: OutboxRepository, clock: Clock): TransitionsRepository['endAttempt'] {
  const undecided = db.prepare(
    "SELECT 1 AS found FROM attempt WHERE increment_id = ? AND number < ? AND (outcome IS NULL OR outcome = 'unknown')",
  );
  const endAttempt = db.prepare(
    `UPDATE attempt SET phase = ?, reused_socket = ?, ended_at_ms = ?, outcome = ?, cause = ?, http_status = ?,
       failure = ?, messages = ?, reply = ? WHERE increment_id = ? AND number = ? AND ended_at_ms IS NULL`,
  );
  const leaveSending = db.prepare(
    `UPDATE increment SET state = ?, version = version + 1, touched = ?, cause = ?, messages = ?, not_before_ms = ?,
       balance_before = ?, balance_after = ?, point_before = ?, point_after = ?, settled_at_ms = ?
     WHERE id = ? AND state = 'sending' AND version = ?`,
  );
  const end = db.transaction((begun: BegunAttempt, { exchange, outcome, notBeforeMs }: AttemptEnd) => {
    const { increment, number } = begun;
    const undecidedEarlier = undecided.get(increment.id, number) !== undefined;
    const next = settle({ touched: increment.touched, undecidedEarlier }, exchange.phase, outcome);
    const nowMs = clock.nowMs();
    const reply = 'reply' in outcome ? outcome.reply : null;
    endAttempt.run(
      exchange.phase,
      exchange.reusedSocket ? 1 : 0,
      nowMs,
      outcome.kind,
      'cause' in outcome ? outcome.cause : null,
      exchange.response?.status ?? null,
      exchange.failure?.code ?? null,
      JSON.stringify('messages' in outcome ? outcome.messages : []),
      reply === null ? null : JSON.stringify(reply),
      increment.id,
      number,
    );
    const settled = next.state === 'confirmed' || next.state === 'rejected';
    const sum = (value: Amount | null | undefined) => value ?? null;
    const changed = leaveSending.run(
      next.state,
      next.touched ? 1 : 0,
      next.cause,
      JSON.stringify(next.messages),
      next.state === 'queued' ? notBeforeMs : 0,
      sum(next.reply?.balanceBeforeUpdate),
      sum(next.reply?.balanceAfterUpdate),
      sum(next.reply?.pointBeforeUpdate),
      sum(next.reply?.pointAfterUpdate),
      settled ? nowMs : null,
      increment.id,
      increment.version,
    );
    if (changed.changes !== 1) throw new Error('an entry left `sending` behind its attempt');
    // Read before the commit: whoever sees this fail may do all of it again.
    const settledIncrement = outbox.byId(increment.id);
    if (settledIncrement === null) throw new Error('an increment is gone');
    return settledIncrement;
  });
  return (begun, attemptEnd) => end.immediate(begun, attemptEnd);
}

function createCancel(db: Db, outbox: OutboxRepository, clock: Clock): TransitionsRepository['cancel'] {
  const update = db.prepare(
    `UPDATE increment SET state = 'cancelled', version = version + 1, cause = 'cancelled-by-cashier', settled_at_ms = ?
     WHERE id = ? AND state = 'queued' AND touched = 0 AND version = ?`,
  );
  return (id) => {
    const before = outbox.byId(id);
    if (before === null) return err(appError('entry-not-found'));
    if (
      before.touched ||
      before.state === 'sending' ||
      before.state === 'unknown' ||
      before.state === 'review'
    ) {
      return err(appError('entry-touched'));
    }
    if (update.run(clock.nowMs(), id, before.version).changes !== 1) return err(appError('entry-changed'));
    const after = outbox.byId(id);
    return after === null ? err(appError('entry-not-found')) : ok(after);
  };
}

function createRecovery(db: Db): Pick<TransitionsRepository, 'recoverInterrupted' | 'quarantine'> {
  // The attempt keeps its open end: nobody knows when, or whether, it ended.
  const attempts = db.prepare(
    `UPDATE attempt SET outcome = 'unknown', cause = 'restarted', phase = 'sent' WHERE ended_at_ms IS NULL AND outcome IS NULL
     AND increment_id IN (SELECT id FROM increment WHERE state = 'sending')`,
  );
  const entries = db.prepare(
    "UPDATE increment SET state = 'unknown', touched = 1, cause = 'restarted', version = version + 1 WHERE state = 'sending'",
  );
  const quarantine = db.prepare(
    `UPDATE increment SET state = 'review', cause = 'not-vouched-for', version = version + 1
     WHERE id = ? AND state = 'queued' AND version = ?`,
  );
  const recover = db.transaction(() => {
    attempts.run();
    return entries.run().changes;
  });
  return {
    recoverInterrupted: () => recover.immediate(),
    quarantine: (candidate) => void quarantine.run(candidate.id, candidate.version),
  };
}

function createResign(db: Db): TransitionsRepository['resign'] {
  const open = db.prepare(
    "SELECT id, body, key_fingerprint FROM increment WHERE state IN ('queued', 'unknown', 'review')",
  );
  const update = db.prepare(
    `UPDATE increment SET signature = ?, key_fingerprint = ?, version = version + 1
     WHERE id = ? AND state IN ('queued', 'unknown', 'review')`,
  );
  const resign = db.transaction((sign: (body: Buffer) => SignedBody): number => {
    let changed = 0;
    for (const row of open.all() as { id: string; body: Buffer; key_fingerprint: string }[]) {
      const signed = sign(Buffer.from(row.body));
      if (signed.keyFingerprint === row.key_fingerprint) continue;
      changed += update.run(signed.signature, signed.keyFingerprint, row.id).changes;
    }
    return changed;
  });
  return (sign) => resign.immediate(sign);
}

function createSendMark(db: Db): Pick<TransitionsRepository, 'sendMark' | 'sendEpoch'> {
  const marks = (
    states: string,
  ) => `SELECT COUNT(*) AS begun, COALESCE(MAX(i.state IN (${states})), 0) AS in_flight
    FROM attempt a JOIN increment i ON i.id = a.increment_id`;
  const ofMember = db.prepare(`${marks("'sending', 'unknown'")} WHERE i.customer_uid = ?`);
  const ofAll = db.prepare(marks("'sending'"));
  const toMark = (row: unknown): SendMark => {
    const { begun, in_flight } = row as { begun: number; in_flight: number };
    return { begun, inFlight: in_flight === 1 };
  };
  return {
    sendMark: (customerUid) => toMark(ofMember.get(customerUid)),
    sendEpoch: () => toMark(ofAll.get()),
  };
}
