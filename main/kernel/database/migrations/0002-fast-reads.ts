/**
 * Format 2: the tables of the entries have who an entry is for beside them, and indexes for every screen
 * (`main/ledger/tables/entry-tables.ts`). They are views of the journal, and made anew.
 */
export const migration0002 = { formatVersion: 2, sql: '' } as const;
