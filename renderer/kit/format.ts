import {
  dateFormat,
  formatMoney,
  formatPlain,
  isZeroAmount,
  numberFormat,
} from '../../preload/contract/app/values.ts';
import type { Amount } from '../../preload/contract/index.ts';

/** `+ S$20.00`, `− S$20.00`: with a space, so that the sign stays readable at a glance. */
export const signed = (text: string): string => (text.startsWith('-') ? `− ${text.slice(1)}` : `+ ${text}`);

export const money = (value: Amount, currency: string, locale: string): string =>
  formatMoney(value, currency, locale).replace('-', '−');

export const plain = (value: Amount, locale: string): string => formatPlain(value, locale).replace('-', '−');

/** The plural form's count for an amount: only exactly one is one. */
export const pluralCount = (value: Amount): number =>
  value.replace(/^-/, '').replace(/\.0*$/, '') === '1' ? 1 : 2;

/** `S$` of `S$0.00`, for the amount field. */
export const currencySymbol = (currency: string, locale: string): string =>
  formatMoney('0' as Amount, currency, locale).replace(/[\d.,\s]/g, '');

export const somethingOf = (value: Amount): boolean => !isZeroAmount(value);

const dayOf = (ms: number, timeZone: string) =>
  dateFormat('en-CA', { timeZone, dateStyle: 'short' }).format(ms);

function momentWith(
  shown: Intl.DateTimeFormatOptions,
  [ms, nowMs, timeZone, locale]: readonly [number, number, string, string],
): string {
  const sameDay = dayOf(ms, timeZone) === dayOf(nowMs, timeZone);
  return dateFormat(locale, {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(sameDay ? {} : { day: 'numeric', month: 'short' }),
    ...shown,
  }).format(ms);
}

/** `14:01`, or `23 Nov, 14:01` where it was another store day. */
export const storeMoment = (ms: number, nowMs: number, timeZone: string, locale: string): string =>
  momentWith({}, [ms, nowMs, timeZone, locale]);

/** The same to the second, to compare with a log: `14:01:09`. */
export const storeSecond = (ms: number, nowMs: number, timeZone: string, locale: string): string =>
  momentWith({ second: '2-digit' }, [ms, nowMs, timeZone, locale]);

/** In full, as on paper: `24 Nov 2026, 14:01:09`. */
export const storeStamp = (ms: number, timeZone: string, locale: string): string =>
  momentWith({ second: '2-digit', day: 'numeric', month: 'short', year: 'numeric' }, [
    ms,
    ms,
    timeZone,
    locale,
  ]);

/** `25 Nov 2027` of `2027-11-25`; what is no day stays as it is. */
export function wholeDay(day: string, locale: string): string {
  const ms = Date.parse(`${day}T12:00:00Z`);
  if (Number.isNaN(ms)) return day;
  return dateFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' }).format(ms);
}

/** `3 hours` for what is an hour old or more; null for younger. */
export function ageWords(ms: number, nowMs: number, locale: string): string | null {
  const hours = Math.floor((nowMs - ms) / 3_600_000);
  if (hours < 1) return null;
  const [value, unit] = hours < 48 ? [hours, 'hour'] : [Math.floor(hours / 24), 'day'];
  return numberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** `1 day`, `5 minutes`, `2 seconds`: in the largest unit of which there is a whole number, rounded up to a second. */
export function durationWords(ms: number, locale: string): string {
  const wholeMs = Math.max(1, Math.ceil(ms / 1_000)) * 1_000;
  const [unit, unitMs] = units.find(([, eachMs]) => wholeMs % eachMs === 0) ?? units[3];
  return numberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(wholeMs / unitMs);
}

/** The last four of a number that is shown where others can look. */
export const masked = (number: string): string => (number.length <= 4 ? number : `•••• ${number.slice(-4)}`);
