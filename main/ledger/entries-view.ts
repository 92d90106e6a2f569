import type { HostProtocol } from '../hosts/port/index.ts';
import { databaseFailure, isRefusedRow } from '../kernel/database/failure.ts';
import type { View } from '../kernel/database/views.ts';
import type { RecordedEntry } from './entry-types.ts';
import { type FoldedEntry, foldRow } from './fold.ts';
import type { JournalEvent } from './journal/chain.ts';
import { createTally } from './shown/tally.ts';
import { createAccounts } from './tables/accounts.ts';
import { isOpenState } from './tables/entry-lookups.ts';
import { createEntryTables, entryTablesSchema } from './tables/entry-tables.ts';
import { factFormats } from './tables/fact-columns.ts';
import { createNamesOf } from './tables/named-members.ts';

/**
 * The entry tables as a view of all chains: of entries that only an older chain has, the tables are all that is left.
 */
export const createEntriesView = (readIncrement: HostProtocol['readIncrement']): View => ({
  name: 'entries',
  formatVersion: factFormats.at(-1) ?? 1,
  // One version per format with new facts; formats 2, 7 and 8 had other indexes.
  viewVersion: factFormats.length + 3,
  tables: ['account', 'customer', 'increment', 'attempt', 'tally'],
  schema: entryTablesSchema,
  fill: (db) => {
    const tables = createEntryTables(db);
    const context = { readIncrement, accountOf: createAccounts(db), namesOf: createNamesOf(db) };
    // Only open entries stay in memory: a till has years of ended ones.
    const open = new Map<number, FoldedEntry>();
    /** No till wrote what the tables refuse. It must not keep the till from opening, which reports it. */
    const put = (entry: RecordedEntry): void => {
      try {
        tables.replace(entry.sequence, entry);
      } catch (thrown) {
        // A value of no SQLite type fails before it reaches the tables.
        if (!(isRefusedRow(thrown) || databaseFailure(thrown) === null)) throw thrown;
        tables.replace(entry.sequence, null);
      }
    };
    return {
      row: (row) => {
        if (row.entry === null) return;
        const kept = open.get(row.entry) ?? null;
        const ended = kept === null ? tables.bySequence(row.entry) : null;
        const before = kept ?? (ended === null ? null : { entry: ended, signed: null, naming: 'told' });
        const next = foldRow(context, before, { ...row, atMs: row.at_ms, event: row.event as JournalEvent });
        if (typeof next === 'string') return;
        if (isOpenState(next.entry.state)) open.set(row.entry, next);
        else open.delete(row.entry);
        if (!isOpenState(next.entry.state) || ended !== null) put(next.entry);
      },
      end: () => {
        for (const { entry } of open.values()) put(entry);
        createTally(db).make();
      },
    };
  },
});
