import type { Db } from '../../kernel/database/open.ts';
import { isEnded, isOpen } from '../tables/entry-lookups.ts';
import { isUnacknowledged } from '../tables/rows.ts';
import { LONGEST_DAY_MS } from './outbox-sums.ts';
import { daysAround, isIn, type Moments, type ShownDay } from './shown-day.ts';

/**
 * Sequences of the day's list, newest first, at most `limit`: entries for a person go before open ones, unacknowledged
 * refusals and what was entered or decided on the day.
 */
type DayList = (shown: ShownDay, nowMs: number, limit: number) => readonly number[];

interface Row {
  readonly sequence: number;
}

const newestFirst = (left: number, right: number): number => right - left;

/** One query a part, each with its index: with an OR, SQLite would scan years. */
export function createDayList(db: Db, storeTimeZone: string): DayList {
  const find = (where: string) => {
    const statement = db.prepare(
      `SELECT sequence FROM increment i WHERE ${where} ORDER BY sequence DESC LIMIT ?`,
    );
    return (...values: unknown[]) => (statement.all(...values) as Row[]).map(({ sequence }) => sequence);
  };
  const ofState = find(`state = ? AND ${isOpen}`);
  const refused = find(isUnacknowledged);
  const ended = `${isEnded} AND NOT ${isUnacknowledged}`;
  const enteredOn = find(`store_day = ? AND ${ended}`);
  const decidedSince = db.prepare(
    `SELECT sequence, settled_at_ms FROM increment i WHERE settled_at_ms > ? AND store_day <> ? AND ${ended}`,
  );
  const decidedOn = (shown: ShownDay, nowMs: number): readonly number[] =>
    (decidedSince.all(nowMs - LONGEST_DAY_MS, shown.day) as (Row & { settled_at_ms: number })[])
      .filter(({ settled_at_ms: atMs }) => isIn(shown, atMs, storeTimeZone))
      .map(({ sequence }) => sequence);
  const enteredWithin = find(`store_day = ? AND created_at_ms >= ? AND created_at_ms < ? AND ${ended}`);
  const decidedWithin = db.prepare(
    `SELECT sequence FROM increment i WHERE settled_at_ms >= ? AND settled_at_ms < ?
       AND NOT (created_at_ms >= ? AND created_at_ms < ?) AND ${ended}`,
  );
  const ofMoments = (day: string, { fromMs, beforeMs }: Moments, room: number): readonly number[] => [
    ...daysAround(day).flatMap((one) => enteredWithin(one, fromMs, beforeMs, room)),
    ...(decidedWithin.all(fromMs, beforeMs, fromMs, beforeMs) as Row[]).map(({ sequence }) => sequence),
  ];
  const ofDay = (shown: ShownDay, nowMs: number, room: number): readonly number[] =>
    shown.moments === null
      ? [...enteredOn(shown.day, room), ...decidedOn(shown, nowMs)]
      : ofMoments(shown.day, shown.moments, room);

  return (shown, nowMs, limit) => {
    const ofStates = (first: string, second: string, room: number) =>
      [...ofState(first, room), ...ofState(second, room)].sort(newestFirst).slice(0, room);
    const parts = [
      (room: number) => ofStates('unknown', 'review', room),
      (room: number) => ofStates('queued', 'sending', room),
      refused,
      (room: number) => [...ofDay(shown, nowMs, room)].sort(newestFirst).slice(0, room),
    ];
    const found: number[] = [];
    for (const part of parts) if (found.length < limit) found.push(...part(limit - found.length));
    return found.sort(newestFirst);
  };
}
