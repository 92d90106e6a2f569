import type { EntryState } from '../../../preload/contract/index.ts';

// How an index leads to entries, in SQL: what is open has one, in which states, members, days and sums lie together, and
// what has ended has one for each question.

/** Has not ended. */
export const isOpenState = (state: EntryState): boolean =>
  state === 'queued' || state === 'sending' || state === 'unknown' || state === 'review';

/** Has not ended, in SQL. Who asks for one of these states says this too: so SQLite knows that its index has them all. */
export const isOpen = "state IN ('queued', 'sending', 'unknown', 'review')";
/** Has ended; said as well, whatever else is asked, where its indexes are meant. */
export const isEnded = "state IN ('confirmed', 'rejected', 'cancelled')";

/** Whoever looks for an entry by its request asks this too, beside the entry whose id is made of it. */
export const hasIdOfItsOwn = 'is_id_of_request = 0';

/** The sequences of a customer's entries, and of all customers of a member; `number` and `uid` are SQL. */
export const entriesOfCustomer = (number: string): string =>
  `SELECT sequence FROM increment INDEXED BY increment_ended_of WHERE customer = ${number} AND ${isEnded}
   UNION ALL SELECT sequence FROM increment INDEXED BY increment_open
   WHERE customer_uid = (SELECT uid FROM customer WHERE number = ${number}) AND customer = ${number} AND ${isOpen}`;
export const entriesOfMember = (uid: string): string =>
  `SELECT sequence FROM increment INDEXED BY increment_ended_of
   WHERE customer IN (SELECT number FROM customer WHERE uid = ${uid}) AND ${isEnded}
   UNION ALL SELECT sequence FROM increment INDEXED BY increment_open WHERE customer_uid = ${uid} AND ${isOpen}`;

/** A day's entries; `day` is SQL. */
export const entriesOfDay = (day: string): string =>
  `SELECT * FROM increment INDEXED BY increment_ended_on WHERE store_day = ${day} AND ${isEnded}
   UNION ALL SELECT * FROM increment INDEXED BY increment_open WHERE store_day = ${day} AND ${isOpen}`;

/** The sequence of the member's entry of a second; `uid` and `second` are SQL. */
export const entryOfSecond = (uid: string, second: string): string =>
  `SELECT sequence FROM increment INDEXED BY increment_ended_at
   WHERE data_change_time = ${second} AND customer_uid = ${uid} AND ${isEnded}
   UNION ALL SELECT sequence FROM increment INDEXED BY increment_open
   WHERE customer_uid = ${uid} AND data_change_time = ${second} AND ${isOpen}`;

/** The newest day that has entries, in SQL. */
export const newestDay = `(SELECT MAX(store_day) FROM (
  SELECT MAX(store_day) AS store_day FROM increment INDEXED BY increment_ended_on WHERE ${isEnded}
  UNION ALL SELECT MAX(store_day) FROM increment INDEXED BY increment_open WHERE ${isOpen}))`;

/** When an attempt of a member's entries ended last, in SQL. */
export const lastEndOfMember = (uid: string): string =>
  `SELECT MAX(endedAtMs) AS endedAtMs FROM (
     SELECT (SELECT MAX(last_end_ms) FROM increment INDEXED BY increment_ended_of
       WHERE customer = c.number AND ${isEnded}) AS endedAtMs FROM customer c WHERE c.uid = ${uid}
     UNION ALL SELECT MAX(last_end_ms) FROM increment INDEXED BY increment_open
       WHERE customer_uid = ${uid} AND ${isOpen})`;
