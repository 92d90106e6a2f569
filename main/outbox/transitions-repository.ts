import {
  appError,
  type EntryCause,
  type EntryState,
  err,
  ok,
  type Result,
} from '../../preload/contract/index.ts';
import type { Db } from '../database/open.ts';
import type { Clock } from '../ports.ts';
import { createBegin, createEnd, createSendMark } from './attempts.ts';
import type { SignedBody } from './member-host.ts';
import type { OutboxRepository } from './outbox-repository.ts';
import type { Recorder } from './recorder.ts';

import type { AttemptEnd, Baseline, BegunAttempt, Increment, SendCandidate } from './types.ts';

/** How many attempts were begun so far, whether one is under way, and whether an entry is undecided. */
export interface SendMark {
  readonly begun: number;
  readonly sending: boolean;
  readonly undecided: boolean;
  /** When the last of them ended; null where none has. */
  readonly endedAtMs: number | null;
}

/** An answer to "was it applied?", with who gave it and on what. */
export interface Decision {
  readonly state: EntryState;
  readonly cause: EntryCause | null;
  readonly actor: string;
  readonly reason: string;
  readonly evidence: unknown;
}

/** How entries change: each transition is one UPDATE that names the old state and version (rule 8). */
export interface TransitionsRepository {
  /**
   * `queued` → `sending`, and the attempt with its baseline, in one commit before the first byte
   * leaves (rule 2). Null when the entry is no longer what the candidate says.
   */
  beginAttempt(
    candidate: Pick<SendCandidate, 'id' | 'version'>,
    baseline: Baseline | null,
    freshConnection: boolean,
    from?: 'queued' | 'unknown',
  ): BegunAttempt | null;
  /** `sending` → whatever the attempt's end means. `within` writes what belongs to the same commit. */
  endAttempt(begun: BegunAttempt, end: AttemptEnd, within?: (settled: Increment) => void): Increment;
  /** `queued` → `cancelled`, only while untouched (rule 4). Errors: entry-not-found, entry-touched, entry-changed. */
  cancel(id: string): Result<Increment>;
  /** Found in `sending` at start-up: the process died not knowing (rule 2). Returns how many. */
  recoverInterrupted(): number;
  /** `queued` → `review`: what cannot be vouched for is never sent. */
  quarantine(candidate: SendCandidate): void;
  /** `queued` or `unknown` → `review`, where evidence does not settle it. False where it has changed. */
  sendToReview(entry: { readonly id: string; readonly version: number }, cause: EntryCause): boolean;
  /**
   * `unknown` or `review` → what evidence or a manager says (journaled with who, why and on what). False
   * where the entry has changed meanwhile: then nothing was decided.
   */
  decide(
    entry: { readonly id: string; readonly version: number; readonly state: EntryState },
    decision: Decision,
  ): boolean;
  /** New signatures for the same bytes after a change of key: only where the journal vouches, never while sending. */
  resign(sign: (body: Buffer) => SignedBody, vouches: (id: string) => boolean): number;
  /** Attempts that were or may be at KYBIO: tells whether a reading overlapped a send (rule 6). */
  sendMark(customerUid: string): SendMark;
  /** The same for all members together; an undecided entry of one does not blur the others. */
  sendEpoch(): SendMark;
}

export function createTransitionsRepository(
  db: Db,
  outbox: OutboxRepository,
  clock: Clock,
  recorder: Recorder,
): TransitionsRepository {
  return {
    beginAttempt: createBegin(db, outbox, clock, recorder),
    endAttempt: createEnd(db, outbox, clock, recorder),
    cancel: createCancel(db, outbox, clock, recorder),
    ...createRecovery(db, recorder),
    decide: createDecide(db, clock, recorder),
    resign: createResign(db, recorder),
    ...createSendMark(db),
  };
}

/** Whoever acted on a stale entry looks again: it must not find the same stale entry. */
function changedMeanwhile(recorder: Recorder): false {
  recorder.readAnew();
  return false;
}

function createCancel(
  db: Db,
  outbox: OutboxRepository,
  clock: Clock,
  recorder: Recorder,
): TransitionsRepository['cancel'] {
  const update = db.prepare(
    `UPDATE increment SET state = 'cancelled', version = version + 1, cause = 'cancelled-by-cashier', settled_at_ms = ?
     WHERE id = ? AND state = 'queued' AND touched = 0 AND version = ?`,
  );
  const cancel = db.transaction((before: Increment): boolean => {
    if (update.run(clock.nowMs(), before.id, before.version).changes !== 1) return false;
    recorder.record(before.id, 'cancelled', before.cashier);
    return true;
  });
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
    if (!cancel.immediate(before)) return err(appError('entry-changed'));
    const after = outbox.byId(id);
    return after === null ? err(appError('entry-not-found')) : ok(after);
  };
}

