import { type CallRate, RATE_WINDOW_MS } from '../hosts/calls/index.ts';

/** The shortest period measured, also for a till just opened. */
const SHORTEST_RATE_WINDOW_MS = 900_000;

/** A few calls after opening are no rate: no forecast before this part of the look-ups is used. */
const TELLING_PART = 4;

interface ForecastQuestion {
  readonly callRate: CallRate;
  /** Calls left for look-ups today, and calls made by this till. */
  readonly left: number;
  readonly usedToday: number;
  readonly nowMs: number;
  /** When the store's day ends, and the call count restarts. */
  readonly dayEndsAtMs: number;
}

/** When look-ups end at the last hour's rate; now if they have, null if they last the day. */
export function forecastLookUps({
  callRate,
  left,
  usedToday,
  nowMs,
  dayEndsAtMs,
}: ForecastQuestion): number | null {
  if (left <= 0) return nowMs;
  if (usedToday * TELLING_PART < usedToday + left) return null;
  const overMs = Math.min(RATE_WINDOW_MS, Math.max(SHORTEST_RATE_WINDOW_MS, callRate.watchedMs));
  const calls = callRate.agesMs.filter((ageMs) => ageMs < overMs).length;
  if (calls === 0) return null;
  const endsAtMs = Math.round(nowMs + (left * overMs) / calls);
  return endsAtMs < dayEndsAtMs ? endsAtMs : null;
}

const LONGEST_DAY_MS = 26 * 3_600_000;
const MINUTE_MS = 60_000;

/** The start of the store's next day; `dayOf` gives a moment's day, across clock changes. */
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
