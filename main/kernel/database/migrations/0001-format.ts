/**
 * Format 1: the journal, which is the source of truth; the other tables, sealed one by one (`seals.ts`); and which
 * views of the journal there are (`views.ts`). The journal is a rowid table in the order of writing, so that its
 * pages are full. A shipped format is frozen: `test/kernel/database/format.test.ts` holds this text.
 */
export const migration0001 = {
  formatVersion: 1,
  sql: `
CREATE TABLE journal (
  number INTEGER PRIMARY KEY CHECK (number > 0),
  chain INTEGER NOT NULL CHECK (chain > 0),
  at_ms INTEGER NOT NULL,
  entry INTEGER CHECK (entry > 0),
  event TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,
  content TEXT NOT NULL,
  mac BLOB NOT NULL CHECK (length(mac) = 16)
) STRICT;

CREATE INDEX journal_by_entry ON journal (entry) WHERE entry IS NOT NULL;
CREATE INDEX journal_by_reason ON journal (reason) WHERE entry IS NULL;

CREATE TRIGGER journal_is_kept BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER journal_is_frozen BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TABLE journal_view (
  name TEXT PRIMARY KEY,
  version INTEGER NOT NULL
) STRICT;

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE member (
  customer_uid TEXT PRIMARY KEY,
  number TEXT NOT NULL,
  name TEXT NOT NULL,
  category_name TEXT NOT NULL,
  phone TEXT NOT NULL,
  balance TEXT NOT NULL,
  point TEXT NOT NULL,
  enable INTEGER,
  expiry_date TEXT,
  as_of_ms INTEGER NOT NULL,
  baseline_balance TEXT,
  baseline_point TEXT,
  baseline_at_ms INTEGER
) STRICT;

CREATE INDEX member_by_number ON member (number);
CREATE INDEX member_by_phone ON member (phone);

CREATE TABLE call_meter (
  store_day TEXT NOT NULL,
  purpose TEXT NOT NULL,
  calls INTEGER NOT NULL,
  PRIMARY KEY (store_day, purpose)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
  increment_id TEXT PRIMARY KEY,
  gathered_at_ms INTEGER NOT NULL,
  content TEXT NOT NULL
) STRICT;

CREATE TABLE doubt (
  id TEXT PRIMARY KEY,
  increment_id TEXT NOT NULL,
  seen_by TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('possible-double', 'possible-missing')),
  opened_at_ms INTEGER NOT NULL,
  content TEXT NOT NULL,
  resolution TEXT CHECK (resolution IN ('corrected', 'dismissed')),
  resolved_at_ms INTEGER,
  UNIQUE (increment_id, kind)
) STRICT;

CREATE TABLE seal (
  name TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  sum TEXT NOT NULL,
  mac TEXT NOT NULL
) STRICT;
`,
} as const;