function createRecovery(
  db: Db,
  recorder: Recorder,
): Pick<TransitionsRepository, 'recoverInterrupted' | 'quarantine' | 'sendToReview'> {
  const interrupted = db.prepare("SELECT id FROM increment WHERE state = 'sending'");
  // The attempt keeps its open end: nobody knows when, or whether, it ended.
  const attempt = db.prepare(
    `UPDATE attempt SET outcome = 'unknown', cause = 'restarted', phase = 'sent'
     WHERE ended_at_ms IS NULL AND outcome IS NULL AND increment_id = ?`,
  );
  const toUnknown = db.prepare(
    "UPDATE increment SET state = 'unknown', touched = 1, cause = 'restarted', version = version + 1 WHERE id = ?",
  );
  const toReview = db.prepare(
    `UPDATE increment SET state = 'review', cause = ?, version = version + 1
     WHERE id = ? AND state IN ('queued', 'unknown', 'review') AND version = ?`,
  );
  const recover = db.transaction((): number => {
    const rows = interrupted.all() as { id: string }[];
    for (const { id } of rows) {
      attempt.run(id);
      toUnknown.run(id);
      recorder.record(id, 'interrupted');
    }
    return rows.length;
  });
  const review = db.transaction((entry: { id: string; version: number }, cause: EntryCause): boolean => {
    if (toReview.run(cause, entry.id, entry.version).changes !== 1) return changedMeanwhile(recorder);
    recorder.record(entry.id, cause === 'not-vouched-for' ? 'quarantined' : 'sent-to-review', 'till', cause);
    return true;
  });
  return {
    recoverInterrupted: () => recover.immediate(),
    quarantine: (candidate) => void review.immediate(candidate, 'not-vouched-for'),
    sendToReview: (entry, cause) => review.immediate(entry, cause),
  };
}

function createDecide(db: Db, clock: Clock, recorder: Recorder): TransitionsRepository['decide'] {
  const update = db.prepare(
    `UPDATE increment SET state = ?, version = version + 1, cause = ?, not_before_ms = 0, settled_at_ms = ?
     WHERE id = ? AND state = ? AND state IN ('unknown', 'review') AND version = ?`,
  );
  const decided = db.prepare(
    "UPDATE attempt SET outcome = 'not-applied' WHERE increment_id = ? AND (outcome IS NULL OR outcome = 'unknown')",
  );
  const decide = db.transaction(
    (entry: Parameters<TransitionsRepository['decide']>[0], decision: Decision): boolean => {
      const ends =
        decision.state === 'confirmed' || decision.state === 'rejected' || decision.state === 'cancelled';
      const settledAtMs = ends ? clock.nowMs() : null;
      const changed = update.run(
        decision.state,
        decision.cause,
        settledAtMs,
        entry.id,
        entry.state,
        entry.version,
      );
      if (changed.changes !== 1) return changedMeanwhile(recorder);
      // Decided is decided: a later attempt's refusal speaks for the entry again (rule 4).
      if (decision.state === 'queued') decided.run(entry.id);
      recorder.record(entry.id, 'decided', decision.actor, decision.reason, decision.evidence);
      return true;
    },
  );
  return (entry, decision) => decide.immediate(entry, decision);
}

function createResign(db: Db, recorder: Recorder): TransitionsRepository['resign'] {
  const open = db.prepare(
    "SELECT id, body, key_fingerprint FROM increment WHERE state IN ('queued', 'unknown', 'review')",
  );
  const update = db.prepare(
    `UPDATE increment SET signature = ?, key_fingerprint = ?, version = version + 1
     WHERE id = ? AND state IN ('queued', 'unknown', 'review')`,
  );
  const resign = db.transaction(
    (sign: (body: Buffer) => SignedBody, vouches: (id: string) => boolean): number => {
      let changed = 0;
      for (const row of open.all() as { id: string; body: Buffer; key_fingerprint: string }[]) {
        const signed = sign(Buffer.from(row.body));
        if (signed.keyFingerprint === row.key_fingerprint) continue;
        if (!vouches(row.id)) continue;
        changed += update.run(signed.signature, signed.keyFingerprint, row.id).changes;
        recorder.record(row.id, 'resigned', 'till', '', { keyFingerprint: signed.keyFingerprint });
      }
      return changed;
    },
  );
  return (sign, vouches) => resign.immediate(sign, vouches);
}
