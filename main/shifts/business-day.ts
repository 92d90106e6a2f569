import { storeTime } from '../outbox/store-time.ts';

const DAY_MINUTES = 1_440;
const DAY_MS = 86_400_000;

/**
 * `yyyy-MM-dd` of the day of business that a moment belongs to, by the store's clock: a day of 23 hours ends at the same
 * minute. One that ends in the evening is named for what comes after.
 */
export function businessDay(unixMs: number, storeTimeZone: string, endsAtMinute: number): string {
  const time = storeTime(unixMs, storeTimeZone);
  const minute = 60 * Number(time.slice(11, 13)) + Number(time.slice(14, 16));
  const isEvening = endsAtMinute >= DAY_MINUTES / 2;
  const isAfter = minute >= endsAtMinute;
  const days = isEvening ? Number(isAfter) : Number(isAfter) - 1;
  return new Date(Date.parse(`${time.slice(0, 10)}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 0 to 23, of the store's clock. */
export const hourOf = (unixMs: number, storeTimeZone: string): number =>
  Number(storeTime(unixMs, storeTimeZone).slice(11, 13));

/** The hours of a day of business in their order, from the one in which it begins. */
export const hoursFrom = (endsAtMinute: number): readonly number[] =>
  Array.from({ length: 24 }, (_, index) => (Math.floor(endsAtMinute / 60) + index) % 24);
