import type { EntryState } from '../../../preload/contract/index.ts';

// SQL that finds entries by an index. Open entries share one, with state, member, day and sums; ended entries have one for
// each question.

export const isOpenState = (state: EntryState): boolean =>
  state === 'queued' || state === 'sending' || state === 'unknown' || state === 'review';

/** SQL: not ended. Queries for one of these states include it, so that SQLite can use the partial index. */
export const isOpen = "state IN ('queued', 'sending', 'unknown', 'review')";
/** SQL: ended. Included in the same way for the indexes of ended entries. */
export const isEnded = "state IN ('confirmed', 'rejected', 'cancelled')";

/** Part of a query by request id, besides the entry whose id derives from it. */
export const hasIdOfItsOwn = 'is_id_of_request = 0';

/** SQL for the sequences of a member's entries, by the entries alone, since rows of customers may be altered; `uid` is SQL. */
export const entriesOfMember = (uid: string, of = ''): string =>
  `SELECT sequence FROM increment INDEXED BY increment_ended_of WHERE customer_uid = ${uid} AND ${isEnded}${of}
   UNION ALL SELECT sequence FROM increment INDEXED BY increment_open WHERE customer_uid = ${uid} AND ${isOpen}${of}`;
/** The same for one customer, which is a member with a card and a name; `number` is SQL. */
export const entriesOfCustomer = (number: string): string =>
  entriesOfMember(`(SELECT uid FROM customer WHERE number = ${number})`, ` AND customer = ${number}`);

/** SQL for a day's entries; `day` is SQL. */
export const entriesOfDay = (day: string): string =>
  `SELECT * FROM increment INDEXED BY increment_ended_on WHERE store_day = ${day} AND ${isEnded}
   UNION ALL SELECT * FROM increment INDEXED BY increment_open WHERE store_day = ${day} AND ${isOpen}`;

/** SQL for the sequence of a member's entry of a second; `uid` and `second` are SQL. */
export const entryOfSecond = (uid: string, second: string): string =>
  `SELECT sequence FROM increment INDEXED BY increment_ended_at
   WHERE data_change_time = ${second} AND customer_uid = ${uid} AND ${isEnded}
   UNION ALL SELECT sequence FROM increment INDEXED BY increment_open
   WHERE customer_uid = ${uid} AND data_change_time = ${second} AND ${isOpen}`;

/** SQL: when the last attempt of a member's entries ended. */
export const lastEndOfMember = (uid: string): string =>
  `SELECT MAX(endedAtMs) AS endedAtMs FROM (
     SELECT MAX(last_end_ms) AS endedAtMs FROM increment INDEXED BY increment_ended_of
     WHERE customer_uid = ${uid} AND ${isEnded}
     UNION ALL SELECT MAX(last_end_ms) FROM increment INDEXED BY increment_open
     WHERE customer_uid = ${uid} AND ${isOpen})`;
