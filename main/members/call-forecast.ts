import { type CallPace, PACE_MS } from '../hosts/calls/index.ts';

/** At least this much time is looked at, also of a till that was just opened. */
const SHORTEST_PACE_MS = 900_000;

/** A few calls after opening are no pace: nothing is foretold before this part of what may be looked up is used. */
const TELLING_PART = 4;

export interface ForecastQuestion {
  readonly pace: CallPace;
  /** Calls that look-ups may still take today, and what this till has made. */
  readonly left: number;
  readonly usedToday: number;
  readonly nowMs: number;
  /** When the store's day, and with it the count of calls, begins anew. */
  readonly dayEndsAtMs: number;
}

/** When look-ups end at the pace of the last hour; now where they have, null where they last the day. */
export function forecastLookUps({
  pace,
  left,
  usedToday,
  nowMs,
  dayEndsAtMs,
}: ForecastQuestion): number | null {
  if (left <= 0) return nowMs;
  if (usedToday * TELLING_PART < usedToday + left) return null;
  const overMs = Math.min(PACE_MS, Math.max(SHORTEST_PACE_MS, pace.watchedMs));
  const calls = pace.agesMs.filter((ageMs) => ageMs < overMs).length;
  if (calls === 0) return null;
  const endsAtMs = Math.round(nowMs + (left * overMs) / calls);
  return endsAtMs < dayEndsAtMs ? endsAtMs : null;
}

const LONGEST_DAY_MS = 26 * 3_600_000;
const MINUTE_MS = 60_000;

/** The first minute of the store's next day; `dayOf` gives the day of a moment, whatever its clocks do at night. */
export function endOfDay(nowMs: number, dayOf: (unixMs: number) => string): number {
  const today = dayOf(nowMs);
  let [before, after] = [Math.floor(nowMs / MINUTE_MS), Math.ceil((nowMs + LONGEST_DAY_MS) / MINUTE_MS)];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dayOf(middle * MINUTE_MS) === today) before = middle;
    else after = middle;
  }
  return after * MINUTE_MS;
}
