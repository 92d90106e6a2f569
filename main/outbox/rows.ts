import {
  type Amount,
  amount,
  type EntryCause,
  type EntryKind,
  type EntryState,
} from '../../preload/contract/index.ts';
import { fromScaled } from './scaled.ts';
import type { Increment } from './types.ts';

/** Refused, and nobody has acknowledged it. */
export const isUnacknowledged = "(i.state = 'rejected' AND i.acknowledged = 0)";

/**
 * Every column of an increment, with sums as exact text. What corrects an entry that was taken
 * back already names it by its doubt.
 */
export const incrementColumns = `
  i.id, i.sequence, COALESCE(account.till, '') AS till,
  COALESCE(account.host, '') AS account_host, COALESCE(account.app_id, '') AS account_app_id, i.customer_uid, i.customer_number, i.customer_name,
  i.kind, CAST(i.balance_increment_e4 AS TEXT) AS balance_increment_e4,
  CAST(i.point_increment_e4 AS TEXT) AS point_increment_e4, i.data_change_time, i.cashier, i.note, i.request_id,
  i.created_at_ms, i.store_day, i.corrects, i.state, i.version, i.touched, i.cause, i.messages, i.not_before_ms,
  i.balance_before, i.balance_after, i.point_before, i.point_after, i.settled_at_ms,
  (SELECT COUNT(*) FROM attempt a WHERE a.entry = i.sequence) AS attempts,
  (SELECT c.sequence FROM increment c WHERE c.id = COALESCE(i.corrects, CASE WHEN i.request_id GLOB 'correct:*'
    THEN (SELECT d.increment_id FROM doubt d WHERE d.id = substr(i.request_id, 9, 36)) END)) AS corrects_sequence,
  (SELECT (r.balance_increment_e4 = -i.balance_increment_e4 AND r.point_increment_e4 = -i.point_increment_e4)
      || ' ' || r.state || ' ' || r.sequence FROM increment r
    WHERE r.corrects = i.id AND r.state NOT IN ('rejected', 'cancelled')) AS corrected_by,
  ${isUnacknowledged} AS unacknowledged`;

/** Where those are read from; an entry whose account somebody took out is altered, and not gone. */
export const incrementTables = 'increment i LEFT JOIN account ON account.number = i.account';

export interface IncrementRow {
  readonly id: string;
  readonly sequence: number;
  readonly till: string;
  readonly account_host: string;
  readonly account_app_id: string;
  readonly customer_uid: string;
  readonly customer_number: string;
  readonly customer_name: string;
  readonly kind: string;
  readonly balance_increment_e4: string;
  readonly point_increment_e4: string;
  readonly data_change_time: string;
  readonly cashier: string;
  readonly note: string;
  readonly request_id: string;
  readonly created_at_ms: number;
  readonly store_day: string;
  readonly corrects: string | null;
  readonly state: string;
  readonly version: number;
  readonly touched: number;
  readonly cause: string | null;
  readonly messages: string;
  readonly not_before_ms: number;
  readonly balance_before: string | null;
  readonly balance_after: string | null;
  readonly point_before: string | null;
  readonly point_after: string | null;
  readonly settled_at_ms: number | null;
  readonly attempts: number;
  readonly corrects_sequence: number | null;
  /** State and sequence of the entry that takes this one back. */
  readonly corrected_by: string | null;
  readonly unacknowledged: number;
}

/** A damaged text is as if there were none: the journal tells of the damage, and the till goes on. */
export function readMessages(text: string): readonly string[] {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.map(String) : [];
  } catch {
    return [];
  }
}

/** What was missing and is credited again corrects an entry too, and takes nothing back. */
function takenBackOf(correctedBy: string | null): Increment['takenBack'] {
  const [isOpposite, state, sequence] = correctedBy?.split(' ') ?? [];
  return isOpposite !== '1' ? null : { state: state as EntryState, sequence: Number(sequence) };
}

const optional = (text: string | null): Amount | null => (text === null ? null : amount(text));

export function toIncrement(row: IncrementRow): Increment {
  return {
    id: row.id,
    sequence: row.sequence,
    till: row.till,
    accountHost: row.account_host,
    accountAppId: row.account_app_id,
    customerUid: row.customer_uid,
    customerNumber: row.customer_number,
    customerName: row.customer_name,
    kind: row.kind as EntryKind,
    balanceIncrement: fromScaled(row.balance_increment_e4),
    pointIncrement: fromScaled(row.point_increment_e4),
    dataChangeTime: row.data_change_time,
    cashier: row.cashier,
    note: row.note,
    requestId: row.request_id,
    createdAtMs: row.created_at_ms,
    storeDay: row.store_day,
    corrects: row.corrects,
    state: row.state as EntryState,
    version: row.version,
    touched: row.touched === 1,
    cause: row.cause as EntryCause | null,
    messages: readMessages(row.messages),
    notBeforeMs: row.not_before_ms,
    balanceBefore: optional(row.balance_before),
    balanceAfter: optional(row.balance_after),
    pointBefore: optional(row.point_before),
    pointAfter: optional(row.point_after),
    settledAtMs: row.settled_at_ms,
    attempts: row.attempts,
    correctsSequence: row.corrects_sequence,
    takenBack: takenBackOf(row.corrected_by),
    corrected: row.corrected_by !== null,
    unacknowledged: row.unacknowledged === 1,
  };
}
