import type { EntryState } from '../../../preload/contract/index.ts';
import type { Db } from '../../kernel/database/open.ts';
import type { EntryAhead, Increment, SendCandidate } from '../types.ts';
import { type ActiveEntry, type ActiveIndex, createActiveIndex } from './active-index.ts';
import { isOpen } from './entry-lookups.ts';

/** What may be sent, and what blocks it. */
export interface ActiveEntries {
  /** Queued entries, oldest first. */
  candidates(): readonly SendCandidate[];
  busyMembers(): ReadonlySet<string>;
  /** How many are queued or sending; asked before every call. */
  onTheirWay(): number;
  /** By member, the entry that the member's others wait for; read again after every change. */
  entriesAhead(): ReadonlyMap<string, EntryAhead>;
  /** Entries with a lost answer, oldest first. */
  unknown(): readonly Increment[];
  /** Discards the cache: an entry was not what it says. */
  readAnew(): void;
}

interface ActiveRow {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly sequence: number;
  readonly customer_uid: string;
  readonly touched: number;
  readonly created_at_ms: number;
}

const toEntry = (row: ActiveRow): ActiveEntry => ({
  id: row.id,
  version: row.version,
  sequence: row.sequence,
  customerUid: row.customer_uid,
  touched: row.touched === 1,
  createdAtMs: row.created_at_ms,
  state: row.state as EntryState,
});

/**
 * Reads all active entries once, then only those that new journal rows name: the loop looks far more often than
 * anything changes, and after a day offline thousands wait.
 */
export function createActiveEntries(db: Db, readUnknown: () => readonly Increment[]): ActiveEntries {
  const columns = `SELECT id, version, sequence, customer_uid, touched, created_at_ms, state FROM increment
     WHERE state IN ('queued', 'sending', 'unknown') AND ${isOpen}`;
  const all = db.prepare(columns);
  const one = db.prepare(`${columns} AND sequence = ?`);
  const end = db.prepare('SELECT COALESCE(MAX(number), 0) AS number FROM journal');
  // No DISTINCT: SQLite would scan the index of all entries for it.
  const since = db.prepare('SELECT entry FROM journal WHERE number > ? AND entry IS NOT NULL');
  const readAll = (): ActiveIndex => {
    const entries = (all.all() as ActiveRow[]).map(toEntry);
    // Sorted here: SQLite's sorter costs more for three runs of the index.
    return createActiveIndex(entries.sort((left, right) => left.sequence - right.sequence));
  };
  const readOne = (sequence: number): ActiveEntry | null => {
    const row = one.get(sequence) as ActiveRow | undefined;
    return row === undefined ? null : toEntry(row);
  };

  let known: { readonly index: ActiveIndex; readonly at: number } | null = null;
  const activeNow = (): ActiveIndex => {
    const { number } = end.get() as { number: number };
    const before = known;
    if (before?.at === number) return before.index;
    // A transaction may be rolled back, and its row numbers reused.
    if (db.inTransaction) return readAll();
    // After an exception the next call reads everything.
    known = null;
    const index = before === null || before.at > number ? readAll() : before.index;
    if (before !== null && before.index === index) {
      const changed = new Set((since.all(before.at) as { entry: number }[]).map(({ entry }) => entry));
      for (const sequence of changed) index.put(sequence, readOne(sequence));
    }
    known = { index, at: number };
    return index;
  };
  let undecided = { versions: '', entries: [] as readonly Increment[] };
  return {
    candidates: () => activeNow().candidates(),
    busyMembers: () => activeNow().busyMembers(),
    onTheirWay: () => activeNow().onTheirWay(),
    entriesAhead: () => activeNow().entriesAhead(),
    readAnew: () => {
      known = null;
    },
    // Rare, and read only after a change; apart, since a damaged one must not block the queue.
    unknown: () => {
      const versions = activeNow().undecided();
      if (versions !== undecided.versions)
        undecided = { versions, entries: versions === '' ? [] : readUnknown() };
      return undecided.entries;
    },
  };
}
