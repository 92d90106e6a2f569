/**
 * Format 3: `added` and `adopted` have a version 2 with the terms of the entry: tender, bonus, purchase, reason,
 * rules and approver (`main/ledger/tables/entry-facts.ts`).
 */
export const migration0003 = { formatVersion: 3, sql: '' } as const;
