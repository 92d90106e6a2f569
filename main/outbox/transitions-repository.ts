import {
  appError,
  type EntryCause,
  type EntryState,
  err,
  ok,
  type Result,
} from '../../preload/contract/index.ts';
import type { Db } from '../database/open.ts';
import { type Actor, actorText } from '../journal/actor.ts';
import type { Clock } from '../ports.ts';
import { createBegin, createEnd, createSendMark } from './attempts.ts';
import { createEntryView } from './entry-view.ts';
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

/** How entries change: each transition names the old state and version, in one transaction (protocol rule 8). */
export interface TransitionsRepository {
  /**
   * `queued` → `sending`, and the attempt with its baseline, in one commit before the first byte
   * leaves (protocol rule 2). Null when the entry is no longer what the candidate says.
   */
  beginAttempt(
    candidate: Pick<SendCandidate, 'id' | 'version'>,
    baseline: Baseline | null,
    freshConnection: boolean,
    from?: 'queued' | 'unknown',
  ): BegunAttempt | null;
  /** `sending` → whatever the attempt's end means. `within` writes what belongs to the same commit. */
  endAttempt(begun: BegunAttempt, end: AttemptEnd, within?: (settled: Increment) => void): Increment;
  /**
   * `queued` → `cancelled`, only while untouched (protocol rule 4). Errors: entry-not-found, entry-touched,
   * entry-changed.
   */
  cancel(id: string, who: Actor): Result<Increment>;
  /** Found in `sending` at start-up: the process died not knowing (protocol rule 2). Returns how many. */
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
  /** Attempts that were or may be at KYBIO: tells whether a reading overlapped a send (protocol rule 6). */
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
    ...createRecovery(db, outbox, clock, recorder),
    decide: createDecide(db, outbox, clock, recorder),
    resign: createResign(db, outbox, clock, recorder),
    ...createSendMark(db),
  };
}

/** Whoever acted on a stale entry looks again: it must not find the same stale entry. */
function changedMeanwhile(outbox: OutboxRepository): false {
  outbox.readAnew();
  return false;
}

function createCancel(
  db: Db,
  outbox: OutboxRepository,
  clock: Clock,
  recorder: Recorder,
): TransitionsRepository['cancel'] {
  const view = createEntryView(db);
  const cancel = db.transaction(({ id, version }: Increment, who: Actor): boolean => {
    const before = view.byId(id);
    if (before?.state !== 'queued' || before.touched !== 0 || before.version !== version) return false;
    recorder.step(before, { event: 'cancelled' }, clock.nowMs(), actorText(who));
    return true;
  });
  return (id, who) => {
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
    if (!cancel.immediate(before, who)) return err(appError('entry-changed'));
    const after = outbox.byId(id);
    return after === null ? err(appError('entry-not-found')) : ok(after);
  };
}

function createRecovery(
  db: Db,
  outbox: OutboxRepository,
  clock: Clock,
  recorder: Recorder,
): Pick<TransitionsRepository, 'recoverInterrupted' | 'quarantine' | 'sendToReview'> {
  const view = createEntryView(db);
  const interrupted = db.prepare("SELECT sequence FROM increment WHERE state = 'sending'");
  const recover = db.transaction((): number => {
    const rows = interrupted.all() as { sequence: number }[];
    for (const { sequence } of rows) {
      const before = view.bySequence(sequence);
      if (before !== null) recorder.step(before, { event: 'interrupted' }, clock.nowMs());
    }
    return rows.length;
  });
  const mayBeReviewed: ReadonlySet<EntryState> = new Set(['queued', 'unknown', 'review']);
  const review = db.transaction((entry: { id: string; version: number }, cause: EntryCause): boolean => {
    const before = view.byId(entry.id);
    if (before === null || !mayBeReviewed.has(before.state) || before.version !== entry.version)
      return changedMeanwhile(outbox);
    const event = cause === 'not-vouched-for' ? 'quarantined' : 'sent-to-review';
    recorder.step(before, { event, cause }, clock.nowMs());
    return true;
  });
  return {
    recoverInterrupted: () => recover.immediate(),
    quarantine: (candidate) => void review.immediate(candidate, 'not-vouched-for'),
    sendToReview: (entry, cause) => review.immediate(entry, cause),
  };
}

function createDecide(
  db: Db,
  outbox: OutboxRepository,
  clock: Clock,
  recorder: Recorder,
): TransitionsRepository['decide'] {
  const view = createEntryView(db);
  const decide = db.transaction(
    (entry: Parameters<TransitionsRepository['decide']>[0], decision: Decision): boolean => {
      const before = view.byId(entry.id);
      const isUndecided = before?.state === 'unknown' || before?.state === 'review';
      if (before === null || !isUndecided || before.state !== entry.state || before.version !== entry.version)
        return changedMeanwhile(outbox);
      const { state, cause, reason, evidence } = decision;
      recorder.step(
        before,
        { event: 'decided', state, cause, reason, evidence },
        clock.nowMs(),
        decision.actor,
      );
      return true;
    },
  );
  return (entry, decision) => decide.immediate(entry, decision);
}

function createResign(
  db: Db,
  outbox: OutboxRepository,
  clock: Clock,
  recorder: Recorder,
): TransitionsRepository['resign'] {
  const view = createEntryView(db);
  const open = db.prepare("SELECT id FROM increment WHERE state IN ('queued', 'unknown', 'review')");
  const resign = db.transaction(
    (sign: (body: Buffer) => SignedBody, vouches: (id: string) => boolean): number => {
      let changed = 0;
      for (const { id } of open.all() as { id: string }[]) {
        const kept = outbox.signedBody(id);
        if (kept === null) continue;
        const { signature, keyFingerprint } = sign(kept.body);
        if (keyFingerprint === kept.keyFingerprint || !vouches(id)) continue;
        const before = view.byId(id);
        if (before === null) continue;
        changed += 1;
        recorder.step(before, { event: 'resigned', signature, keyFingerprint }, clock.nowMs());
      }
      return changed;
    },
  );
  return (sign, vouches) => resign.immediate(sign, vouches);
}
