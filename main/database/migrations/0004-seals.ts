/**
 * What the journal does not tell of (settings, the cached members, the meter, evidence, doubts): one sum
 * of the MACs of all rows of a table, so that a row that was altered, taken out or put in is noticed.
 */
export const migration0004 = {
  version: 4,
  sql: `
CREATE TABLE seal (
  name TEXT PRIMARY KEY,
  sum TEXT NOT NULL,
  mac TEXT NOT NULL
) STRICT;
`,
} as const;
