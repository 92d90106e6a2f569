import type { Db } from '../kernel/database/open.ts';
import type { Clock } from '../kernel/ports.ts';
import type { BegunSends } from './begun-sends.ts';
import type { AttemptRow, MemberNames } from './entry-types.ts';
import type { OutboxRepository } from './outbox-repository.ts';
import type { Recorder } from './recorder.ts';
import { settle } from './settle.ts';
import { createEntryTables, isOpen } from './tables/entry-tables.ts';
import type { TransitionsRepository } from './transitions.ts';
import type { AttemptEnd, Baseline, BegunAttempt, Increment, SendCandidate } from './types.ts';

export function createBegin(
  db: Db,
  outbox: OutboxRepository,
  clock: Clock,
  recorder: Recorder,
  sends: BegunSends,
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
  return (candidate, baseline, newConnection, from) => {
    const begun = begin.immediate(candidate, baseline, newConnection, from ?? 'queued');
    if (begun !== null) sends.begin(begun.increment.customerUid);
    return begun;
  };
}

/** In bytes: shorter than this a name or a card stands in many words by chance, and two Chinese characters do not. */
const LEAST_TO_LEAVE_OUT = 4;

/** What KYBIO says goes into the chain for good, and so without the names that an entry has beside it. */
const withoutNames = (
  messages: readonly string[],
  { customer_name, customer_number }: MemberNames,
): readonly string[] =>
  messages.map((message) =>
    [customer_name, customer_number]
      .filter((text) => Buffer.byteLength(text) >= LEAST_TO_LEAVE_OUT)
      .reduce((left, text) => left.replaceAll(text, '…'), message),
  );

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
            messages: 'messages' in outcome ? withoutNames(outcome.messages, before) : [],
          },
          reply: 'reply' in outcome ? outcome.reply : null,
          entry: {
            state: next.state,
            touched: next.touched,
            cause: next.cause,
            messages: withoutNames(next.messages, before),
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

/** By when attempts ended and what waits: an index for each, so that years of entries are not counted. */
export function createSendsBegun(
  db: Db,
  begun: BegunSends,
): Pick<TransitionsRepository, 'sendsOf' | 'sendsOfAll'> {
  const open = db.prepare(
    `SELECT DISTINCT state FROM increment INDEXED BY increment_open WHERE customer_uid = ? AND ${isOpen}`,
  );
  const lastEnd = db.prepare(
    `SELECT MAX((SELECT MAX(last_end_ms) FROM increment WHERE customer = c.number AND last_end_ms IS NOT NULL)) AS endedAtMs
     FROM customer c WHERE c.uid = ?`,
  );
  const anySending = db.prepare(
    `SELECT 1 AS found FROM increment WHERE state = 'sending' AND ${isOpen} LIMIT 1`,
  );
  return {
    sendsOf: (customerUid) => {
      const states = new Set((open.all(customerUid) as { state: string }[]).map(({ state }) => state));
      const { endedAtMs } = lastEnd.get(customerUid) as { endedAtMs: number | null };
      return {
        begun: begun.of(customerUid),
        endedAtMs,
        sending: states.has('sending'),
        undecided: states.has('unknown'),
      };
    },
    sendsOfAll: () => ({ begun: begun.ofAll(), sending: anySending.get() !== undefined }),
  };
}
