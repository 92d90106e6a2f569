/**
 * Format 6: a row of `member` may have no sums (`balance` and `point` are empty), where another till's members file
 * named the member (ADR 71).
 */
export const migration0006 = { formatVersion: 6, sql: '' } as const;
