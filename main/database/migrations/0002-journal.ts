/**
 * The journal: every transition of every entry, chained by HMAC. A chain is opened anew only where its
 * key is lost; rows of older chains stay to be read and vouch for nothing.
 */
export const migration0002 = {
  version: 2,
  sql: `
CREATE TABLE journal (
  chain INTEGER NOT NULL CHECK (chain > 0),
  number INTEGER NOT NULL CHECK (number > 0),
  at_ms INTEGER NOT NULL,
  entry_id TEXT REFERENCES increment (id),
  event TEXT NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,
  content TEXT NOT NULL,
  mac TEXT NOT NULL,
  PRIMARY KEY (chain, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX journal_by_entry ON journal (entry_id, chain, number);

CREATE TRIGGER journal_is_kept BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER journal_is_frozen BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
`,
} as const;
