/**
 * What was gathered about an undecided entry (for the review screen; the decision itself is journaled),
 * and the doubts that come up about entries that had ended.
 */
export const migration0003 = {
  version: 3,
  sql: `
CREATE TABLE evidence (
  increment_id TEXT PRIMARY KEY REFERENCES increment (id),
  gathered_at_ms INTEGER NOT NULL,
  content TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE doubt (
  id TEXT PRIMARY KEY,
  increment_id TEXT NOT NULL REFERENCES increment (id),
  seen_by TEXT NOT NULL REFERENCES increment (id),
  kind TEXT NOT NULL CHECK (kind IN ('possible-double', 'possible-missing')),
  opened_at_ms INTEGER NOT NULL,
  content TEXT NOT NULL,
  resolution TEXT CHECK (resolution IN ('corrected', 'dismissed')),
  resolved_at_ms INTEGER,
  UNIQUE (increment_id, kind)
) STRICT, WITHOUT ROWID;
`,
} as const;
