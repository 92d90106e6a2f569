import { type Amount, compareAmounts } from '../../preload/contract/index.ts';
import type { Db } from '../kernel/database/open.ts';
import { fromScaled } from '../kernel/scaled.ts';
import { isOpen } from '../ledger/tables/index.ts';
import type { Sums } from '../sending/index.ts';

/** What the offline policy asks of the outbox. Sums are SQLite's, over integers, and exact. */
export interface WaitingRepository {
  anyUnsent(): boolean;
  /** Credits that no attempt has carried away: what KYBIO cannot know of yet. Reversals do not lessen it. */
  unsentCredits(): Amount;
  unsentCreditsOf(customerUid: string): Amount;
  /** What this till has waiting against a member's sums; zero or negative. */
  waitingDebitsOf(customerUid: string): Sums;
  /**
   * The same was paid for this member, and the same points given, within `withinMs` of now by the wall clock. What came
   * with it does not count: of a bonus once a day the repetition gets none.
   */
  wasEnteredJustNow(customerUid: string, entered: Sums, nowMs: number, withinMs: number): boolean;
}

const unsent = `state IN ('queued', 'sending') AND ${isOpen}`;
const ofMember = 'increment INDEXED BY increment_open';
const credits = 'CAST(COALESCE(SUM(MAX(balance_increment_e4, 0)), 0) AS TEXT) AS sum';

export function createWaitingRepository(db: Db): WaitingRepository {
  const any = db.prepare(`SELECT 1 AS found FROM increment WHERE ${unsent} LIMIT 1`);
  const ofTill = db.prepare(`SELECT ${credits} FROM increment WHERE ${unsent}`);
  const creditsOfMember = db.prepare(
    `SELECT ${credits} FROM ${ofMember} WHERE ${unsent} AND customer_uid = ?`,
  );
  const debits = db.prepare(
    `SELECT CAST(COALESCE(SUM(MIN(balance_increment_e4, 0)), 0) AS TEXT) AS balance,
       CAST(COALESCE(SUM(MIN(point_increment_e4, 0)), 0) AS TEXT) AS point
     FROM ${ofMember} WHERE ${isOpen} AND customer_uid = ?`,
  );
  const recent = db.prepare(
    `SELECT CAST(balance_increment_e4 - COALESCE(bonus_e4, 0) AS TEXT) AS balance,
       CAST(point_increment_e4 AS TEXT) AS point FROM increment
     WHERE customer_uid = ? AND created_at_ms BETWEEN ? AND ? AND state NOT IN ('rejected', 'cancelled')
       AND kind <> 'reversal'`,
  );
  const sum = (row: unknown): Amount => fromScaled((row as { sum: string }).sum);
  const toSums = (row: unknown): Sums => {
    const { balance, point } = row as { balance: string; point: string };
    return { balance: fromScaled(balance), point: fromScaled(point) };
  };
  return {
    anyUnsent: () => any.get() !== undefined,
    unsentCredits: () => sum(ofTill.get()),
    unsentCreditsOf: (customerUid) => sum(creditsOfMember.get(customerUid)),
    waitingDebitsOf: (customerUid) => toSums(debits.get(customerUid)),
    wasEnteredJustNow: (customerUid, entered, nowMs, withinMs) =>
      withinMs > 0 &&
      // Both ways: after the clock was set back, what was just entered lies ahead.
      recent
        .all(customerUid, nowMs - withinMs, nowMs + withinMs)
        .map(toSums)
        .some(
          (known) =>
            compareAmounts(known.balance, entered.balance) === 0 &&
            compareAmounts(known.point, entered.point) === 0,
        ),
  };
}
