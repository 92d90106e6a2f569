import type { Db } from '../database/open.ts';
import type { Clock } from '../ports.ts';
import { createEntryTables } from './entry-tables.ts';
import type { AttemptRow } from './entry-types.ts';
import type { OutboxRepository } from './outbox-repository.ts';
import type { Recorder } from './recorder.ts';
import { settle } from './settle.ts';
import type { SendsBegun, TransitionsRepository } from './transitions.ts';
import type { AttemptEnd, Baseline, BegunAttempt, Increment, SendCandidate } from './types.ts';

export function createBegin(
  db: Db,
  outbox: OutboxRepository,
  clock: Clock,
  recorder: Recorder,
): TransitionsRepository['beginAttempt'] {
  const tables = createEntryTables(db);
  const begin = db.transaction(
    (
      candidate: Pick<SendCandidate, 'id' | 'version'>,
      baseline: Baseline | null,
      newConnection: boolean,
      from: 'queued' | 'unknown',
    ): BegunAttempt | null => {
      const before = tables.byId(candidate.id);
      if (before === null || before.state !== from || before.version !== candidate.version) {
        outbox.readAnew();
        return null;
      }
      const number = (before.attempts.at(-1)?.number ?? 0) + 1;
      recorder.step(before, { event: 'sending', attempt: number, baseline, newConnection }, clock.nowMs());
      // Read before the commit: what cannot be read back is not begun, and is not left in `sending`.
      const increment = outbox.byId(candidate.id);
      const signed = outbox.signedBody(candidate.id);
      if (increment === null || signed === null) throw new Error('an increment is gone');
      return { increment, number, signed, begunAtMs: clock.monotonicMs() };
    },
  );
  return (candidate, baseline, newConnection, from) =>
    begin.immediate(candidate, baseline, newConnection, from ?? 'queued');
}

/** An earlier attempt of which nobody knows whether it arrived. */
const isUndecided = ({ outcome }: AttemptRow): boolean => outcome === null || outcome === 'unknown';

export function createEnd(
  db: Db,
  outbox: OutboxRepository,
  clock: Clock,
  recorder: Recorder,
): TransitionsRepository['endAttempt'] {
  const tables = createEntryTables(db);
  const end = db.transaction(
    (
      { increment, number }: BegunAttempt,
      { exchange, outcome, notBeforeMs, duplicateMeansApplied }: AttemptEnd,
      within: (settled: Increment) => void,
    ) => {
      const before = tables.byId(increment.id);
      if (before === null || before.state !== 'sending' || before.version !== increment.version)
        throw new Error('an entry left `sending` behind its attempt');
      const undecidedEarlier = before.attempts.some(
        (attempt) => attempt.number < number && isUndecided(attempt),
      );
      const next = settle(
        { touched: increment.touched, undecidedEarlier, duplicateMeansApplied },
        exchange.phase,
        outcome,
      );
      recorder.step(
        before,
        {
          event: 'ended',
          number,
          attempt: {
            phase: exchange.phase,
            reusedSocket: exchange.reusedSocket,
            outcome: outcome.kind,
            cause: 'cause' in outcome ? outcome.cause : null,
            httpStatus: exchange.response?.status ?? null,
            failure: exchange.failure?.code ?? null,
            messages: 'messages' in outcome ? outcome.messages : [],
          },
          reply: 'reply' in outcome ? outcome.reply : null,
          entry: {
            state: next.state,
            touched: next.touched,
            cause: next.cause,
            messages: next.messages,
            notBeforeMs: next.state === 'queued' ? notBeforeMs : 0,
          },
        },
        clock.nowMs(),
      );
      // Read before the commit: whoever sees this fail may do all of it again.
      const settled = outbox.byId(increment.id);
      if (settled === null) throw new Error('an increment is gone');
      within(settled);
      return settled;
    },
  );
  return (begun, attemptEnd, within = () => undefined) => end.immediate(begun, attemptEnd, within);
}

export function createSendsBegun(db: Db): Pick<TransitionsRepository, 'sendsOf' | 'sendsOfAll'> {
  const selected = `SELECT COUNT(*) AS begun, COALESCE(MAX(i.state = 'sending'), 0) AS sending,
      COALESCE(MAX(i.state = 'unknown'), 0) AS undecided, MAX(a.ended_at_ms) AS endedAtMs
    FROM attempt a JOIN increment i ON i.sequence = a.entry`;
  const ofMember = db.prepare(`${selected} WHERE i.customer_uid = ?`);
  const ofAll = db.prepare(selected);
  const toSends = (row: unknown): SendsBegun => {
    const { sending, undecided, ...sends } = row as {
      readonly begun: number;
      readonly sending: number;
      readonly undecided: number;
      readonly endedAtMs: number | null;
    };
    return { ...sends, sending: sending === 1, undecided: undecided === 1 };
  };
  return {
    sendsOf: (customerUid) => toSends(ofMember.get(customerUid)),
    sendsOfAll: () => toSends(ofAll.get()),
  };
}
