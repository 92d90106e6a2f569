import type { Db } from '../../kernel/database/open.ts';
import type { AttemptRow, RecordedEntry } from '../entry-types.ts';
import { idOfRequest } from '../short-id.ts';
import { entryOfSecond, hasIdOfItsOwn } from './entry-lookups.ts';
import { besideColumns, type Column, changingColumns, frozenColumns, scaledColumns } from './fact-columns.ts';

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

/** Outer joins: an entry whose customer was deleted is altered, not gone. */
export const entrySource = `increment i LEFT JOIN customer c
  ON c.number = i.customer AND c.uid = i.customer_uid`;

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
  const attempts = db.prepare(attemptsOfEntry);
  const placeOf = (name: string) => (scaledColumns.has(name) ? 'CAST(? AS INTEGER)' : '?');
  const insertEntry = db.prepare(
    `INSERT INTO increment (customer, last_end_ms, is_id_of_request, ${written.join(', ')})
     SELECT c.number, ?, ?, ${written.map(placeOf).join(', ')} FROM customer c
     WHERE c.uid = ? AND c.card = ? AND c.name = ?`,
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
    const customer = [entry.customer_uid, entry.customer_number, entry.customer_name];
    const values = [
      lastEndOf(entry),
      isIdOfRequest(entry),
      ...written.map((name) => entry[name]),
      ...customer,
    ];
    // The first of a customer.
    if (insertEntry.run(...values).changes === 0) {
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
