import { appError, type EntryState, err, ok, type Result } from '../../preload/contract/index.ts';
import type { SignedBody } from '../hosts/port/index.ts';
import { type Actor, actorText, theProgram } from '../kernel/actor.ts';
import type { Db } from '../kernel/database/open.ts';
import type { Clock } from '../kernel/ports.ts';
import { type BegunSends, createBegunSends } from './begun-sends.ts';
import { isUndecided } from './entry.ts';
import type { MemberNames } from './entry-types.ts';
import { isLegalStep } from './fold.ts';
import type { OutboxRepository } from './outbox-repository.ts';
import type { Recorder } from './recorder.ts';
import { settle } from './settle.ts';
import { isOpen, lastEndOfMember } from './tables/entry-lookups.ts';
import { createEntryTables } from './tables/entry-tables.ts';
import { createHeldReader, decidedRow, type HeldEntry, heldAfter } from './tables/rows.ts';
import type { Decision, TransitionsRepository } from './transitions.ts';
import type { AttemptEnd, Baseline, BegunAttempt, Increment, SendCandidate } from './types.ts';

export function createTransitionsRepository(
  db: Db,
  outbox: OutboxRepository,
  clock: Clock,
  recorder: Recorder,
): TransitionsRepository {
  const sends = createBegunSends();
  const parts = { db, outbox, clock, recorder, held: createHeldReader(db) };
  return {
    beginAttempt: createBegin(parts, sends),
    endAttempt: createEnd(parts),
    cancel: createCancel(parts),
    ...createRecovery(parts),
    decide: createDecide(parts),
    resign: createResign(parts),
    ...createSendsBegun(db, sends),
  };
}

interface Parts {
  readonly db: Db;
  readonly outbox: OutboxRepository;
  readonly clock: Clock;
  readonly recorder: Recorder;
  readonly held: ReturnType<typeof createHeldReader>;
}

const isAsSeen = ({ entry }: HeldEntry, seen: Pick<Increment, 'state' | 'version'>): boolean =>
  entry.state === seen.state && entry.version === seen.version;

/** The caller acted on a stale entry: its next read must not be the same one. */
function changedMeanwhile(outbox: OutboxRepository): null {
  outbox.readAnew();
  return null;
}

function createCancel({ db, clock, recorder, held }: Parts): TransitionsRepository['cancel'] {
  const mayHaveLeft: ReadonlySet<EntryState> = new Set(['sending', 'unknown', 'review']);
  const cancel = db.transaction((id: string, who: Actor): Result<Increment> => {
    const before = held(id);
    if (before === null) return err(appError('entry-not-found'));
    const { state, touched } = before.entry;
    if (touched === 1 || mayHaveLeft.has(state)) return err(appError('entry-touched'));
    if (state !== 'queued') return err(appError('entry-changed'));
    const after = recorder.step(before.entry, { event: 'cancelled' }, clock.nowMs(), actorText(who));
    return ok(heldAfter(before, after));
  });
  return (id, who) => cancel.immediate(id, who);
}

type SendToReview = TransitionsRepository['sendToReview'];

function createRecovery({
  db,
  outbox,
  clock,
  recorder,
  held,
}: Parts): Pick<TransitionsRepository, 'recoverInterrupted' | 'quarantine' | 'sendToReview'> {
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
  const review = db.transaction((...[seen, cause, who]: Parameters<SendToReview>): Increment | null => {
    const before = held(seen.id);
    if (before === null || !mayBeReviewed.has(before.entry.state) || before.entry.version !== seen.version)
      return changedMeanwhile(outbox);
    const event = cause === 'not-vouched-for' ? 'quarantined' : 'sent-to-review';
    const actor = actorText(who ?? theProgram);
    return heldAfter(before, recorder.step(before.entry, { event, cause }, clock.nowMs(), actor));
  });
  return {
    recoverInterrupted: () => recover.immediate(),
    quarantine: (candidate) => void review.immediate(candidate, 'not-vouched-for'),
    sendToReview: (entry, cause, who) => review.immediate(entry, cause, who),
  };
}

function createDecide({ db, outbox, clock, recorder, held }: Parts): TransitionsRepository['decide'] {
  const mayBeDecided = (state: EntryState) => state === 'unknown' || state === 'review';
  const decide = db.transaction(
    (seen: Parameters<TransitionsRepository['decide']>[0], decision: Decision): Increment | null => {
      const before = held(seen.id);
      const { state, cause, reason, evidence } = decision;
      const isAllowed = mayBeDecided(seen.state) && isLegalStep(seen.state, state);
      if (before === null || !isAllowed || !isAsSeen(before, seen)) return changedMeanwhile(outbox);
      const event = { event: 'decided', state, cause, reason, evidence } as const;
      const [atMs, actor] = [clock.nowMs(), actorText(decision.who)] as const;
      const after = recorder.step(before.entry, event, atMs, actor);
      const ofOthers = { ...before.ofOthers, decided: decidedRow(event, atMs, actor) };
      return heldAfter({ ...before, ofOthers }, after);
    },
  );
  return (entry, decision) => decide.immediate(entry, decision);
}

