import { hash } from 'node:crypto';
import type { EntryState } from '../../preload/contract/index.ts';
import type { JournalRow } from './journal-chain.ts';

/** The columns of an increment that never change, as they lie in SQL, with the body's SHA-256 in its place. */
export type FrozenColumns = Readonly<Record<string, string | number | null>>;
/** The columns that do change. */
export type StateColumns = Readonly<Record<string, string | number | null>> & {
  readonly state: EntryState;
  readonly version: number;
};
export type AttemptColumns = Readonly<Record<string, string | number | null>> & { readonly number: number };

/** What a journal row says of its entry: the facts when it was added, and its state and attempt after the event. */
export interface JournaledEntry {
  readonly frozen?: FrozenColumns;
  readonly after: StateColumns;
  readonly attempts?: readonly AttemptColumns[];
}

/** An entry as the tables have it now. */
export interface EntryColumns {
  readonly frozen: FrozenColumns;
  readonly after: StateColumns;
  readonly attempts: readonly AttemptColumns[];
  /** The signed bytes. */
  readonly body: Buffer;
}

/** Every step that an entry may take; the picture in the exactly-once protocol, as a table. */
const steps: Readonly<Record<EntryState, readonly EntryState[]>> = {
  queued: ['sending', 'cancelled', 'review', 'queued'],
  sending: ['confirmed', 'rejected', 'unknown', 'queued'],
  unknown: ['confirmed', 'queued', 'rejected', 'review', 'cancelled', 'sending', 'unknown'],
  review: ['confirmed', 'queued', 'rejected', 'cancelled', 'review'],
  confirmed: [],
  rejected: [],
  cancelled: [],
};

export const bodyHash = (body: Buffer): string => hash('sha256', body, 'hex');

const same = (left: Readonly<Record<string, unknown>>, right: Readonly<Record<string, unknown>>): boolean => {
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length && names.every((name) => Object.is(left[name], right[name]))
  );
};

/**
 * Re-derives an entry from its journal rows and holds it against the tables (exactly-once rule 9).
 * Null when they agree, else which part does not. The rows must have been proven before.
 */
export function disagreement(rows: readonly JournalRow[], entry: EntryColumns): string | null {
  // A note about an entry is no step of it.
  const told = rows
    .filter(({ event }) => event !== 'noted')
    .map((row) => JSON.parse(row.content) as JournaledEntry);
  const [first] = told;
  const last = told.at(-1);
  if (first === undefined || last === undefined || first.frozen === undefined) return 'no journal';
  if (!same(first.frozen, entry.frozen)) return 'facts';
  const illegal = firstIllegalStep(told);
  if (illegal !== null) return illegal;
  if (!same(last.after, entry.after)) return 'state';
  return sameAttempts(told, entry.attempts) ? null : 'attempts';
}

function firstIllegalStep(told: readonly JournaledEntry[]): string | null {
  for (let index = 1; index < told.length; index += 1) {
    const [before, after] = [told[index - 1]?.after, told[index]?.after];
    if (before === undefined || after === undefined) return 'no journal';
    if (after.version !== before.version + 1) return `version ${after.version}`;
    if (!steps[before.state].includes(after.state)) return `step ${before.state} to ${after.state}`;
  }
  return null;
}

function sameAttempts(told: readonly JournaledEntry[], attempts: readonly AttemptColumns[]): boolean {
  const newest = new Map<number, AttemptColumns>();
  for (const { attempts: changed = [] } of told) {
    for (const attempt of changed) newest.set(attempt.number, attempt);
  }
  // Counted by their numbers: two attempts alike must not stand for each other.
  const numbers = new Set(attempts.map(({ number }) => number));
  return (
    newest.size === attempts.length &&
    numbers.size === attempts.length &&
    attempts.every((attempt) => same(newest.get(attempt.number) ?? {}, attempt))
  );
}
