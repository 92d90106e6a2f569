import type { Db } from '../../kernel/database/open.ts';
import type { RecordedEntry } from '../entry-types.ts';
import { isEnded, isOpen, isOpenState } from '../tables/entry-lookups.ts';

/** All days together; sorts beside the newest day, so that an entry's two rows share a page. */
export const allDays = 'all';

/** Sums of open entries by state, in the same columns. */
export const openTally = `SELECT state, COUNT(*) AS entries, SUM(balance_increment_e4) AS balance_e4,
  SUM(point_increment_e4) AS point_e4 FROM increment INDEXED BY increment_open WHERE ${isOpen} GROUP BY state`;

type Tallied = Pick<RecordedEntry, 'store_day' | 'state' | 'balance_increment_e4' | 'point_increment_e4'>;

/**
 * Counts and sums of ended entries by day and state, and of all days, updated with every end: no screen counts years of
 * entries. Open entries are summed when asked for, so that no cashier waits for a page of this table.
 */
interface Tally {
  /** In the transaction that writes the entry; `before` is null for a new one. */
  moved(before: Tallied | null, after: Tallied): void;
  /** Recounts everything. */
  make(): void;
  /** The next day with entries or sums; null at the end. */
  dayAfter(day: string): string | null;
  /** Whether a day's sums, or those of all days, match the entries. */
  isRight(day: string): boolean;
}

const ofEntries = `SELECT state, COUNT(*) AS entries, SUM(balance_increment_e4) AS balance_e4,
  SUM(point_increment_e4) AS point_e4 FROM increment WHERE ${isEnded}`;
const ofDays = `SELECT state, SUM(entries) AS entries, SUM(balance_e4) AS balance_e4, SUM(point_e4) AS point_e4
  FROM tally WHERE store_day <> '${allDays}'`;
const asKept = `SELECT state, entries, balance_e4, point_e4 FROM tally
  WHERE store_day = ? AND (entries <> 0 OR balance_e4 <> 0 OR point_e4 <> 0)`;

export function createTally(db: Db): Tally {
  // A number is bound as a REAL, by which sums would be rounded.
  const by = 'CAST(@by AS INTEGER)';
  const sums = `@state, ${by}, ${by} * CAST(@balance AS INTEGER), ${by} * CAST(@point AS INTEGER)`;
  const change = db.prepare(
    `INSERT INTO tally (store_day, state, entries, balance_e4, point_e4) VALUES ('${allDays}', ${sums}), (@day, ${sums})
     ON CONFLICT (store_day, state) DO UPDATE SET entries = entries + excluded.entries,
       balance_e4 = balance_e4 + excluded.balance_e4, point_e4 = point_e4 + excluded.point_e4`,
  );
  const count = (entry: Tallied, by: 1 | -1): void => {
    const { store_day: day, state, balance_increment_e4: balance, point_increment_e4: point } = entry;
    if (!isOpenState(state)) change.run({ day, state, balance, point, by });
  };
  const next = db.prepare(
    `SELECT MIN(day) AS day FROM (SELECT MIN(store_day) AS day FROM increment WHERE store_day > @after AND ${isEnded}
       UNION ALL SELECT MIN(store_day) FROM tally WHERE store_day > @after AND store_day < '${allDays}')`,
  );
  const differing = (real: string) =>
    db.prepare(
      `SELECT 1 AS found FROM (SELECT * FROM (SELECT * FROM (${real}) EXCEPT ${asKept})
         UNION ALL SELECT * FROM (${asKept} EXCEPT SELECT * FROM (${real}))) LIMIT 1`,
    );
  const ofDay = differing(`${ofEntries} AND store_day = ? GROUP BY state`);
  const ofAll = differing(`${ofDays} GROUP BY state
    HAVING SUM(entries) <> 0 OR SUM(balance_e4) <> 0 OR SUM(point_e4) <> 0`);
  return {
    moved: (before, after) => {
      if (before?.state === after.state) return;
      if (before !== null) count(before, -1);
      count(after, 1);
    },
    make: () => {
      db.exec(`DELETE FROM tally;
        INSERT INTO tally SELECT store_day, state, COUNT(*), SUM(balance_increment_e4), SUM(point_increment_e4)
          FROM increment WHERE ${isEnded} GROUP BY store_day, state;
        INSERT INTO tally SELECT '${allDays}', state, SUM(entries), SUM(balance_e4), SUM(point_e4)
          FROM tally GROUP BY state;`);
    },
    dayAfter: (after) => (next.get({ after }) as { day: string | null }).day,
    isRight: (day) => (day === allDays ? ofAll.get(day, day) : ofDay.get(day, day, day, day)) === undefined,
  };
}
