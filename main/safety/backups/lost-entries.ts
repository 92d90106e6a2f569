import type { HostProtocol } from '../../hosts/port/index.ts';
import { type ChainHead, followChain, type JournalRow } from '../../ledger/journal/index.ts';
import type { KeptRow } from '../../ledger/tables/index.ts';
import { type ToldEntry, toldEntries } from '../black-box/told-entries.ts';

/** What a journal wrote that is not in a backup, as a file tells it. */
export interface LostLine {
  /** The rows that say whose the entries are, wherever they lie. */
  readonly accounts: readonly KeptRow[];
  /** The last row that the backup has as well. */
  readonly from: ChainHead;
  /** Those after it. */
  readonly rows: readonly KeptRow[];
}

export interface Lost {
  readonly entries: readonly ToldEntry[];
  /** As many rows as the longest line has that the backup lacks. */
  readonly rows: number;
}

/** What a manager says who has gone through all that a restore had lost. */
export const ACKNOWLEDGED = 'restore acknowledged';

export const isAcknowledgement = ({ event, reason }: Pick<JournalRow, 'event' | 'reason'>): boolean =>
  event === 'noted' && reason === ACKNOWLEDGED;

export const isAcknowledged = ({ rows }: LostLine): boolean => rows.some(isAcknowledgement);

/**
 * The entries that were made after a backup, as lines of rows tell them that are not in it. Where the journal's key is
 * at hand only rows count that go on from one of the backup's without a gap: nobody can make one up.
 */
export function lostEntries(
  lines: readonly LostLine[],
  key: Buffer | null,
  readIncrement: HostProtocol['readIncrement'],
): Lost {
  const proven = lines.map(({ accounts, from, rows }) => {
    const after = rows
      .filter(({ number, chain }) => number > from.count && chain === from.chain)
      .sort((a, b) => a.number - b.number);
    const until = key === null ? Number.POSITIVE_INFINITY : followChain(key, from, after).reached.count;
    return { accounts, told: after.filter(({ number }) => number <= until) };
  });
  const byId = new Map<string, ToldEntry>();
  // Of one entry the line that tells most has the last word.
  for (const { accounts, told } of proven.sort((a, b) => a.told.length - b.told.length)) {
    // Under one key `adopted` is what was taken up from a receipt.
    const made = new Set(
      told.flatMap(({ event, entry }) => (event === 'added' || event === 'adopted' ? [entry] : [])),
    );
    for (const entry of toldEntries([...accounts, ...told], readIncrement).entries)
      if (made.has(entry.sequence)) byId.set(entry.id, entry);
  }
  return {
    entries: [...byId.values()].sort((a, b) => a.atMs - b.atMs || a.sequence - b.sequence),
    rows: Math.max(0, ...proven.map(({ told }) => told.length)),
  };
}
