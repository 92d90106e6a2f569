import { setImmediate as untilOthersRan } from 'node:timers/promises';
import { type Amount, appError, type EntryState } from '../../preload/contract/index.ts';
import { DatabaseFailure } from '../kernel/database/failure.ts';
import type { Db } from '../kernel/database/open.ts';
import { fromScaled } from '../kernel/scaled.ts';
import { entriesOfDay, entriesOfMember, isOpen } from '../ledger/tables/index.ts';

/** An entry, as far as it is compared with KYBIO's log. */
export interface MoneyEntry {
  readonly sequence: number;
  readonly customerUid: string;
  /** Zero for an entry of points alone. */
  readonly balanceIncrement: Amount;
  readonly dataChangeTime: string;
  readonly createdAtMs: number;
  readonly settledAtMs: number | null;
  readonly state: EntryState;
  readonly touched: boolean;
  /** KYBIO's own reply gave the balance after it. */
  readonly hasReply: boolean;
}

export interface MoneyEntries {
  /** How many entries of any kind there are on these store days, both included. */
  count(from: string, to: string): number;
  /** The store days of the entries numbered so, newest first. */
  days(from: number, to: number): readonly string[];
  /** Those of some days, or of one member; yields to the event loop between pages. */
  ofDays(days: readonly string[]): Promise<readonly MoneyEntry[]>;
  ofMember(customerUid: string): Promise<readonly MoneyEntry[]>;
}

interface Row extends Omit<MoneyEntry, 'balanceIncrement' | 'touched' | 'hasReply'> {
  readonly balanceIncrement: string;
  readonly touched: number;
  readonly hasReply: number;
}

/** A few milliseconds a page. */
const STEP = 1_000;

const toEntry = ({ balanceIncrement, touched, hasReply, ...row }: Row): MoneyEntry => ({
  ...row,
  balanceIncrement: fromScaled(balanceIncrement),
  touched: touched === 1,
  hasReply: hasReply === 1,
});

export function createMoneyEntries(db: Db): MoneyEntries {
  const walk = (which: string) =>
    db.prepare(`SELECT sequence, customer_uid AS customerUid, CAST(balance_increment_e4 AS TEXT) AS balanceIncrement,
        data_change_time AS dataChangeTime, created_at_ms AS createdAtMs, settled_at_ms AS settledAtMs, state, touched,
        balance_after IS NOT NULL AS hasReply
      FROM (${which}) WHERE sequence > @after
      ORDER BY sequence LIMIT ${STEP}`);
  const ofDay = walk(entriesOfDay('@of'));
  const ofMember = walk(`SELECT * FROM increment WHERE sequence IN (${entriesOfMember('@of')})`);
  const counted = db.prepare(
    `SELECT (SELECT COALESCE(SUM(entries), 0) FROM tally WHERE store_day BETWEEN @from AND @to)
       + (SELECT COUNT(*) FROM increment INDEXED BY increment_open WHERE store_day BETWEEN @from AND @to AND ${isOpen}) AS entries`,
  );
  const entered = db.prepare(
    'SELECT DISTINCT store_day FROM increment NOT INDEXED WHERE sequence BETWEEN ? AND ? ORDER BY store_day DESC',
  );

  const all = async (rows: typeof ofDay, each: readonly string[]): Promise<readonly MoneyEntry[]> => {
    const found: MoneyEntry[] = [];
    for (const of of each) {
      let after = 0;
      for (let step: Row[] | null = null; step === null || step.length === STEP; ) {
        await untilOthersRan();
        if (!db.open) throw new DatabaseFailure(appError('database-failed', { sqlite: 'closed' }), null);
        step = rows.all({ of, after }) as Row[];
        found.push(...step.map(toEntry));
        after = step.at(-1)?.sequence ?? after;
      }
    }
    return found;
  };

  return {
    count: (from, to) => (counted.get({ from, to }) as { entries: number }).entries,
    days: (from, to) => (entered.all(from, to) as { store_day: string }[]).map((row) => row.store_day),
    ofDays: (days) => all(ofDay, days),
    ofMember: (customerUid) => all(ofMember, [customerUid]),
  };
}
