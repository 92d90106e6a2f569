import { addDays, storeDay, storeTime } from '../../kernel/store-time.ts';
import type { ShownDay } from '../../ledger/shown/index.ts';

const DAY_MINUTES = 1_440;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const two = (value: number): string => String(value).padStart(2, '0');

/** The store time at which a business day begins; one that ends in the evening is named for the day after. */
function firstMinute(day: string, endsAtMinute: number): string {
  const date = endsAtMinute >= DAY_MINUTES / 2 ? addDays(day, -1) : day;
  return `${date} ${two(Math.floor(endsAtMinute / 60))}:${two(endsAtMinute % 60)}:00`;
}

/**
 * The first moment at which the store's clock shows the day's first minute or, where daylight saving skips
 * it, a later one. A repeated hour does not begin the day again.
 */
export function beginningOf(day: string, storeTimeZone: string, endsAtMinute: number): number {
  const first = firstMinute(day, endsAtMinute);
  const atUtc = Date.parse(`${first.replace(' ', 'T')}Z`);
  const isThere = (minute: number) => storeTime(minute * MINUTE_MS, storeTimeZone) >= first;
  /** The zone's offset a day before and a day after. */
  const [one, other] = [atUtc - DAY_MS, atUtc + DAY_MS].map((ms) => {
    const aheadMs = Date.parse(`${storeTime(ms, storeTimeZone).replace(' ', 'T')}Z`) - ms;
    return Math.floor((atUtc - aheadMs) / MINUTE_MS);
  }) as [number, number];
  let [before, after] = [Math.min(one, other) - 1, Math.max(one, other)];
  if (isThere(before + 1)) return (before + 1) * MINUTE_MS;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (isThere(middle)) after = middle;
    else before = middle;
  }
  return after * MINUTE_MS;
}

/** Business days by the current setting of their end. */
export interface BusinessDays {
  of(unixMs: number): string;
  beginsAt(day: string): number;
  /** The day for finding entries; `moments` is null where it ends at midnight. */
  shown(unixMs: number): ShownDay;
}

/** Some years of days. */
const MOST_KNOWN = 4_000;

export function createBusinessDays(storeTimeZone: string, endsAtMinute: () => number): BusinessDays {
  const known = new Map<string, number>();
  const beginsAt = (day: string): number => {
    const minute = endsAtMinute();
    const key = `${minute} ${day}`;
    const at = known.get(key) ?? beginningOf(day, storeTimeZone, minute);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, at);
    return at;
  };
  const of = (unixMs: number): string => {
    const date = storeDay(unixMs, storeTimeZone);
    const [after, before] = [addDays(date, 1), addDays(date, -1)];
    return [after, date].find((day) => beginsAt(day) <= unixMs) ?? before;
  };
  return {
    of,
    beginsAt,
    shown: (unixMs) => {
      if (endsAtMinute() === 0) return { day: storeDay(unixMs, storeTimeZone), moments: null };
      const day = of(unixMs);
      return { day, moments: { fromMs: beginsAt(day), beforeMs: beginsAt(addDays(day, 1)) } };
    },
  };
}

/** `yyyy-MM-dd` of the business day. */
export const businessDay = (unixMs: number, storeTimeZone: string, endsAtMinute: number): string =>
  createBusinessDays(storeTimeZone, () => endsAtMinute).of(unixMs);

/** Hour of store time, 0 to 23. */
export const hourOf = (unixMs: number, storeTimeZone: string): number =>
  Number(storeTime(unixMs, storeTimeZone).slice(11, 13));

/** The hours of a business day in order. */
export const hoursFrom = (endsAtMinute: number): readonly number[] =>
  Array.from({ length: 24 }, (_, index) => (Math.floor(endsAtMinute / 60) + index) % 24);
