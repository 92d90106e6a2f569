import type { Db } from '../../kernel/database/open.ts';
import type { AttemptRow, RecordedEntry } from '../entry-types.ts';
import { idOfRequest } from '../short-id.ts';
import { tallySchema } from '../shown/tally.ts';
import { entryOfSecond, hasIdOfItsOwn, isEnded, isOpen } from './entry-lookups.ts';
import {
  besideColumns,
  type Column,
  changingColumns,
  columnLines,
  frozenColumns,
  scaledColumns,
} from './fact-columns.ts';

const sequenceAndId = columnLines.slice(0, 2);
const otherColumns = columnLines.slice(2);

/**
 * Entries and attempts as tables, for queries by state, day or member: a view of the journal, rebuilt from it at any
 * time. Nothing is sent or decided on it alone.
 */
export const entryTablesSchema = `
CREATE TABLE account (
  number INTEGER PRIMARY KEY,
  till TEXT NOT NULL,
  host TEXT NOT NULL,
  app_id TEXT NOT NULL,
  UNIQUE (host, app_id, till)
) STRICT;

CREATE TABLE increment (
  ${sequenceAndId.join(',\n  ')},
  account INTEGER NOT NULL,
  customer INTEGER NOT NULL,
  ${otherColumns.join(',\n  ')},
  is_id_of_request INTEGER NOT NULL CHECK (is_id_of_request IN (0, 1)),
  last_end_ms INTEGER,
  CHECK (balance_increment_e4 <> 0 OR point_increment_e4 <> 0)
) STRICT;

CREATE INDEX increment_by_end ON increment (settled_at_ms) WHERE settled_at_ms IS NOT NULL;
-- Each page that an entry is written to delays the cashier: while open, it is in the indexes of ids and of open entries only.
CREATE INDEX increment_ended_on ON increment (store_day) WHERE ${isEnded};
CREATE INDEX increment_ended_of ON increment (customer_uid, last_end_ms, customer) WHERE ${isEnded};
CREATE INDEX increment_ended_at ON increment (data_change_time, customer_uid) WHERE ${isEnded};
CREATE UNIQUE INDEX increment_by_request ON increment (request_id) WHERE ${hasIdOfItsOwn};

-- Few of years of entries, with the columns that are summed. No index by state includes the confirmed ones: SQLite would
-- prefer it for a member's entries.
CREATE INDEX increment_open ON increment (state, customer_uid, store_day, balance_increment_e4, point_increment_e4)
  WHERE ${isOpen};
CREATE INDEX increment_refused ON increment (settled_at_ms) WHERE state = 'rejected';
CREATE INDEX increment_unacknowledged ON increment (sequence) WHERE state = 'rejected' AND acknowledged = 0;

-- An entry is taken back once; a refused or cancelled reversal does not count.
CREATE UNIQUE INDEX increment_taken_back ON increment (corrects)
  WHERE corrects IS NOT NULL AND state NOT IN ('rejected', 'cancelled');

-- KYBIO takes a member's second once. No one index has what is open and what has ended.
CREATE TRIGGER increment_second_is_free BEFORE INSERT ON increment
WHEN EXISTS (${entryOfSecond('NEW.customer_uid', 'NEW.data_change_time')})
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
  reply_mark TEXT,
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
${tallySchema}`;

const entryColumns = [...frozenColumns, ...changingColumns];

const attemptColumns = [
  'number',
  'started_at_ms',
  'baseline_balance',
  'baseline_point',
  'baseline_at_ms',
  'phase',
  'ended_at_ms',
  'outcome',
  'cause',
  'messages',
  'reply_mark',
] as const satisfies readonly (keyof AttemptRow)[];

/** All columns of an entry, from `entrySource`. */
export const entrySelection = entryColumns
  .map((name) => {
    // As text: a number is rounded above 2^53.
    if (scaledColumns.has(name)) return `CAST(i.${name} AS TEXT) AS ${name}`;
    const beside = besideColumns.get(name);
    return beside === undefined ? `i.${name}` : `${beside} AS ${name}`;
  })
  .join(', ');

/** Outer joins: an entry whose account or customer was deleted is altered, not gone. */
export const entrySource = `increment i LEFT JOIN account a ON a.number = i.account
  LEFT JOIN customer c ON c.number = i.customer AND c.uid = i.customer_uid`;

export const attemptsOfEntry = `SELECT ${attemptColumns.join(', ')} FROM attempt WHERE entry = ? ORDER BY number`;

/** Columns of `increment` itself. */
const written = entryColumns.filter((name) => !besideColumns.has(name));

/** When the entry's last attempt ended; stored, so that an index finds a member's newest. */
function lastEndOf({ attempts }: RecordedEntry): number | null {
  const ends = attempts.flatMap(({ ended_at_ms: endedAtMs }) => (endedAtMs === null ? [] : [endedAtMs]));
  return ends.length === 0 ? null : Math.max(...ends);
}

const isIdOfRequest = (entry: Pick<RecordedEntry, 'id' | 'request_id'>): 0 | 1 =>
  entry.id === idOfRequest(entry.request_id) ? 1 : 0;