function createResign({ db, outbox, clock, recorder }: Parts): TransitionsRepository['resign'] {
  const tables = createEntryTables(db);
  const open = db.prepare(
    `SELECT id FROM increment WHERE state IN ('queued', 'unknown', 'review') AND ${isOpen}`,
  );
  const resign = db.transaction(
    (sign: (body: Buffer) => SignedBody, isVerified: (id: string) => boolean): number => {
      let changed = 0;
      for (const { id } of open.all() as { id: string }[]) {
        const kept = outbox.signedBody(id);
        if (kept === null) continue;
        const { signature, keyFingerprint } = sign(kept.body);
        if (keyFingerprint === kept.keyFingerprint || !isVerified(id)) continue;
        const before = tables.byId(id);
        if (before === null) continue;
        changed += 1;
        recorder.step(before, { event: 'resigned', signature, keyFingerprint }, clock.nowMs());
      }
      return changed;
    },
  );
  return (sign, isVerified) => resign.immediate(sign, isVerified);
}

function createBegin(
  { db, outbox, clock, recorder, held }: Parts,
  sends: BegunSends,
): TransitionsRepository['beginAttempt'] {
  const begin = db.transaction(
    (
      candidate: Pick<SendCandidate, 'id' | 'version'>,
      baseline: Baseline | null,
      from: 'queued' | 'unknown',
    ): BegunAttempt | null => {
      const before = held(candidate.id);
      if (before === null || !isAsSeen(before, { state: from, version: candidate.version }))
        return changedMeanwhile(outbox);
      const number = (before.entry.attempts.at(-1)?.number ?? 0) + 1;
      const sending = { event: 'sending', attempt: number, baseline } as const;
      const after = recorder.step(before.entry, sending, clock.nowMs());
      return { increment: heldAfter(before, after), number, begunAtMs: clock.monotonicMs() };
    },
  );
  return (candidate, baseline, from) => {
    const begun = begin.immediate(candidate, baseline, from ?? 'queued');
    if (begun !== null) sends.begin(begun.increment.customerUid);
    return begun;
  };
}

/** In bytes. A shorter name or card is part of many words by chance; two Chinese characters are longer. */
const LEAST_TO_LEAVE_OUT = 4;

/** KYBIO's words stay in the chain for ever, so names of the member are left out. */
const withoutNames = (
  messages: readonly string[],
  { customer_name, customer_number }: MemberNames,
): readonly string[] =>
  messages.map((message) =>
    [customer_name, customer_number]
      .filter((text) => Buffer.byteLength(text) >= LEAST_TO_LEAVE_OUT)
      .reduce((left, text) => left.replaceAll(text, '…'), message),
  );

function createEnd({ db, clock, recorder, held }: Parts): TransitionsRepository['endAttempt'] {
  const end = db.transaction(
    (
      { increment, number }: BegunAttempt,
      { exchange, outcome }: AttemptEnd,
      within: (settled: Increment) => void,
    ) => {
      const before = held(increment.id);
      if (before === null || !isAsSeen(before, { state: 'sending', version: increment.version }))
        throw new Error('an entry left `sending` behind its attempt');
      const { entry } = before;
      const undecidedEarlier = entry.attempts.some(
        (attempt) => attempt.number < number && isUndecided(attempt),
      );
      const next = settle({ touched: increment.touched, undecidedEarlier }, exchange.phase, outcome);
      const after = recorder.step(
        entry,
        {
          event: 'ended',
          number,
          attempt: {
            phase: exchange.phase,
            outcome: outcome.kind,
            cause: 'cause' in outcome ? outcome.cause : null,
            httpStatus: exchange.response?.status ?? null,
            failure: exchange.failure?.code ?? null,
            messages: 'messages' in outcome ? withoutNames(outcome.messages, entry) : [],
          },
          reply: 'reply' in outcome ? outcome.reply : null,
          entry: {
            state: next.state,
            touched: next.touched,
            cause: next.cause,
            messages: withoutNames(next.messages, entry),
          },
        },
        clock.nowMs(),
      );
      const settled = heldAfter(before, after);
      within(settled);
      return settled;
    },
  );
  return (begun, attemptEnd, within = () => undefined) => end.immediate(begun, attemptEnd, within);
}

/** Each query has an index of its own: years of entries must not be counted. */
function createSendsBegun(db: Db, begun: BegunSends): Pick<TransitionsRepository, 'sendsOf' | 'sendsOfAll'> {
  const open = db.prepare(
    `SELECT DISTINCT state FROM increment INDEXED BY increment_open WHERE customer_uid = ? AND ${isOpen}`,
  );
  const lastEnd = db.prepare(lastEndOfMember('@customerUid'));
  const anySending = db.prepare(
    `SELECT 1 AS found FROM increment WHERE state = 'sending' AND ${isOpen} LIMIT 1`,
  );
  return {
    sendsOf: (customerUid) => {
      const states = new Set((open.all(customerUid) as { state: string }[]).map(({ state }) => state));
      const { endedAtMs } = lastEnd.get({ customerUid }) as { endedAtMs: number | null };
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
