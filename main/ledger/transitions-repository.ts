import { appError, type EntryState, err, ok } from '../../preload/contract/index.ts';
import type { SignedBody } from '../hosts/port/index.ts';
import { type Actor, actorText, theProgram } from '../kernel/actor.ts';
import type { Db } from '../kernel/database/open.ts';
import type { Clock } from '../kernel/ports.ts';
import { createBegin, createEnd, createSendsBegun } from './attempts.ts';
import { createBegunSends } from './begun-sends.ts';
import type { OutboxRepository } from './outbox-repository.ts';
import type { Recorder } from './recorder.ts';
import { createEntryTables, isOpen } from './tables/entry-tables.ts';

import type { Decision, TransitionsRepository } from './transitions.ts';
import type { Increment } from './types.ts';

export type { Decision, SendsBegun, TransitionsRepository } from './transitions.ts';

export function createTransitionsRepository(
  db: Db,
  outbox: OutboxRepository,
  clock: Clock,
  recorder: Recorder,
): TransitionsRepository {
  const sends = createBegunSends();
  return {
    beginAttempt: createBegin(db, outbox, clock, recorder, sends),
    endAttempt: createEnd(db, outbox, clock, recorder),
    cancel: createCancel(db, outbox, clock, recorder),
    ...createRecovery(db, outbox, clock, recorder),
    decide: createDecide(db, outbox, clock, recorder),
    resign: createResign(db, outbox, clock, recorder),
    ...createSendsBegun(db, sends),
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
  const tables = createEntryTables(db);
  const cancel = db.transaction(({ id, version }: Increment, who: Actor): boolean => {
    const before = tables.byId(id);
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

type SendToReview = TransitionsRepository['sendToReview'];

function createRecovery(
  db: Db,
  outbox: OutboxRepository,
  clock: Clock,
  recorder: Recorder,
): Pick<TransitionsRepository, 'recoverInterrupted' | 'quarantine' | 'sendToReview'> {
  const tables = createEntryTables(db);
  const interrupted = db.prepare(`SELECT sequence FROM increment WHERE state = 'sending' AND ${isOpen}`);
  const recover = db.transaction((): number => {
    const rows = interrupted.all() as { sequence: number }[];
    for (const { sequence } of rows) {
      const before = tables.bySequence(sequence);
      if (before !== null) recorder.step(before, { event: 'interrupted' }, clock.nowMs());
    }
    return rows.length;
  });
  const mayBeReviewed: ReadonlySet<EntryState> = new Set(['queued', 'unknown', 'review']);
  const review = db.transaction((...[entry, cause, who]: Parameters<SendToReview>): boolean => {
    const before = tables.byId(entry.id);
    if (before === null || !mayBeReviewed.has(before.state) || before.version !== entry.version)
      return changedMeanwhile(outbox);
    const event = cause === 'not-vouched-for' ? 'quarantined' : 'sent-to-review';
    recorder.step(before, { event, cause }, clock.nowMs(), actorText(who ?? theProgram));
    return true;
  });
  return {
    recoverInterrupted: () => recover.immediate(),
    quarantine: (candidate) => void review.immediate(candidate, 'not-vouched-for'),
    sendToReview: (entry, cause, who) => review.immediate(entry, cause, who),
  };
}

function createDecide(
  db: Db,
  outbox: OutboxRepository,
  clock: Clock,
  recorder: Recorder,
): TransitionsRepository['decide'] {
  const tables = createEntryTables(db);
  const decide = db.transaction(
    (entry: Parameters<TransitionsRepository['decide']>[0], decision: Decision): boolean => {
      const before = tables.byId(entry.id);
      const isUndecided = before?.state === 'unknown' || before?.state === 'review';
      if (before === null || !isUndecided || before.state !== entry.state || before.version !== entry.version)
        return changedMeanwhile(outbox);
      const { state, cause, reason, evidence } = decision;
      recorder.step(
        before,
        { event: 'decided', state, cause, reason, evidence },
        clock.nowMs(),
        actorText(decision.who),
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
  const tables = createEntryTables(db);
  const open = db.prepare(
    `SELECT id FROM increment WHERE state IN ('queued', 'unknown', 'review') AND ${isOpen}`,
  );
  const resign = db.transaction(
    (sign: (body: Buffer) => SignedBody, vouches: (id: string) => boolean): number => {
      let changed = 0;
      for (const { id } of open.all() as { id: string }[]) {
        const kept = outbox.signedBody(id);
        if (kept === null) continue;
        const { signature, keyFingerprint } = sign(kept.body);
        if (keyFingerprint === kept.keyFingerprint || !vouches(id)) continue;
        const before = tables.byId(id);
        if (before === null) continue;
        changed += 1;
        recorder.step(before, { event: 'resigned', signature, keyFingerprint }, clock.nowMs());
      }
      return changed;
    },
  );
  return (sign, vouches) => resign.immediate(sign, vouches);
}
