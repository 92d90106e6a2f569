import type { HostProtocol, SignedBody } from '../hosts/port/index.ts';
import type { Db } from '../kernel/database/open.ts';
import { toScaled } from '../kernel/scaled.ts';
import type { RecordedEntry } from './entry-types.ts';
import { type FoldedEntry, foldEntry, type Naming } from './fold.ts';
import type { JournalRow } from './journal/chain.ts';
import { createEntryTables, disagreement, type EntryTables } from './tables/entry-tables.ts';
import { createNamesOf, noNames } from './tables/named-members.ts';

/** Why an entry is not trusted as found. */
export type Mistrust =
  /** Its journal rows do not prove it: a person must decide. */
  | { readonly of: 'journal'; readonly words: string }
  /** Only the tables differ: `recorded` replaces them. */
  | { readonly of: 'tables'; readonly words: string; readonly recorded: RecordedEntry }
  /** The tables still name an erased member: repaired, and no sign of a change by somebody. */
  | { readonly of: 'erased'; readonly words: string; readonly recorded: RecordedEntry };

/** What an entry's journal rows prove. */
export interface Verification {
  /** Null if the tables match. */
  readonly mistrust: Mistrust | null;
  /** The entry as proven, with the bytes signed for it; else null. */
  readonly proven: { readonly entry: RecordedEntry; readonly signed: SignedBody | null } | null;
}

/** Verifies an entry of the tables against its journal rows (protocol rule 9). */
export interface EntryVerifier {
  bySequence(sequence: number): Mistrust | null;
  byId(entryId: string): Mistrust | null;
  /** The same, with what the rows prove. */
  verify(sequence: number): Verification;
}

/** `rowsOf` returns null unless all rows are there and proven. */
export function createEntryVerifier(
  db: Db,
  readIncrement: HostProtocol['readIncrement'],
  rowsOf: (sequence: number) => readonly JournalRow[] | null,
  isCut: (sequence: number, rows: readonly JournalRow[], entry: RecordedEntry) => boolean = () => false,
): EntryVerifier {
  const tables: EntryTables = createEntryTables(db);
  const read = ofLastBody(readIncrement);
  const context = { readIncrement: read, namesOf: createNamesOf(db) };
  const attemptsProblem = (entry: RecordedEntry) => (tables.isFoundRightly(entry) ? null : 'attempts');
  const unproven = (words: string): Verification => ({ mistrust: { of: 'journal', words }, proven: null });
  const verify = (sequence: number, found: RecordedEntry | null): Verification => {
    const rows = rowsOf(sequence);
    if (rows === null) return unproven('journal rows');
    const folded = foldEntry(context, rows);
    if (!folded.ok) return unproven(found === null ? 'gone' : folded.problem);
    const { entry, naming } = folded.value;
    if (isCut(sequence, rows, entry)) return unproven('journal rows');
    if (!matchesBody(read, folded.value)) return unproven('body');
    // Names are stored nowhere else, so that they cannot be repaired.
    if (naming === 'altered') return unproven('member');
    return { mistrust: inTables(entry, found, naming), proven: folded.value };
  };
  const inTables = (
    entry: RecordedEntry,
    found: RecordedEntry | null,
    naming: Exclude<Naming, 'altered'>,
  ): Mistrust | null => {
    if (found === null) return { of: 'tables', words: 'gone', recorded: entry };
    const said = naming === 'erased' ? { ...found, ...noNames } : found;
    const part = disagreement(entry, said) ?? attemptsProblem(entry);
    if (part !== null) return { of: 'tables', words: part, recorded: entry };
    if (said === found || disagreement(said, found) === null) return null;
    return { of: 'erased', words: 'erased', recorded: entry };
  };
  const bySequence = (sequence: number) => verify(sequence, tables.bySequence(sequence));
  return {
    verify: bySequence,
    bySequence: (sequence) => bySequence(sequence).mistrust,
    byId: (entryId) => {
      const found = tables.byId(entryId);
      return found === null ? { of: 'journal', words: 'gone' } : verify(found.sequence, found).mistrust;
    },
  };
}

/** Reads a body once for two reads in a row: the fold reads it, and then the comparison. */
function ofLastBody(read: HostProtocol['readIncrement']): HostProtocol['readIncrement'] {
  let last: { readonly body: Buffer; readonly fields: ReturnType<typeof read> } | null = null;
  return (body) => {
    if (last?.body !== body) last = { body, fields: read(body) };
    return last.fields;
  };
}

/** A newer chain adopted the entry unproven; its signed bytes still prove it. */
function matchesBody(readIncrement: HostProtocol['readIncrement'], { entry, signed }: FoldedEntry): boolean {
  const fields = signed === null ? null : readIncrement(signed.body);
  return (
    fields !== null &&
    fields.customerUid === entry.customer_uid &&
    toScaled(fields.balanceIncrement) === entry.balance_increment_e4 &&
    toScaled(fields.pointIncrement) === entry.point_increment_e4 &&
    fields.dataChangeTime === entry.data_change_time
  );
}
