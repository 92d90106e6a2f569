import type { Db } from '../../kernel/database/open.ts';
import type { Clock } from '../../kernel/ports.ts';
import { addDays } from '../../kernel/store-time.ts';
import type { SoldDay } from './other-tills.ts';

/** A till's call statistics of the past weeks. */
export interface CallDays {
  /** For each day of the last four weeks: its entries, and how many of them came after this time of day. */
  later(): readonly { readonly entries: number; readonly later: number }[];
  /** Look-ups of unknown cards, per entry of these weeks. */
  lookUpsAnEntry(): number;
  /** Calls of each day of the last week that had any, without the directory's and matching's. */
  lastWeek(): readonly { readonly day: string; readonly calls: number }[];
  /** Two weeks with today, newest first: what other tills are told of this one. Days without either are left out, today never. */
  sold(): readonly SoldDay[];
}

const DAYS = 28;
const WEEK = 7;
const TOLD = 14;
const DAY_MS = 86_400_000;

/** Cached, since they are read before every call and change slowly. */
const ANEW_MS = 600_000;

/** A cap: endless look-ups at a counter say nothing of what a top-up needs. */
const MOST_AN_ENTRY = 3;

export function createCallDays(db: Db, clock: Pick<Clock, 'nowMs'>, today: () => string): CallDays {
  const entriesOf = db.prepare(
    `SELECT COUNT(*) AS entries, COALESCE(SUM(created_at_ms > @after), 0) AS later
     FROM (SELECT created_at_ms FROM increment INDEXED BY increment_ended_on
         WHERE store_day = @day AND state IN ('confirmed', 'rejected', 'cancelled')
       UNION ALL SELECT created_at_ms FROM increment INDEXED BY increment_open
         WHERE store_day = @day AND state IN ('queued', 'sending', 'unknown', 'review'))`,
  );
  const callsOf = db.prepare(
    `SELECT store_day AS day, SUM(calls) AS calls FROM call_meter
     WHERE store_day >= ? AND store_day < ? AND purpose NOT IN ('directory', 'matching') GROUP BY store_day`,
  );
  const lookUps = db.prepare(
    `SELECT COALESCE(SUM(calls * (purpose = 'look-up')), 0) AS look_ups,
       COALESCE(SUM(calls * (purpose = 'increment')), 0) AS increments
     FROM call_meter WHERE store_day >= ? AND store_day < ?`,
  );
  const allCallsOf = db.prepare(
    'SELECT COALESCE(SUM(calls), 0) AS calls FROM call_meter WHERE store_day = ?',
  );
  const soldOn = (day: string): SoldDay => {
    const { entries } = entriesOf.get({ after: 0, day }) as { entries: number };
    const { calls } = allCallsOf.get(day) as { calls: number };
    return { day, entries, calls };
  };
  const kept = <T>(make: (day: string) => T): (() => T) => {
    let known: { readonly day: string; readonly atMs: number; readonly value: T } | null = null;
    return () => {
      const [day, nowMs] = [today(), clock.nowMs()];
      if (known === null || known.day !== day || Math.abs(nowMs - known.atMs) >= ANEW_MS)
        known = { day, atMs: nowMs, value: make(day) };
      return known.value;
    };
  };
  const soldBefore = kept((day) =>
    Array.from({ length: TOLD - 1 }, (_, ago) => soldOn(addDays(day, -ago - 1))).filter(
      ({ entries, calls }) => entries + calls > 0,
    ),
  );
  return {
    sold: () => [soldOn(today()), ...soldBefore()],
    later: kept((day) =>
      Array.from({ length: DAYS }, (_, index) => {
        const ago = index + 1;
        const row = entriesOf.get({ after: clock.nowMs() - ago * DAY_MS, day: addDays(day, -ago) });
        return row as { entries: number; later: number };
      }),
    ),
    lookUpsAnEntry: kept((day) => {
      const { look_ups, increments } = lookUps.get(addDays(day, -DAYS), day) as {
        look_ups: number;
        increments: number;
      };
      return increments === 0 ? 0 : Math.min(MOST_AN_ENTRY, look_ups / increments);
    }),
    lastWeek: kept((day) => callsOf.all(addDays(day, -WEEK), day) as { day: string; calls: number }[]),
  };
}
