import { addAmounts, type EntryState, type EntrySums, zeroAmount } from '../../preload/contract/index.ts';
import type { Db } from '../database/open.ts';
import type { Clock } from '../ports.ts';
import { isUnacknowledged } from './rows.ts';
import { fromScaled } from './scaled.ts';
import { storeDay } from './store-time.ts';
import type { OutboxIdentity } from './types.ts';

/** What has not ended, by what a person must know of it. */
export interface OpenSums {
  /** On its way: queued and sending. */
  readonly waiting: EntrySums;
  /** Answer lost; it may be at KYBIO already. */
  readonly checking: EntrySums;
  /** For a manager. */
  readonly review: EntrySums;
}

export interface MemberSums extends OpenSums {
  /** Refused by KYBIO, and nobody has acknowledged it. */
  readonly refused: EntrySums;
}

export interface DaySums extends OpenSums {
  /** Entered on the day and confirmed; a reversal takes its sum off. */
  readonly done: EntrySums;
  /** Refused on the day, or not acknowledged. */
  readonly refused: EntrySums;
  /** How many refusals of any day nobody has acknowledged. */
  readonly unacknowledged: number;
}

/** Sums of the outbox, exactly added by SQL over integers. */
export interface OutboxSums {
  /** On its way, of the whole till. */
  waiting(): EntrySums;
  /** Of one member of this account. */
  sumsOfMember(customerUid: string): MemberSums;
  sumsOfDay(day: string): DaySums;
}

const none: EntrySums = { entries: 0, balance: zeroAmount, point: zeroAmount };

/** With the hour that summer time's end adds. */
export const LONGEST_DAY_MS = 25 * 3_600_000;

const sumColumns = `COUNT(*) AS entries, CAST(COALESCE(SUM(i.balance_increment_e4), 0) AS TEXT) AS balance,
  CAST(COALESCE(SUM(i.point_increment_e4), 0) AS TEXT) AS point`;

interface SumRow {
  readonly entries: number;
  readonly balance: string;
  readonly point: string;
}

const toSums = (row: SumRow): EntrySums => ({
  entries: row.entries,
  balance: fromScaled(row.balance),
  point: fromScaled(row.point),
});

const plus = (left: EntrySums, right: EntrySums): EntrySums => ({
  entries: left.entries + right.entries,
  balance: addAmounts(left.balance, right.balance),
  point: addAmounts(left.point, right.point),
});

type StateRow = SumRow & { readonly state: EntryState };

function byState(rows: readonly StateRow[]): MemberSums {
  const of = (state: EntryState): EntrySums => {
    const row = rows.find((candidate) => candidate.state === state);
    return row === undefined ? none : toSums(row);
  };
  return {
    waiting: plus(of('queued'), of('sending')),
    checking: of('unknown'),
    review: of('review'),
    refused: of('rejected'),
  };
}

interface RefusedRow extends SumRow {
  readonly settled_at_ms: number | null;
  readonly unacknowledged: number;
}

export function createOutboxSums(db: Db, identity: OutboxIdentity, clock: Clock): OutboxSums {
  const open = "i.state IN ('queued', 'sending', 'unknown', 'review')";
  const ofTill = db.prepare(`SELECT i.state, ${sumColumns} FROM increment i WHERE ${open} GROUP BY i.state`);
  const ofMember = db.prepare(
    `SELECT i.state, ${sumColumns} FROM increment i
     WHERE i.customer_uid = ? AND i.account IN (SELECT number FROM account WHERE host = ? AND app_id = ?) AND (${open} OR ${isUnacknowledged})
     GROUP BY i.state`,
  );
  const waiting = db.prepare(`SELECT ${sumColumns} FROM increment i WHERE i.state IN ('queued', 'sending')`);
  const done = db.prepare(
    `SELECT ${sumColumns} FROM increment i WHERE i.store_day = ? AND i.state = 'confirmed'`,
  );
  const refused = db.prepare(
    `SELECT 1 AS entries, CAST(i.balance_increment_e4 AS TEXT) AS balance,
       CAST(i.point_increment_e4 AS TEXT) AS point, i.settled_at_ms, ${isUnacknowledged} AS unacknowledged
     FROM increment i WHERE i.state = 'rejected' AND (i.settled_at_ms > ? OR ${isUnacknowledged})`,
  );
  return {
    waiting: () => toSums(waiting.get() as SumRow),
    sumsOfMember: (customerUid) =>
      byState(ofMember.all(customerUid, identity.accountHost, identity.accountAppId) as StateRow[]),
    sumsOfDay: (day) => {
      const isOfDay = ({ settled_at_ms: atMs }: RefusedRow) =>
        atMs !== null && storeDay(atMs, identity.storeTimeZone) === day;
      const rows = refused.all(clock.nowMs() - LONGEST_DAY_MS) as RefusedRow[];
      return {
        ...byState(ofTill.all() as StateRow[]),
        done: toSums(done.get(day) as SumRow),
        refused: rows
          .filter((row) => row.unacknowledged === 1 || isOfDay(row))
          .map(toSums)
          .reduce(plus, none),
        unacknowledged: rows.filter((row) => row.unacknowledged === 1).length,
      };
    },
  };
}
