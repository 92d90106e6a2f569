/**
 * Format 2: the entries' tables also hold whom an entry is for, and have indexes for every screen
 * (`main/ledger/tables/entry-tables.ts`). They are views of the journal, and rebuilt.
 */
export const migration0002 = { formatVersion: 2, sql: '' } as const;
