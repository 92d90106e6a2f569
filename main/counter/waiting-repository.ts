import type { Amount } from '../../preload/contract/index.ts';
import type { Db } from '../kernel/database/open.ts';
import { fromScaled, toScaled } from '../kernel/scaled.ts';
import { entriesOfMember, isOpen } from '../ledger/tables/index.ts';
import type { Sums } from '../sending/index.ts';

/** What limits a new credit: credits that KYBIO cannot know of yet. */
export interface WaitingCredit {
  /** The till's, and the member's among them; reversals do not reduce either. */
  readonly unsent: Amount;
  readonly unsentOfMember: Amount;
  /**
   * The same principal, or without one the same points, was just entered for the member. Bonus does not count: a
   * repetition of a once-a-day bonus gets none. Nor do points beside a principal, which a second typing may lack.
   */
  readonly enteredJustNow: boolean;
}

/** Queries for the offline policy, summed over integers in SQLite. */
export interface WaitingRepository {
  /**
   * When the oldest unsent entry was made; null without one. What waits for a lost answer of its member does not wait
   * for the network.
   */
  oldestUnsentMs(): number | null;
  /** Before `entered` is added; the same within `withinMs` is a repetition, never if that is 0. */
  waitingCredit(customerUid: string, entered: Sums, nowMs: number, withinMs: number): WaitingCredit;
  /** The member's open debits; zero or negative. */
  waitingDebitsOf(customerUid: string): Sums;
}

const unsent = `state IN ('queued', 'sending') AND ${isOpen}`;
const open = 'increment INDEXED BY increment_open';
/** Far more entries than a day has: older ones of the member are not read. */
const NEWEST = 10_000;
const credits = 'CAST(COALESCE(SUM(MAX(balance_increment_e4, 0)), 0) AS TEXT)';

export function createWaitingRepository(db: Db): WaitingRepository {
  const oldest = db.prepare(
    `SELECT created_at_ms AS atMs FROM increment WHERE sequence = (SELECT MIN(sequence) FROM ${open} WHERE ${unsent}
       AND customer_uid NOT IN (SELECT customer_uid FROM ${open} WHERE state = 'unknown' AND ${isOpen}))`,
  );
  // One statement, since a cashier waits for it.
  const beside = db.prepare(
    `SELECT (SELECT ${credits} FROM ${open} WHERE ${unsent}) AS unsent,
       (SELECT ${credits} FROM ${open} WHERE ${unsent} AND customer_uid = @uid) AS unsentOfMember,
       EXISTS (SELECT 1 FROM increment WHERE sequence IN (SELECT sequence FROM (${entriesOfMember('@uid')})
           WHERE sequence > (SELECT MAX(sequence) FROM increment) - ${NEWEST})
           AND created_at_ms BETWEEN @fromMs AND @toMs AND state NOT IN ('rejected', 'cancelled')
           AND kind <> 'reversal' AND balance_increment_e4 - COALESCE(bonus_e4, 0) = CAST(@balance AS INTEGER)
           AND (CAST(@balance AS INTEGER) <> 0 OR point_increment_e4 = CAST(@point AS INTEGER))) AS enteredJustNow`,
  );
  const debits = db.prepare(
    `SELECT CAST(COALESCE(SUM(MIN(balance_increment_e4, 0)), 0) AS TEXT) AS balance,
       CAST(COALESCE(SUM(MIN(point_increment_e4, 0)), 0) AS TEXT) AS point
     FROM ${open} WHERE ${isOpen} AND customer_uid = ?`,
  );
  const toSums = (row: unknown): Sums => {
    const { balance, point } = row as { balance: string; point: string };
    return { balance: fromScaled(balance), point: fromScaled(point) };
  };
  return {
    oldestUnsentMs: () => (oldest.get() as { atMs: number } | undefined)?.atMs ?? null,
    waitingCredit: (uid, { balance, point }, nowMs, withinMs) => {
      // Both ways: after a clock was set back, new entries lie ahead.
      const [fromMs, toMs] = withinMs > 0 ? [nowMs - withinMs, nowMs + withinMs] : [1, 0];
      const sums = { balance: toScaled(balance), point: toScaled(point) };
      const row = beside.get({ uid, fromMs, toMs, ...sums }) as Record<keyof WaitingCredit, string | number>;
      return {
        unsent: fromScaled(String(row.unsent)),
        unsentOfMember: fromScaled(String(row.unsentOfMember)),
        enteredJustNow: row.enteredJustNow === 1,
      };
    },
    waitingDebitsOf: (customerUid) => toSums(debits.get(customerUid)),
  };
}
