import type { LostEntry } from '../../../preload/contract/index.ts';
import type { HostProtocol } from '../../hosts/port/index.ts';
import { type ChainHead, followChain } from '../../ledger/journal/index.ts';
import type { StoredRow } from '../../ledger/tables/index.ts';
import { entriesInRows } from './entries-in-rows.ts';

/** Rows of one journal that a backup lacks. */
export interface LostLine {
  /** The last row that the backup has, too. */
  readonly from: ChainHead;
  readonly rows: readonly StoredRow[];
}

export interface Lost {
  /** Oldest first. */
  readonly entries: readonly LostEntry[];
  /** Missing rows of the longest line. */
  readonly rows: number;
}

/** A manager has gone through all that a restore lost. */
export const ACKNOWLEDGED = 'restore acknowledged';

export const isAcknowledged = ({ rows }: LostLine): boolean =>
  rows.some(({ event, reason }) => event === 'noted' && reason === ACKNOWLEDGED);

/**
 * Entries made after a backup. With the journal's key only rows that continue the backup's chain without a gap count:
 * those cannot be forged.
 */
export function lostEntries(
  lines: readonly LostLine[],
  key: Buffer | null,
  readIncrement: HostProtocol['readIncrement'],
): Lost {
  const proven = lines.map(({ from, rows }) => {
    const after = rows
      .filter(({ number, chain }) => number > from.count && chain === from.chain)
      .sort((a, b) => a.number - b.number);
    const until = key === null ? Number.POSITIVE_INFINITY : followChain(key, from, after).reached.count;
    return after.filter(({ number }) => number <= until);
  });
  const byId = new Map<string, LostEntry>();
  // For one entry the line that knows most decides.
  for (const told of proven.sort((a, b) => a.length - b.length)) {
    // Under one key `adopted` is an import from a receipt.
    const made = new Set(
      told.flatMap(({ event, entry }) => (event === 'added' || event === 'adopted' ? [entry] : [])),
    );
    for (const { sequence, ...entry } of entriesInRows(told, readIncrement).entries)
      if (made.has(sequence)) byId.set(entry.id, entry);
  }
  return {
    entries: [...byId.values()].sort((a, b) => a.atMs - b.atMs),
    rows: Math.max(0, ...proven.map(({ length }) => length)),
  };
}
