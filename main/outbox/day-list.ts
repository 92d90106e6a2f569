import type { Db } from '../database/open.ts';
import { isOpen } from './entry-tables.ts';
import { LONGEST_DAY_MS } from './outbox-sums.ts';
import { isUnacknowledged } from './rows.ts';
import { storeDay } from './store-time.ts';

/**
 * The entries of the day's list, at most `limit`, by their sequence: what needs somebody comes before what is on its way,
 * refusals that nobody has acknowledged and what was entered or decided on the day; the newest of each first.
 */
export type DayList = (day: string, nowMs: number, limit: number) => readonly number[];

interface Row {
  readonly sequence: number;
}

const newestFirst = (left: number, right: number): number => right - left;

/** Each part is found by an index of its own: an OR of them has SQLite walk through years. */
export function createDayList(db: Db, storeTimeZone: string): DayList {
  const find = (where: string) => {
    const statement = db.prepare(
      `SELECT sequence FROM increment i WHERE ${where} ORDER BY sequence DESC LIMIT ?`,
    );
    return (...values: unknown[]) => (statement.all(...values) as Row[]).map(({ sequence }) => sequence);
  };
  const ofState = find(`state = ? AND ${isOpen}`);
  const refused = find(isUnacknowledged);
  const ended = `NOT ${isOpen} AND NOT ${isUnacknowledged}`;
  const enteredOn = find(`store_day = ? AND ${ended}`);
  const decidedSince = db.prepare(
    `SELECT sequence, settled_at_ms FROM increment i WHERE settled_at_ms > ? AND store_day <> ? AND ${ended}`,
  );
  const decidedOn = (day: string, nowMs: number): readonly number[] =>
    (decidedSince.all(nowMs - LONGEST_DAY_MS, day) as (Row & { settled_at_ms: number })[])
      .filter(({ settled_at_ms: atMs }) => storeDay(atMs, storeTimeZone) === day)
      .map(({ sequence }) => sequence);

  return (day, nowMs, limit) => {
    const ofStates = (first: string, second: string, room: number) =>
      [...ofState(first, room), ...ofState(second, room)].sort(newestFirst).slice(0, room);
    const parts = [
      (room: number) => ofStates('unknown', 'review', room),
      (room: number) => ofStates('queued', 'sending', room),
      refused,
      (room: number) => [...enteredOn(day, room), ...decidedOn(day, nowMs)].sort(newestFirst).slice(0, room),
    ];
    const found: number[] = [];
    for (const part of parts) if (found.length < limit) found.push(...part(limit - found.length));
    return found.sort(newestFirst);
  };
}
