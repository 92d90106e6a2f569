/**
 * Entries and attempts as tables, for queries by state, day or member: a view of the journal. Nothing is sent or decided
 * on it alone. The conditions of partial indexes stand in queries word for word (`main/ledger/tables/entry-lookups.ts`).
 */
export const entriesSql = `
CREATE TABLE increment (
  sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
  id TEXT NOT NULL UNIQUE,
  till TEXT NOT NULL,
  customer INTEGER NOT NULL,
  customer_uid TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('top-up', 'award', 'reversal')),
  balance_increment_e4 INTEGER NOT NULL,
  point_increment_e4 INTEGER NOT NULL,
  data_change_time TEXT NOT NULL
    CHECK (data_change_time GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]'),
  cashier TEXT NOT NULL,
  note TEXT NOT NULL,
  request_id TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  store_day TEXT NOT NULL,
  corrects TEXT,
  tender TEXT,
  given_e4 INTEGER,
  bonus_e4 INTEGER,
  purchase_e4 INTEGER,
  reason TEXT,
  rules_version INTEGER,
  rule TEXT,
  approved_by TEXT,
  bonus_let_go_e4 INTEGER,
  rule_id TEXT,
  origin_till TEXT,
  origin_epoch TEXT,
  origin_number INTEGER,
  person_id TEXT,
  state TEXT NOT NULL
    CHECK (state IN ('queued', 'sending', 'confirmed', 'rejected', 'unknown', 'review', 'cancelled')),
  version INTEGER NOT NULL,
  touched INTEGER NOT NULL CHECK (touched IN (0, 1)),
  cause TEXT,
  messages TEXT NOT NULL,
  balance_before TEXT,
  balance_after TEXT,
  point_before TEXT,
  point_after TEXT,
  settled_at_ms INTEGER,
  acknowledged INTEGER NOT NULL CHECK (acknowledged IN (0, 1)),
  is_id_of_request INTEGER NOT NULL CHECK (is_id_of_request IN (0, 1)),
  last_end_ms INTEGER,
  CHECK (balance_increment_e4 <> 0 OR point_increment_e4 <> 0)
) STRICT;

CREATE INDEX increment_by_end ON increment (settled_at_ms) WHERE settled_at_ms IS NOT NULL;
-- Each page that an entry is written to delays the cashier: while open, it is in the indexes of ids and of open entries only.
CREATE INDEX increment_ended_on ON increment (store_day)
  WHERE state IN ('confirmed', 'rejected', 'cancelled');
CREATE INDEX increment_ended_of ON increment (customer_uid, last_end_ms, customer)
  WHERE state IN ('confirmed', 'rejected', 'cancelled');
CREATE INDEX increment_ended_at ON increment (data_change_time, customer_uid)
  WHERE state IN ('confirmed', 'rejected', 'cancelled');
CREATE UNIQUE INDEX increment_by_request ON increment (request_id) WHERE is_id_of_request = 0;

-- Few of years of entries, with the columns that are summed. No index by state includes the confirmed ones: SQLite would
-- prefer it for a member's entries.
CREATE INDEX increment_open ON increment (state, customer_uid, store_day, balance_increment_e4, point_increment_e4)
  WHERE state IN ('queued', 'sending', 'unknown', 'review');
CREATE INDEX increment_refused ON increment (settled_at_ms) WHERE state = 'rejected';
CREATE INDEX increment_unacknowledged ON increment (sequence) WHERE state = 'rejected' AND acknowledged = 0;

-- An entry is taken back once; a refused or cancelled reversal does not count.
CREATE UNIQUE INDEX increment_taken_back ON increment (corrects)
  WHERE corrects IS NOT NULL AND state NOT IN ('rejected', 'cancelled');

-- KYBIO takes a member's second once. No one index has what is open and what has ended.
CREATE TRIGGER increment_second_is_free BEFORE INSERT ON increment
WHEN EXISTS (
  SELECT sequence FROM increment INDEXED BY increment_ended_at
  WHERE data_change_time = NEW.data_change_time AND customer_uid = NEW.customer_uid
    AND state IN ('confirmed', 'rejected', 'cancelled')
  UNION ALL SELECT sequence FROM increment INDEXED BY increment_open
  WHERE customer_uid = NEW.customer_uid AND data_change_time = NEW.data_change_time
    AND state IN ('queued', 'sending', 'unknown', 'review')
)
BEGIN SELECT RAISE(ABORT, 'the member has an entry of this second'); END;

CREATE TABLE attempt (
  entry INTEGER NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  started_at_ms INTEGER NOT NULL,
  baseline_balance TEXT,
  baseline_point TEXT,
  baseline_at_ms INTEGER,
  phase TEXT NOT NULL CHECK (phase IN ('connecting', 'sent', 'answered')),
  ended_at_ms INTEGER,
  outcome TEXT CHECK (outcome IN ('applied', 'rejected', 'not-applied', 'unknown')),
  cause TEXT,
  messages TEXT NOT NULL,
  PRIMARY KEY (entry, number)
) STRICT, WITHOUT ROWID;

-- Whom entries are for, each combination once: a million entries have some thousand customers, so that names are searched
-- among these, and an entry has a number for three texts.
CREATE TABLE customer (
  number INTEGER PRIMARY KEY,
  uid TEXT NOT NULL,
  card TEXT NOT NULL,
  name TEXT NOT NULL,
  UNIQUE (uid, card, name)
) STRICT;

-- Counts and sums of ended entries by day and state, and of all days (main/ledger/shown/tally.ts).
CREATE TABLE tally (
  store_day TEXT NOT NULL,
  state TEXT NOT NULL,
  entries INTEGER NOT NULL,
  balance_e4 INTEGER NOT NULL,
  point_e4 INTEGER NOT NULL,
  PRIMARY KEY (store_day, state)
) STRICT, WITHOUT ROWID;
`;