/** The entry tables, row by row. Writing belongs inside the transaction that appends the event. */
export interface EntryTables {
  /** Null if it is not there. */
  bySequence(sequence: number): RecordedEntry | null;
  byId(id: string): RecordedEntry | null;
  /**
   * Whether the columns that serve queries alone are right: the last end, and whether the id derives from the request.
   */
  isFoundRightly(entry: Pick<RecordedEntry, 'sequence' | 'id' | 'request_id'>): boolean;
  insert(entry: RecordedEntry): void;
  /** `before` is what the tables hold. */
  update(before: RecordedEntry, after: RecordedEntry): void;
  /** Replaces whatever is there; null deletes. */
  replace(sequence: number, entry: RecordedEntry | null): void;
  /** Deletes whatever holds this entry's unique keys under another sequence. */
  clearPlaceOf(entry: RecordedEntry): void;
}

export function createEntryTables(db: Db): EntryTables {
  const one = db.prepare(`SELECT ${entrySelection} FROM ${entrySource} WHERE i.sequence = ?`);
  const oneById = db.prepare(`SELECT ${entrySelection} FROM ${entrySource} WHERE i.id = ?`);
  const insertAccount = db.prepare('INSERT OR IGNORE INTO account (host, app_id, till) VALUES (?, ?, ?)');
  const attempts = db.prepare(attemptsOfEntry);
  const placeOf = (name: string) => (scaledColumns.has(name) ? 'CAST(? AS INTEGER)' : '?');
  const insertEntry = db.prepare(
    `INSERT INTO increment (account, customer, last_end_ms, is_id_of_request, ${written.join(', ')})
     SELECT a.number, c.number, ?, ?, ${written.map(placeOf).join(', ')} FROM account a, customer c
     WHERE a.host = ? AND a.app_id = ? AND a.till = ? AND c.uid = ? AND c.card = ? AND c.name = ?`,
  );
  const updateEntry = db.prepare(
    `UPDATE increment SET last_end_ms = ?, ${changingColumns.map((name) => `${name} = ${placeOf(name)}`).join(', ')} WHERE sequence = ?`,
  );
  const foundRightly = db.prepare(
    `SELECT 1 AS found FROM increment WHERE sequence = ? AND is_id_of_request = ?
       AND last_end_ms IS (SELECT MAX(ended_at_ms) FROM attempt WHERE entry = sequence)`,
  );
  const insertCustomer = db.prepare('INSERT OR IGNORE INTO customer (uid, card, name) VALUES (?, ?, ?)');
  const writeAttempt = db.prepare(
    `INSERT OR REPLACE INTO attempt (entry, ${attemptColumns.join(', ')})
     VALUES (?, ${attemptColumns.map(() => '?').join(', ')})`,
  );
  const removeEntry = db.prepare('DELETE FROM increment WHERE sequence = ?');
  const removeAttempts = db.prepare('DELETE FROM attempt WHERE entry = ?');
  const attemptOf = (sequence: number, attempt: AttemptRow) =>
    void writeAttempt.run(sequence, ...attemptColumns.map((name) => attempt[name]));
  const whole = (row: unknown): RecordedEntry | null => {
    if (row === undefined) return null;
    const entry = row as Omit<RecordedEntry, 'attempts'>;
    return { ...entry, attempts: attempts.all(entry.sequence) as AttemptRow[] };
  };
  const insert = (entry: RecordedEntry): void => {
    const account = [entry.account_host, entry.account_app_id, entry.till];
    const customer = [entry.customer_uid, entry.customer_number, entry.customer_name];
    const values = [
      lastEndOf(entry),
      isIdOfRequest(entry),
      ...written.map((name) => entry[name]),
      ...account,
      ...customer,
    ];
    // The first of an account or a customer.
    if (insertEntry.run(...values).changes === 0) {
      insertAccount.run(...account);
      insertCustomer.run(...customer);
      insertEntry.run(...values);
    }
    for (const attempt of entry.attempts) attemptOf(entry.sequence, attempt);
  };
  const clear = db.prepare(
    `DELETE FROM increment WHERE id = @id OR (request_id = @request_id AND ${hasIdOfItsOwn})
       OR sequence IN (${entryOfSecond('@customer_uid', '@data_change_time')})`,
  );
  return {
    bySequence: (sequence) => whole(one.get(sequence)),
    byId: (id) => whole(oneById.get(id)),
    isFoundRightly: (entry) => foundRightly.get(entry.sequence, isIdOfRequest(entry)) !== undefined,
    insert,
    update: (before, after) => {
      updateEntry.run(lastEndOf(after), ...changingColumns.map((name) => after[name]), after.sequence);
      for (const attempt of after.attempts)
        if (!before.attempts.includes(attempt)) attemptOf(after.sequence, attempt);
    },
    replace: (sequence, entry) => {
      removeEntry.run(sequence);
      removeAttempts.run(sequence);
      if (entry !== null) insert(entry);
    },
    clearPlaceOf: ({ id, request_id, customer_uid, data_change_time }) =>
      void clear.run({ id, request_id, customer_uid, data_change_time }),
  };
}

const same = (left: Readonly<Record<string, unknown>>, right: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(left).every((name) => Object.is(left[name], right[name]));

/** Which part of the tables differs from the journal; null if none. */
export function disagreement(
  recorded: RecordedEntry,
  found: RecordedEntry,
): 'facts' | 'state' | 'attempts' | null {
  const differs = (names: readonly Column[]) => names.some((name) => !Object.is(recorded[name], found[name]));
  if (differs(frozenColumns)) return 'facts';
  if (differs(changingColumns)) return 'state';
  const isSame =
    recorded.attempts.length === found.attempts.length &&
    recorded.attempts.every((attempt, index) => same({ ...attempt }, { ...found.attempts[index] }));
  return isSame ? null : 'attempts';
}
