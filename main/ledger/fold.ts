import type { EntryState } from '../../preload/contract/index.ts';
import type { HostProtocol, SignedBody } from '../hosts/port/index.ts';
import { toScaled } from '../kernel/scaled.ts';
import { afterEvent, newEntry } from './entry.ts';
import type { MadeColumns, MemberNames, RecordedEntry } from './entry-types.ts';
import type { JournalRow } from './journal/chain.ts';
import { type EntryEvent, readEvent } from './tables/entry-events.ts';
import { type MemberReference, type NamesOf, noNames } from './tables/named-members.ts';

/** Reads the bytes of this account's increments; others are none. */
export const incrementsOf =
  (appId: string, readIncrement: HostProtocol['readIncrement']): HostProtocol['readIncrement'] =>
  (body) => {
    const fields = readIncrement(body);
    return fields?.appId === appId ? fields : null;
  };

/**
 * Whether the names stored beside the chain match it. Erased or altered, the entry has none; altered, it does not
 * verify.
 */
export type Naming = 'told' | 'erased' | 'altered';

/** An entry folded from its journal rows, with its signed bytes. */
export interface FoldedEntry {
  readonly entry: RecordedEntry;
  /** Null if they were lost with an older chain's key. */
  readonly signed: SignedBody | null;
  readonly naming: Naming;
}

export type Folded =
  | { readonly ok: true; readonly value: FoldedEntry }
  /** Why the rows make no entry: no first row, an illegal transition, unreadable content. */
  | { readonly ok: false; readonly problem: string };

/** The legal transitions: the diagram in the protocol, "The entry and its states", as a table. */
const steps: Readonly<Record<EntryState, readonly EntryState[]>> = {
  queued: ['sending', 'cancelled', 'review', 'queued'],
  sending: ['confirmed', 'rejected', 'unknown', 'queued'],
  unknown: ['confirmed', 'review', 'sending', 'unknown'],
  review: ['confirmed', 'queued', 'rejected', 'cancelled', 'review'],
  confirmed: [],
  rejected: [],
  cancelled: [],
};

export const isLegalStep = (before: EntryState, after: EntryState): boolean => steps[before].includes(after);

interface FoldContext {
  readonly readIncrement: HostProtocol['readIncrement'];
  readonly namesOf: NamesOf;
}

type RecordedRow = Pick<JournalRow, 'number' | 'entry' | 'atMs' | 'event' | 'version' | 'reason' | 'content'>;

/**
 * Folds an entry's rows, in order. Sending and decisions rely on the result once the rows are proven (protocol rule 9).
 */
export function foldEntry(context: FoldContext, rows: readonly RecordedRow[]): Folded {
  let folded: FoldedEntry | null = null;
  let last = 0;
  for (const row of rows) {
    if (row.number <= last) return { ok: false, problem: 'order' };
    last = row.number;
    const next = foldRow(context, folded, row);
    if (typeof next === 'string') return { ok: false, problem: next };
    folded = next;
  }
  return folded === null ? { ok: false, problem: 'no journal' } : { ok: true, value: folded };
}

/** The entry after this row, or why it cannot be: no version of the program wrote such a row. */
export function foldRow(
  context: FoldContext,
  before: FoldedEntry | null,
  row: RecordedRow,
): FoldedEntry | string {
  try {
    return foldEvent(context, before, row);
  } catch {
    return `row ${row.event} ${row.version}`;
  }
}

function foldEvent(context: FoldContext, before: FoldedEntry | null, row: RecordedRow): FoldedEntry | string {
  const event = readEvent(row);
  if (event.event === 'added') {
    if (before !== null || row.entry === null) return 'added again';
    const read = factsOf(context, event);
    if (read === null) return 'body';
    const { facts, naming } = read;
    return { entry: newEntry(row.entry, row.atMs, facts), signed: event.signed, naming };
  }
  if (event.event === 'adopted') {
    const { entry, signed } = event;
    if (entry.sequence !== row.entry) return 'facts';
    const { names, naming } = namesOf(context, event.member, entry.customer_uid);
    return { entry: { ...entry, ...names, acknowledged: 0 }, signed, naming };
  }
  return before === null ? 'no journal' : foldStep(before, row.atMs, event);
}

function namesOf(
  context: FoldContext,
  member: MemberReference,
  customerUid: string,
): { readonly names: MemberNames; readonly naming: Naming } {
  const names = context.namesOf(member, customerUid);
  if (names === null) return { names: noNames, naming: 'altered' };
  return names === 'erased' ? { names: noNames, naming: 'erased' } : { names, naming: 'told' };
}

/** Stated and signed facts together; null if the bytes are no increment. */
function factsOf(
  context: FoldContext,
  { member, facts, signed }: Extract<EntryEvent, { event: 'added' }>,
): { readonly facts: MadeColumns; readonly naming: Naming } | null {
  const fields = context.readIncrement(signed.body);
  if (fields === null) return null;
  const { names, naming } = namesOf(context, member, fields.customerUid);
  return {
    naming,
    facts: {
      ...facts,
      ...names,
      customer_uid: fields.customerUid,
      balance_increment_e4: toScaled(fields.balanceIncrement),
      point_increment_e4: toScaled(fields.pointIncrement),
      data_change_time: fields.dataChangeTime,
    },
  };
}

function foldStep(
  { entry, signed, naming }: FoldedEntry,
  atMs: number,
  event: Exclude<EntryEvent, { event: 'added' | 'adopted' }>,
): FoldedEntry | string {
  const after = afterEvent(entry, atMs, event);
  const isStep = after.version !== entry.version;
  if (isStep && !isLegalStep(entry.state, after.state)) return `step ${entry.state} to ${after.state}`;
  const { body } = signed ?? {};
  if (event.event !== 'resigned' || body === undefined) return { entry: after, signed, naming };
  const { signature, keyFingerprint } = event;
  return { entry: after, signed: { body, signature, keyFingerprint }, naming };
}
