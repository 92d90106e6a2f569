/** Format 8: ended entries are found by the member's own column (`main/ledger/tables/entry-lookups.ts`). The view is made anew. */
export const migration0008 = { formatVersion: 8, sql: '' } as const;
