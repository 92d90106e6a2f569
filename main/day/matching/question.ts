import {
  type AppError,
  appError,
  err,
  type MatchAsk,
  ok,
  type Result,
} from '../../../preload/contract/index.ts';

/** A part of the log that KYBIO gives at once: after `since`, up to `until`. */
export interface LogRange {
  readonly since: string;
  readonly until: string;
}

/** From the first to the last second, as KYBIO writes times. */
export interface Scope {
  readonly from: string;
  readonly to: string;
}

type Days = Extract<MatchAsk, { of: 'days' }>;

export const MOST_DAYS = 31;
const DAY_MS = 86_400_000;

/** KYBIO gives no more at once. */
const LONGEST_RANGE_MS = MOST_DAYS * DAY_MS;

/** An entry at the end of a day may be in the log of the next, by another clock or daylight saving time. */
export const MARGIN_MS = 75 * 60_000;

const shape = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/;

/** A wall clock time in ms, as if in UTC; null where it is invalid. */
export function wallMs(time: string): number | null {
  const match = shape.exec(time);
  if (match === null) return null;
  const atMs = Date.parse(`${match[1]}T${match[2]}Z`);
  // `Date.parse` reads 30 February as 2 March.
  return Number.isNaN(atMs) || wallTime(atMs) !== time ? null : atMs;
}

export const wallTime = (atMs: number): string => new Date(atMs).toISOString().slice(0, 19).replace('T', ' ');

export const scopeOf = ({ from, to }: Days): Scope => ({ from: `${from} 00:00:00`, to: `${to} 23:59:59` });

const startOf = (day: string): number | null => wallMs(`${day} 00:00:00`);

/** Errors: `match-days-invalid`, `match-too-long`, `match-in-future`. */
export function checkDays({ from, to }: Days, today: string): Result<number, AppError> {
  const [first, last] = [startOf(from), startOf(to)];
  if (first === null || last === null || first > last) return err(appError('match-days-invalid'));
  const days = Math.round((last - first) / DAY_MS) + 1;
  if (days > MOST_DAYS)
    return err(appError('match-too-long', { most: String(MOST_DAYS), days: String(days) }));
  if (to > today) return err(appError('match-in-future'));
  return ok(days);
}

/** The days with `MARGIN_MS` on both sides, in parts that KYBIO gives at once. */
export function rangesOf(days: Days): readonly LogRange[] {
  const scope = scopeOf(days);
  const firstMs = (wallMs(scope.from) ?? 0) - 1_000 - MARGIN_MS;
  const lastMs = (wallMs(scope.to) ?? 0) + MARGIN_MS;
  const ranges: LogRange[] = [];
  for (let sinceMs = firstMs; sinceMs < lastMs; ) {
    const untilMs = Math.min(lastMs, sinceMs + LONGEST_RANGE_MS);
    ranges.push({ since: wallTime(sinceMs), until: wallTime(untilMs) });
    sinceMs = untilMs;
  }
  return ranges;
}
