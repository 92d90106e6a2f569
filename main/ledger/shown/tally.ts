import type { Db } from '../../kernel/database/open.ts';
import type { RecordedEntry } from '../entry-types.ts';

/**
 * How many entries there are of a day in a state, with their sums, and of all days under no day: kept with every step,
 * so that nothing has to be counted for a screen.
 */
export const tallySchema = `
CREATE TABLE tally (
  store_day TEXT NOT NULL,
  state TEXT NOT NULL,
  entries INTEGER NOT NULL,
  balance_e4 INTEGER NOT NULL,
  point_e4 INTEGER NOT NULL,
  PRIMARY KEY (store_day, state)
) STRICT, WITHOUT ROWID;
`;

type Tallied = Pick<RecordedEntry, 'store_day' | 'state' | 'balance_increment_e4' | 'point_increment_e4'>;

export interface Tally {
  /** In the transaction that writes the entry. Null before it was added. */
  moved(before: Tallied | null, after: Tallied): void;
  /** Counts all entries anew. */
  make(): void;
  /** The next day that has entries or sums; null where there is none. Each is found by an index. */
  dayAfter(day: string): string | null;
  /** Whether the sums of a day (of all days: '') are those of their entries. */
  isRight(day: string): boolean;
}

const ofEntries = `SELECT state, COUNT(*) AS entries, SUM(balance_increment_e4) AS balance_e4,
  SUM(point_increment_e4) AS point_e4 FROM increment`;
const ofDays = `SELECT state, SUM(entries) AS entries, SUM(balance_e4) AS balance_e4, SUM(point_e4) AS point_e4
  FROM tally WHERE store_day <> ''`;
const asKept =
  'SELECT state, entries, balance_e4, point_e4 FROM tally WHERE store_day = ? AND (entries <> 0 OR balance_e4 <> 0 OR point_e4 <> 0)';

export function createTally(db: Db): Tally {
  const change = `@state, CAST(@by AS INTEGER), CAST(@by AS INTEGER) * CAST(@balance AS INTEGER),
       CAST(@by AS INTEGER) * CAST(@point AS INTEGER)`;
  const add = db.prepare(
    `INSERT INTO tally (store_day, state, entries, balance_e4, point_e4)
     VALUES ('', ${change}), (@day, ${change})
     ON CONFLICT (store_day, state) DO UPDATE SET entries = entries + excluded.entries,
       balance_e4 = balance_e4 + excluded.balance_e4, point_e4 = point_e4 + excluded.point_e4`,
  );
  const count = (entry: Tallied, by: 1 | -1) => {
    const { store_day: day, state, balance_increment_e4: balance, point_increment_e4: point } = entry;
    add.run({ day, state, by, balance, point });
  };
  const next = db.prepare(
    `SELECT MIN(day) AS day FROM (SELECT MIN(store_day) AS day FROM increment WHERE store_day > @after
       UNION ALL SELECT MIN(store_day) FROM tally WHERE store_day > @after)`,
  );
  const differing = (real: string) =>
    db.prepare(
      `SELECT 1 AS found FROM (SELECT * FROM (SELECT * FROM (${real}) EXCEPT ${asKept})
         UNION ALL SELECT * FROM (${asKept} EXCEPT SELECT * FROM (${real}))) LIMIT 1`,
    );
  const ofDay = differing(`${ofEntries} WHERE store_day = ? GROUP BY state`);
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
          FROM increment GROUP BY store_day, state;
        INSERT INTO tally SELECT '', state, SUM(entries), SUM(balance_e4), SUM(point_e4) FROM tally GROUP BY state;`);
    },
    dayAfter: (after) => (next.get({ after }) as { day: string | null }).day,
    isRight: (day) => (day === '' ? ofAll.get('', '') : ofDay.get(day, day, day, day)) === undefined,
  };
}
