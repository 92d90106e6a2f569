import type { EntryState } from '../../preload/contract/index.ts';
import type { EntryEvent } from './entry-events.ts';
import { replyMark } from './reply-mark.ts';

/** One attempt to send an entry, as the tables keep it. What else its end told stands in the journal. */
export interface AttemptRow {
  readonly number: number;
  readonly started_at_ms: number;
  readonly baseline_balance: string | null;
  readonly baseline_point: string | null;
  readonly baseline_at_ms: number | null;
  readonly phase: string;
  readonly ended_at_ms: number | null;
  readonly outcome: string | null;
  readonly cause: string | null;
  /** A list in JSON. */
  readonly messages: string;
  /** Tells two replies apart (`replyMark`); null where there was none. */
  readonly reply_mark: string | null;
}

/** What is stated of an entry beside the bytes that were signed for it. */
export interface StatedFacts {
  readonly id: string;
  readonly customer_number: string;
  readonly customer_name: string;
  readonly kind: string;
  readonly cashier: string;
  readonly note: string;
  readonly request_id: string;
  readonly store_day: string;
  readonly corrects: string | null;
}

/** What never changes of an entry. Amounts are integers in ten-thousandths, as text. */
export interface EntryFacts extends StatedFacts {
  readonly till: string;
  readonly account_host: string;
  readonly account_app_id: string;
  readonly customer_uid: string;
  readonly balance_increment_e4: string;
  readonly point_increment_e4: string;
  readonly data_change_time: string;
}

/** An entry with its attempts, folded from its events; the names are those of the table's columns. */
export interface Entry extends EntryFacts {
  readonly sequence: number;
  readonly created_at_ms: number;
  readonly state: EntryState;
  /** 1 when it was added, one more after every step. */
  readonly version: number;
  readonly touched: number;
  readonly cause: string | null;
  /** A list in JSON. */
  readonly messages: string;
  readonly not_before_ms: number;
  readonly balance_before: string | null;
  readonly balance_after: string | null;
  readonly point_before: string | null;
  readonly point_after: string | null;
  readonly settled_at_ms: number | null;
  /** Somebody has seen that KYBIO refused it (ADR 17). */
  readonly acknowledged: number;
  readonly attempts: readonly AttemptRow[];
}

/** The events of an entry, but for those that begin it. */
export type EntryStep = Exclude<EntryEvent, { readonly event: 'added' | 'adopted' }>;

export function newEntry(sequence: number, atMs: number, facts: EntryFacts): Entry {
  return {
    ...facts,
    sequence,
    created_at_ms: atMs,
    state: 'queued',
    version: 1,
    touched: 0,
    cause: null,
    messages: '[]',
    not_before_ms: 0,
    balance_before: null,
    balance_after: null,
    point_before: null,
    point_after: null,
    settled_at_ms: null,
    acknowledged: 0,
    attempts: [],
  };
}

const isUndecided = ({ outcome }: AttemptRow): boolean => outcome === null || outcome === 'unknown';
const ends = (state: EntryState): boolean =>
  state === 'confirmed' || state === 'rejected' || state === 'cancelled';

/** What an event makes of its entry. Pure; whether the step is a legal one is the fold's to say. */
export function afterEvent(entry: Entry, atMs: number, event: EntryStep): Entry {
  if (event.event === 'acknowledged') return { ...entry, acknowledged: 1 };
  const next = { ...entry, version: entry.version + 1 };
  switch (event.event) {
    case 'sending':
      return { ...next, state: 'sending', attempts: [...entry.attempts, begunAttempt(atMs, event)] };
    case 'ended':
      return afterEnd(next, atMs, event);
    case 'interrupted':
      // The attempt keeps its open end: nobody knows when, or whether, it ended.
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
        not_before_ms: 0,
        settled_at_ms: ends(event.state) ? atMs : null,
        // Decided is decided: a later attempt's refusal speaks for the entry again (protocol rule 4).
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
    reply_mark: null,
  };
}

function afterEnd(next: Entry, atMs: number, event: Extract<EntryStep, { event: 'ended' }>): Entry {
  const { attempt: of, entry } = event;
  // Only a reply that says "applied" tells the entry's own sums.
  const told = of.outcome === 'applied' ? event.reply : null;
  return {
    ...next,
    ...{ state: entry.state, touched: entry.touched ? 1 : 0, cause: entry.cause },
    messages: JSON.stringify(entry.messages),
    not_before_ms: entry.notBeforeMs,
    balance_before: told?.balanceBeforeUpdate ?? null,
    balance_after: told?.balanceAfterUpdate ?? null,
    point_before: told?.pointBeforeUpdate ?? null,
    point_after: told?.pointAfterUpdate ?? null,
    settled_at_ms: entry.state === 'confirmed' || entry.state === 'rejected' ? atMs : null,
    attempts: next.attempts.map((attempt) =>
      attempt.number === event.number
        ? {
            ...attempt,
            ...{ phase: of.phase, ended_at_ms: atMs, outcome: of.outcome, cause: of.cause },
            messages: JSON.stringify(of.messages),
            reply_mark: event.reply === null ? null : replyMark(event.reply),
          }
        : attempt,
    ),
  };
}
