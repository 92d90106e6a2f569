/** The journal, which is the source of truth, and the tables that are no view of it. */
export const schemaSql = `
-- In the order of writing, so that its pages are full.
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
-- Few of years of rows.
CREATE INDEX journal_tender_changed ON journal (entry, reason) WHERE event = 'tender-changed';

CREATE TRIGGER journal_is_kept BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER journal_is_frozen BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- Members' names beside the journal, whose rows have a number and a digest of them, so that names can be erased.
CREATE TABLE named_member (
  number INTEGER PRIMARY KEY CHECK (number > 0),
  uid TEXT NOT NULL,
  card TEXT,
  name TEXT,
  salt BLOB CHECK (length(salt) = 16),
  CHECK ((card IS NULL) = (salt IS NULL) AND (name IS NULL) = (salt IS NULL))
) STRICT;

CREATE INDEX named_member_by_uid ON named_member (uid);

CREATE TRIGGER named_member_is_kept BEFORE DELETE ON named_member
BEGIN SELECT RAISE(ABORT, 'a named member is erased and never taken out'); END;

CREATE TRIGGER named_member_is_only_erased BEFORE UPDATE ON named_member
  WHEN NEW.number IS NOT OLD.number OR NEW.uid IS NOT OLD.uid OR NEW.salt IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a named member is only erased'); END;

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
  -- Empty where they are not known.
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

-- One sum a table over the rows of the tables above (seals.ts).
CREATE TABLE seal (
  name TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  sum TEXT NOT NULL,
  mac TEXT NOT NULL
) STRICT;
`;
