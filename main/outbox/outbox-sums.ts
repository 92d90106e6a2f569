import { addAmounts, type EntryState, type EntrySums, zeroAmount } from '../../preload/contract/index.ts';
import type { Db } from '../database/open.ts';
import type { Clock } from '../ports.ts';
import { isOpen } from './entry-tables.ts';
import { isUnacknowledged } from './rows.ts';
import { fromScaled } from './scaled.ts';
import { daysAround, isIn, type Moments } from './shown-day.ts';
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

/** Sums of the outbox, exactly added by SQL over integers; those of all members are kept (`tally.ts`). */
export interface OutboxSums {
  /** On its way, of the whole till. */
  waiting(): EntrySums;
  /** Of one member of this account. */
  sumsOfMember(customerUid: string): MemberSums;
  /** Of a day of the calendar, or of one that lies between these moments. */
  sumsOfDay(day: string, moments?: Moments | null): DaySums;
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

function stateOf(rows: readonly StateRow[], state: EntryState): EntrySums {
  const row = rows.find((candidate) => candidate.state === state);
  return row === undefined ? none : toSums(row);
}

function byState(rows: readonly StateRow[]): MemberSums {
  const of = (state: EntryState) => stateOf(rows, state);
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
  const kept = db.prepare(
    `SELECT state, entries, CAST(balance_e4 AS TEXT) AS balance, CAST(point_e4 AS TEXT) AS point
     FROM tally WHERE store_day = ?`,
  );
  const keptOf = (day: string) => kept.all(day) as StateRow[];
  const ofThisAccount = 'i.account IN (SELECT number FROM account WHERE host = @host AND app_id = @appId)';
  // Apart, each by its index of few entries.
  const ofMember = db.prepare(
    `SELECT i.state, ${sumColumns} FROM increment i INDEXED BY increment_open
     WHERE i.customer_uid = @uid AND ${ofThisAccount} AND i.${isOpen} GROUP BY i.state
     UNION ALL SELECT i.state, ${sumColumns} FROM increment i INDEXED BY increment_unacknowledged
     WHERE i.customer_uid = @uid AND ${ofThisAccount} AND ${isUnacknowledged} GROUP BY i.state`,
  );
  // Of all that is shown of a day this alone is added up anew each time: some hundred entries, found by their days.
  const confirmedWithin = db.prepare(
    `SELECT ${sumColumns} FROM increment i INDEXED BY increment_by_day WHERE i.store_day IN (@before, @day, @after)
       AND i.created_at_ms >= @fromMs AND i.created_at_ms < @beforeMs AND i.state = 'confirmed'`,
  );
  const doneWithin = (around: string, moments: Moments): EntrySums => {
    const [before, day, after] = daysAround(around);
    return toSums(confirmedWithin.get({ before, day, after, ...moments }) as SumRow);
  };
  const refused = db.prepare(
    `SELECT 1 AS entries, CAST(i.balance_increment_e4 AS TEXT) AS balance,
       CAST(i.point_increment_e4 AS TEXT) AS point, i.settled_at_ms, ${isUnacknowledged} AS unacknowledged
     FROM increment i WHERE i.sequence IN (SELECT sequence FROM increment INDEXED BY increment_refused
         WHERE settled_at_ms > ? AND state = 'rejected'
       UNION SELECT sequence FROM increment WHERE state = 'rejected' AND acknowledged = 0)`,
  );
  return {
    waiting: () => byState(keptOf('')).waiting,
    sumsOfMember: (uid) =>
      byState(ofMember.all({ uid, host: identity.accountHost, appId: identity.accountAppId }) as StateRow[]),
    sumsOfDay: (day, moments = null) => {
      const isOfDay = ({ settled_at_ms: atMs }: RefusedRow) =>
        atMs !== null && isIn({ day, moments }, atMs, identity.storeTimeZone);
      const since = moments === null ? clock.nowMs() - LONGEST_DAY_MS : moments.fromMs - 1;
      const rows = refused.all(since) as RefusedRow[];
      return {
        // What is refused is told apart: not all days' are for today.
        ...byState(keptOf('')),
        done: moments === null ? stateOf(keptOf(day), 'confirmed') : doneWithin(day, moments),
        refused: rows
          .filter((row) => row.unacknowledged === 1 || isOfDay(row))
          .map(toSums)
          .reduce(plus, none),
        unacknowledged: rows.filter((row) => row.unacknowledged === 1).length,
      };
    },
  };
}
