/**
 * The outbox, its attempts, the member directory, the call meter and the settings.
 *
 * Amounts of ours are integers in ten-thousandths (`_e4`), so that SQL sums them exactly; what KYBIO
 * answers may have any number of decimals and stays text. Shipped migrations are frozen.
 */
export const migration0001 = {
  version: 1,
  sql: `
CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE increment (
  id TEXT PRIMARY KEY,
  sequence INTEGER NOT NULL UNIQUE CHECK (sequence > 0),
  till TEXT NOT NULL,
  account_host TEXT NOT NULL,
  account_app_id TEXT NOT NULL,
  customer_uid TEXT NOT NULL,
  customer_number TEXT NOT NULL,
  customer_name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('top-up', 'award', 'reversal')),
  balance_increment_e4 INTEGER NOT NULL,
  point_increment_e4 INTEGER NOT NULL,
  data_change_time TEXT NOT NULL CHECK (data_change_time GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]'),
  cashier TEXT NOT NULL,
  note TEXT NOT NULL,
  request_id TEXT NOT NULL UNIQUE,
  created_at_ms INTEGER NOT NULL,
  store_day TEXT NOT NULL,
  corrects TEXT REFERENCES increment (id),
  body BLOB NOT NULL,
  signature TEXT NOT NULL,
  key_fingerprint TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'queued'
    CHECK (state IN ('queued', 'sending', 'confirmed', 'rejected', 'unknown', 'review', 'cancelled')),
  version INTEGER NOT NULL DEFAULT 1,
  touched INTEGER NOT NULL DEFAULT 0 CHECK (touched IN (0, 1)),
  cause TEXT,
  messages TEXT NOT NULL DEFAULT '[]',
  not_before_ms INTEGER NOT NULL DEFAULT 0,
  balance_before TEXT,
  balance_after TEXT,
  point_before TEXT,
  point_after TEXT,
  settled_at_ms INTEGER,
  CHECK (balance_increment_e4 <> 0 OR point_increment_e4 <> 0),
  UNIQUE (customer_uid, data_change_time)
) STRICT;

-- Whole, not partial: SQLite cannot see that "state = 'queued'" lies inside a partial index.
CREATE INDEX increment_by_state ON increment (state, sequence);
CREATE INDEX increment_by_end ON increment (settled_at_ms);
CREATE INDEX increment_by_day ON increment (store_day, sequence);
CREATE INDEX increment_by_member ON increment (customer_uid, sequence);

-- An entry is taken back once; a reversal that was refused or cancelled makes room for another.
CREATE UNIQUE INDEX increment_taken_back ON increment (corrects)
  WHERE corrects IS NOT NULL AND state NOT IN ('rejected', 'cancelled');

CREATE TRIGGER increment_is_frozen BEFORE UPDATE OF
  id, sequence, till, account_host, account_app_id, customer_uid, customer_number, customer_name, kind,
  balance_increment_e4, point_increment_e4, data_change_time, cashier, note, request_id, created_at_ms,
  store_day, corrects, body ON increment
BEGIN SELECT RAISE(ABORT, 'an increment never changes'); END;

CREATE TRIGGER increment_is_kept BEFORE DELETE ON increment
BEGIN SELECT RAISE(ABORT, 'an increment is never deleted'); END;

CREATE TABLE attempt (
  increment_id TEXT NOT NULL REFERENCES increment (id),
  number INTEGER NOT NULL CHECK (number > 0),
  started_at_ms INTEGER NOT NULL,
  baseline_balance TEXT,
  baseline_point TEXT,
  baseline_at_ms INTEGER,
  fresh_connection INTEGER NOT NULL CHECK (fresh_connection IN (0, 1)),
  phase TEXT NOT NULL DEFAULT 'connecting' CHECK (phase IN ('connecting', 'sent', 'answered')),
  reused_socket INTEGER CHECK (reused_socket IN (0, 1)),
  ended_at_ms INTEGER,
  outcome TEXT CHECK (outcome IN ('applied', 'rejected', 'not-applied', 'unknown')),
  cause TEXT,
  http_status INTEGER,
  failure TEXT,
  messages TEXT NOT NULL DEFAULT '[]',
  reply TEXT,
  PRIMARY KEY (increment_id, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER attempt_is_kept BEFORE DELETE ON attempt
BEGIN SELECT RAISE(ABORT, 'an attempt is never deleted'); END;

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
`,
} as const;
