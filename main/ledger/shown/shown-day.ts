import { addDays, storeDay } from '../../kernel/store-time.ts';
import type { Increment } from '../types.ts';

/** From `fromMs` to before `beforeMs`. */
export interface Moments {
  readonly fromMs: number;
  readonly beforeMs: number;
}

/** The day shown as today. KYBIO and stored data use the store's calendar day. */
export interface ShownDay {
  readonly day: string;
  /** Null for a calendar day. */
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

/** Entered or decided on the day. */
export const isOfDayIn =
  (storeTimeZone: string) =>
  ({ storeDay: entered, createdAtMs, settledAtMs }: Dated, shown: ShownDay): boolean =>
    (shown.moments === null ? entered === shown.day : isIn(shown, createdAtMs, storeTimeZone)) ||
    (settledAtMs !== null && isIn(shown, settledAtMs, storeTimeZone));

/** Calendar days under which a business day's entries may be stored. */
export const daysAround = (day: string): readonly [string, string, string] => [
  addDays(day, -1),
  day,
  addDays(day, 1),
];
