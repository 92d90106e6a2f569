import type { Db } from '../../kernel/database/open.ts';
import { addDays } from '../../kernel/store-time.ts';

/** A day of KYBIO's: this till's entries, and its calls without the directory's and matching's. */
export interface TillDay {
  readonly day: string;
  readonly entries: number;
  readonly calls: number;
}

/** Reads the newest `most` days up to today, those without entries and calls left out; newest first. */
export function createTillDays(db: Db): (today: string, most: number) => readonly TillDay[] {
  const days = db.prepare(
    `SELECT day, SUM(entries) AS entries, SUM(calls) AS calls FROM (
       SELECT store_day AS day, COUNT(*) AS entries, 0 AS calls FROM increment INDEXED BY increment_ended_on
         WHERE store_day > @before AND store_day <= @today AND state IN ('confirmed', 'rejected', 'cancelled')
         GROUP BY store_day
       UNION ALL SELECT store_day, COUNT(*), 0 FROM increment INDEXED BY increment_open
         WHERE store_day > @before AND store_day <= @today AND state IN ('queued', 'sending', 'unknown', 'review')
         GROUP BY store_day
       UNION ALL SELECT store_day, 0, SUM(calls) FROM call_meter
         WHERE store_day > @before AND store_day <= @today AND purpose NOT IN ('directory', 'matching')
         GROUP BY store_day)
     GROUP BY day ORDER BY day DESC`,
  );
  return (today, most) => days.all({ today, before: addDays(today, -most) }) as TillDay[];
}
