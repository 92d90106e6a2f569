/**
 * Format 7: the tables of the entries have fewer indexes that an entry is written to while somebody waits, and the kept sums say
 * what of them is credit (`main/ledger/tables/entry-tables.ts`). They are views of the journal, and made anew.
 */
export const migration0007 = { formatVersion: 7, sql: '' } as const;
