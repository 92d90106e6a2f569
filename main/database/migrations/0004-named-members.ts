/**
 * Format 4: `added` and `adopted` have a version 3, with the id of the bonus rule and where an entry came from by a paper
 * (`main/outbox/entry-origin.ts`). An older program refuses such a database by name.
 */
export const migration0004 = { formatVersion: 4, sql: '' } as const;
