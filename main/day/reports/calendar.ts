import type { Span } from '../../../preload/contract/index.ts';
import { addDays } from '../../kernel/store-time.ts';

/** Store days, both ends included. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

const DAY_MS = 86_400_000;

const msOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const daysFrom = (from: string, to: string): number => Math.round((msOf(to) - msOf(from)) / DAY_MS);

export function daysOf({ from, to }: DayRange): readonly string[] {
  return Array.from({ length: Math.max(0, daysFrom(from, to) + 1) }, (_, index) => addDays(from, index));
}

const earlier = (one: string, other: string): string => (one < other ? one : other);

const lastOfMonth = (day: string): string => {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return dayOf(Date.UTC(year, month, 0));
};

/** The day, the week from its Monday, or the month. */
export function dayRangeOf(day: string, span: Span): DayRange {
  if (span === 'day') return { from: day, to: day };
  if (span === 'month') return { from: `${day.slice(0, 8)}01`, to: lastOfMonth(day) };
  const sinceMonday = (new Date(msOf(day)).getUTCDay() + 6) % 7;
  const from = addDays(day, -sinceMonday);
  return { from, to: addDays(from, 6) };
}

const before = ({ from }: DayRange, span: Span): DayRange => dayRangeOf(addDays(from, -1), span);

/** `count` spans up to the one with `today`, oldest first. */
export function periodsTo(today: string, span: Span, count: number): readonly DayRange[] {
  const found = [dayRangeOf(today, span)];
  while (found.length < count) found.unshift(before(found[0] as DayRange, span));
  return found;
}

/** The span before; for a running one as many of its days as have passed. */
export function comparedWith(period: DayRange, span: Span, today: string): DayRange {
  const whole = before(period, span);
  if (today > period.to || today < period.from) return whole;
  return { from: whole.from, to: earlier(whole.to, addDays(whole.from, daysFrom(period.from, today))) };
}
