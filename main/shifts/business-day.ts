import { storeDay, storeTime } from '../outbox/store-time.ts';

const DAY_MINUTES = 1_440;
const MINUTE_MS = 60_000;

/** By so much the store's day is moved; a day that ends in the evening is named for what comes after. */
const movedMs = (endsAtMinute: number): number =>
  (endsAtMinute < DAY_MINUTES / 2 ? -endsAtMinute : DAY_MINUTES - endsAtMinute) * MINUTE_MS;

/** `yyyy-MM-dd` of the day of business that a moment belongs to. */
export const businessDay = (unixMs: number, storeTimeZone: string, endsAtMinute: number): string =>
  storeDay(unixMs + movedMs(endsAtMinute), storeTimeZone);

/** 0 to 23, of the store's clock. */
export const hourOf = (unixMs: number, storeTimeZone: string): number =>
  Number(storeTime(unixMs, storeTimeZone).slice(11, 13));

/** The hours of a day of business in their order, from the one in which it begins. */
export const hoursFrom = (endsAtMinute: number): readonly number[] =>
  Array.from({ length: 24 }, (_, index) => (Math.floor(endsAtMinute / 60) + index) % 24);
