/**
 * Format 3: `added` and `adopted` have a version 2 with the terms of the entry: tender, bonus, purchase, reason, rules and
 * who approved it (`main/ledger/tables/entry-terms.ts`). An older program refuses such a database by name.
 */
export const migration0003 = { formatVersion: 3, sql: '' } as const;
