import { addDays, storeDay } from '../../kernel/store-time.ts';
import type { Increment } from '../types.ts';

/** From a moment on, and before another. */
export interface Moments {
  readonly fromMs: number;
  readonly beforeMs: number;
}

/** The day that people are shown as today. What is KYBIO's, and what is kept, goes by the store's calendar whatever is shown. */
export interface ShownDay {
  readonly day: string;
  /** Between which it lies; null where it is a day of the calendar. */
  readonly moments: Moments | null;
}

export const isSameDay = (one: ShownDay, other: ShownDay): boolean =>
  one.day === other.day &&
  one.moments?.fromMs === other.moments?.fromMs &&
  one.moments?.beforeMs === other.moments?.beforeMs;

export const isIn = ({ day, moments }: ShownDay, atMs: number, storeTimeZone: string): boolean =>
  moments === null
    ? storeDay(atMs, storeTimeZone) === day
    : moments.fromMs <= atMs && atMs < moments.beforeMs;

type Dated = Pick<Increment, 'storeDay' | 'createdAtMs' | 'settledAtMs'>;

/** Entered on the day, or decided on it. */
export const isOfDayIn =
  (storeTimeZone: string) =>
  ({ storeDay: entered, createdAtMs, settledAtMs }: Dated, shown: ShownDay): boolean =>
    (shown.moments === null ? entered === shown.day : isIn(shown, createdAtMs, storeTimeZone)) ||
    (settledAtMs !== null && isIn(shown, settledAtMs, storeTimeZone));

/** The calendar's days that such a day's entries are kept under: its own, and one on each side. */
export const daysAround = (day: string): readonly [string, string, string] => [
  addDays(day, -1),
  day,
  addDays(day, 1),
];
