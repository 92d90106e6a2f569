/**
 * Format 6: a row of `member` may be without its sums (`balance` and `point` are empty), where another till's file has told of
 * the member (ADR 71). An older program refuses such a database by name.
 */
export const migration0006 = { formatVersion: 6, sql: '' } as const;
