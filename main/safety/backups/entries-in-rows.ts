import { type Amount, type EntryState, entryStates } from '../../../preload/contract/index.ts';
import type { HostProtocol } from '../../hosts/port/index.ts';
import { fromScaled } from '../../kernel/scaled.ts';
import { foldEntry } from '../../ledger/index.ts';
import { namesInRows, type StoredRow } from '../../ledger/tables/index.ts';

/** An entry from rows that a backup lacks, to be shown and never sent. */
export interface EntryInRows {
  readonly id: string;
  readonly sequence: number;
  readonly atMs: number;
  readonly customerUid: string;
  /** Both are empty where names are missing or altered. */
  readonly memberName: string;
  readonly memberNumber: string;
  readonly balance: Amount;
  readonly point: Amount;
  readonly state: EntryState;
}

/** Without MACs, for another till's key is not at hand. */
export type UnprovenRow = Omit<StoredRow, 'mac'>;

/** By chain, since a new key adopts an entry again. */
function byEntry(rows: readonly UnprovenRow[]): Iterable<readonly UnprovenRow[]> {
  const found = new Map<string, UnprovenRow[]>();
  for (const row of rows) {
    if (row.entry === null) continue;
    const name = `${row.chain} ${row.entry}`;
    const of = found.get(name);
    if (of === undefined) found.set(name, [row]);
    else of.push(row);
  }
  return found.values();
}

/** Entries with all their rows, in order, and how many are incomplete. */
export function entriesInRows(
  rows: readonly UnprovenRow[],
  readIncrement: HostProtocol['readIncrement'],
): { readonly entries: readonly EntryInRows[]; readonly unreadable: number } {
  const context = { readIncrement, namesOf: namesInRows(rows) };
  const entries: EntryInRows[] = [];
  let unreadable = 0;
  for (const of of byEntry(rows)) {
    const folded = foldEntry(context, of);
    if (!folded.ok || !entryStates.includes(folded.value.entry.state)) {
      unreadable += 1;
      continue;
    }
    const { entry } = folded.value;
    entries.push({
      id: entry.id,
      sequence: entry.sequence,
      atMs: entry.created_at_ms,
      customerUid: entry.customer_uid,
      memberName: entry.customer_name.slice(0, 200),
      memberNumber: entry.customer_number.slice(-4),
      balance: fromScaled(entry.balance_increment_e4),
      point: fromScaled(entry.point_increment_e4),
      state: entry.state,
    });
  }
  return { entries, unreadable };
}
