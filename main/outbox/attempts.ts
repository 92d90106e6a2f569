import type { Amount } from '../../preload/contract/index.ts';
import type { Db } from '../database/open.ts';
import type { Clock } from '../ports.ts';
import type { OutboxRepository } from './outbox-repository.ts';
import type { Recorder } from './recorder.ts';
import { settle } from './settle.ts';
import type { SendMark, TransitionsRepository } from './transitions-repository.ts';
import type { AttemptEnd, Baseline, BegunAttempt, Increment, SendCandidate } from './types.ts';

export function createBegin(
  db: Db,
  outbox: OutboxRepository,
  clock: Clock,
  recorder: Recorder,
): TransitionsRepository['beginAttempt'] {
  const toSending = db.prepare(
    "UPDATE increment SET state = 'sending', version = version + 1 WHERE id = ? AND state = ? AND version = ?",
  );
  const insert = db.prepare(
    `INSERT INTO attempt (increment_id, number, started_at_ms, baseline_balance, baseline_point, baseline_at_ms, fresh_connection)
     SELECT @id, COALESCE(MAX(number), 0) + 1, @nowMs, @balance, @point, @atMs, @fresh FROM attempt WHERE increment_id = @id
     RETURNING number`,
  );
  const begin = db.transaction(
    (
      candidate: Pick<SendCandidate, 'id' | 'version'>,
      baseline: Baseline | null,
      fresh: boolean,
      from: 'queued' | 'unknown',
    ): BegunAttempt | null => {
      if (toSending.run(candidate.id, from, candidate.version).changes !== 1) {
        recorder.readAnew();
        return null;
      }
      const { balance = null, point = null, atMs = null } = baseline ?? {};
      const attempt = { id: candidate.id, nowMs: clock.nowMs(), balance, point, atMs, fresh: fresh ? 1 : 0 };
      const { number } = insert.get(attempt) as { number: number };
      recorder.record(candidate.id, 'sending');
      // Read before the commit: what cannot be read back is not begun, and is not left in `sending`.
      const increment = outbox.byId(candidate.id);
      const signed = outbox.signedBody(candidate.id);
      if (increment === null || signed === null) throw new Error('an increment is gone');
      return { increment, number, signed, begunAtMs: clock.monotonicMs() };
    },
  );
  return (candidate, baseline, freshConnection, from) =>
    begin.immediate(candidate, baseline, freshConnection, from ?? 'queued');
}

export function createEnd(
  db: Db,
  outbox: OutboxRepository,
  clock: Clock,
  recorder: Recorder,
): TransitionsRepository['endAttempt'] {
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
  const end = db.transaction(
    (
      begun: BegunAttempt,
      { exchange, outcome, notBeforeMs, duplicateMeansApplied }: AttemptEnd,
      within: (settled: Increment) => void,
    ) => {
      const { increment, number } = begun;
      const undecidedEarlier = undecided.get(increment.id, number) !== undefined;
      const next = settle(
        { touched: increment.touched, undecidedEarlier, duplicateMeansApplied },
        exchange.phase,
        outcome,
      );
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
      recorder.record(increment.id, 'ended', 'till', next.cause ?? '');
      // Read before the commit: whoever sees this fail may do all of it again.
      const settledIncrement = outbox.byId(increment.id);
      if (settledIncrement === null) throw new Error('an increment is gone');
      within(settledIncrement);
      return settledIncrement;
    },
  );
  return (begun, attemptEnd, within = () => undefined) => end.immediate(begun, attemptEnd, within);
}

export function createSendMark(db: Db): Pick<TransitionsRepository, 'sendMark' | 'sendEpoch'> {
  const marks = `SELECT COUNT(*) AS begun, COALESCE(MAX(i.state = 'sending'), 0) AS sending,
      COALESCE(MAX(i.state = 'unknown'), 0) AS undecided, MAX(a.ended_at_ms) AS endedAtMs
    FROM attempt a JOIN increment i ON i.id = a.increment_id`;
  const ofMember = db.prepare(`${marks} WHERE i.customer_uid = ?`);
  const ofAll = db.prepare(marks);
  const toMark = (row: unknown): SendMark => {
    const { sending, undecided, ...mark } = row as {
      readonly begun: number;
      readonly sending: number;
      readonly undecided: number;
      readonly endedAtMs: number | null;
    };
    return { ...mark, sending: sending === 1, undecided: undecided === 1 };
  };
  return {
    sendMark: (customerUid) => toMark(ofMember.get(customerUid)),
    sendEpoch: () => toMark(ofAll.get()),
  };
}
