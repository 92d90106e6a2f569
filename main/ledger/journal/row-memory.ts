import { type ChainHead, emptyChain, type JournalRow } from './chain.ts';
import { isNewer } from './head.ts';

/**
 * Where the rows of each entry end, as this process itself has written them. Rows that are left prove
 * themselves; that newer ones were taken out while the till runs shows only against what is remembered here.
 * It asks the database nothing: it is told of every row, and of every head that was read for the head's file.
 */
export interface RowMemory {
  /** Where the journal ends now, and the newest row of every entry that is open; what it knew before is forgotten. */
  begin(head: ChainHead, newestOfOpen: ReadonlyMap<number, number>): void;
  /** A row was written. Its transaction may yet be rolled back. */
  appended(row: Pick<JournalRow, 'chain' | 'number' | 'entry'>): void;
  /** Where the journal ends, read outside any transaction: the rows up to there are committed. */
  committed(head: ChainHead): void;
  /** True where rows that were committed are gone from the journal's end, or were written over since. */
  isCut(): boolean;
  /** True where these proven rows of an entry, which leave it open or not, are not all that there were. */
  misses(sequence: number, rows: readonly JournalRow[], leaveItOpen: boolean): boolean;
}

export function createRowMemory(): RowMemory {
  let end: ChainHead | null = null;
  let cut = false;
  // A line of some hundred bytes for each entry of this process's life: a busy day's are a megabyte.
  const newest = new Map<number, number>();
  /** In their order, from the last committed head on. */
  let pending: { readonly entry: number; readonly number: number }[] = [];
  /** How many of them each entry has: one commit can hold thousands. */
  const pendingOf = new Map<number, number>();
  const put = (row: (typeof pending)[number]) => {
    pending.push(row);
    pendingOf.set(row.entry, (pendingOf.get(row.entry) ?? 0) + 1);
  };
  const takeBack = () => {
    const { entry } = pending.pop() ?? { entry: 0 };
    const left = (pendingOf.get(entry) ?? 0) - 1;
    if (left > 0) pendingOf.set(entry, left);
    else pendingOf.delete(entry);
  };
  const forget = () => {
    pending = [];
    pendingOf.clear();
  };
  return {
    begin: (head, newestOfOpen) => {
      end = head;
      cut = false;
      forget();
      newest.clear();
      for (const [entry, number] of newestOfOpen) newest.set(entry, number);
    },
    appended: ({ chain, number, entry }) => {
      if (end === null) return;
      if (isNewer(end, emptyChain(chain)) && number <= end.count) cut = true;
      // Their transaction was rolled back, or this number would be taken.
      while ((pending.at(-1)?.number ?? 0) >= number) takeBack();
      if (entry !== null) put({ entry, number });
    },
    committed: (head) => {
      if (end === null) return;
      if (isNewer(end, head)) {
        cut = true;
        return;
      }
      end = head;
      for (const { entry, number } of pending) if (number <= head.count) newest.set(entry, number);
      forget();
    },
    isCut: () => cut,
    misses: (sequence, rows, leaveItOpen) => {
      const last = rows.at(-1);
      if (end === null || last === undefined) return false;
      const known = newest.get(sequence);
      if (known !== undefined) return last.number < known;
      // It had ended when this process began: rows that leave it open have lost their last.
      return leaveItOpen && !pendingOf.has(sequence);
    },
  };
}
