import type { EntryState } from '../../preload/contract/index.ts';
import type { AttemptRow, MadeColumns, RecordedEntry } from './entry-types.ts';
import type { EntryEvent } from './tables/entry-events.ts';

/** All entry events except the two that create an entry. */
export type EntryStep = Exclude<EntryEvent, { readonly event: 'added' | 'adopted' }>;

export function newEntry(sequence: number, atMs: number, facts: MadeColumns): RecordedEntry {
  return {
    ...facts,
    sequence,
    created_at_ms: atMs,
    state: 'queued',
    version: 1,
    touched: 0,
    cause: null,
    messages: '[]',
    balance_before: null,
    balance_after: null,
    point_before: null,
    point_after: null,
    settled_at_ms: null,
    acknowledged: 0,
    attempts: [],
  };
}

/** Whether nobody knows if the attempt arrived. */
export const isUndecided = ({ outcome }: AttemptRow): boolean => outcome === null || outcome === 'unknown';
const ends = (state: EntryState): boolean =>
  state === 'confirmed' || state === 'rejected' || state === 'cancelled';

/** The entry after an event. Pure; the fold checks whether the transition is legal. */
export function afterEvent(entry: RecordedEntry, atMs: number, event: EntryStep): RecordedEntry {
  // Not transitions: the version stays, so that a send under way still finds its entry.
  if (event.event === 'acknowledged') return { ...entry, acknowledged: 1 };
  if (event.event === 'tender-changed') return { ...entry, tender: event.tender, given_e4: event.given_e4 };
  const next = { ...entry, version: entry.version + 1 };
  switch (event.event) {
    case 'sending':
      return { ...next, state: 'sending', attempts: [...entry.attempts, begunAttempt(atMs, event)] };
    case 'ended':
      return afterEnd(next, atMs, event);
    case 'interrupted':
      // The attempt keeps its open end: when it ended, if it did, is unknown.
      return {
        ...next,
        state: 'unknown',
        touched: 1,
        cause: 'restarted',
        attempts: entry.attempts.map((attempt) =>
          attempt.ended_at_ms === null && attempt.outcome === null
            ? { ...attempt, outcome: 'unknown', cause: 'restarted', phase: 'sent' }
            : attempt,
        ),
      };
    case 'cancelled':
      return { ...next, state: 'cancelled', cause: 'cancelled-by-cashier', settled_at_ms: atMs };
    case 'quarantined':
    case 'sent-to-review':
      return { ...next, state: 'review', cause: event.cause };
    case 'decided':
      return {
        ...next,
        state: event.state,
        cause: event.cause,
        settled_at_ms: ends(event.state) ? atMs : null,
        // A decision closes earlier attempts: a later refusal counts for the entry again (protocol rule 4).
        attempts: entry.attempts.map((attempt) =>
          event.state === 'queued' && isUndecided(attempt) ? { ...attempt, outcome: 'not-applied' } : attempt,
        ),
      };
    case 'resigned':
      return next;
  }
}

function begunAttempt(atMs: number, event: Extract<EntryStep, { event: 'sending' }>): AttemptRow {
  return {
    number: event.attempt,
    started_at_ms: atMs,
    baseline_balance: event.baseline?.balance ?? null,
    baseline_point: event.baseline?.point ?? null,
    baseline_at_ms: event.baseline?.atMs ?? null,
    phase: 'connecting',
    ended_at_ms: null,
    outcome: null,
    cause: null,
    messages: '[]',
  };
}

function afterEnd(
  next: RecordedEntry,
  atMs: number,
  event: Extract<EntryStep, { event: 'ended' }>,
): RecordedEntry {
  const { attempt: of, entry } = event;
  // Only an "applied" reply carries this entry's own sums.
  const reply = of.outcome === 'applied' ? event.reply : null;
  return {
    ...next,
    state: entry.state,
    touched: entry.touched ? 1 : 0,
    cause: entry.cause,
    messages: JSON.stringify(entry.messages),
    balance_before: reply?.balanceBeforeUpdate ?? null,
    balance_after: reply?.balanceAfterUpdate ?? null,
    point_before: reply?.pointBeforeUpdate ?? null,
    point_after: reply?.pointAfterUpdate ?? null,
    settled_at_ms: entry.state === 'confirmed' || entry.state === 'rejected' ? atMs : null,
    attempts: next.attempts.map((attempt) =>
      attempt.number === event.number
        ? {
            ...attempt,
            phase: of.phase,
            ended_at_ms: atMs,
            outcome: of.outcome,
            cause: of.cause,
            messages: JSON.stringify(of.messages),
          }
        : attempt,
    ),
  };
}
