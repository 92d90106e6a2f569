import { isLosslessNumber } from 'lossless-json';
import type { Amount } from '../../../preload/contract/index.ts';
import { exact, plainOf } from '../../../preload/contract/kernel/exact.ts';

// Two digits fewer than amountSchema's 30 and 20: sums and differences of the host's amounts must be valid amounts
// too.
const maxWholeDigits = 28;
const maxDecimals = 20;
const maxShift = 60;

const javaLongMin = -(2n ** 63n);
const javaLongMax = 2n ** 63n - 1n;

export type JsonObject = Readonly<Record<string, unknown>>;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value);

/** An own field of a reply, never one inherited from Object. */
export const fieldOf = (object: JsonObject, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined;

/** True for missing, null or an empty text. */
export const isAbsent = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

const numberText = (value: unknown): string | null => {
  if (isLosslessNumber(value)) return value.value;
  if (typeof value === 'string') return value.trim();
  return null;
};

// Linear: every part starts with a character that the part before cannot match.
const decimalShape = /^(-?)(\d{1,80})(?:\.(\d{1,80}))?(?:[eE]([+-]?\d{1,4}))?$/;

/** A number or text as an exact plain decimal; null for non-numbers, or too many digits. */
function readDecimal(value: unknown): string | null {
  const text = numberText(value);
  const match = text === null ? null : decimalShape.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const shift = Number(exponent);
  if (Math.abs(shift) > maxShift) return null;
  const digits = '0'.repeat(Math.max(0, 1 - shift - whole.length)) + whole + fraction.padEnd(shift, '0');
  const point = Math.max(whole.length + shift, 1);
  const left = digits.slice(0, point).replace(/^0+(?=\d)/, '');
  const right = digits.slice(point);
  if (left.length > maxWholeDigits || right.length > maxDecimals) return null;
  const plain = right === '' ? left : `${left}.${right}`;
  return /[1-9]/.test(plain) ? sign + plain : plain;
}

/** No host keeps money in more places: what follows is the noise of its binary floats. */
const MOST_PLACES = 8;

/** Rounded half up, also below zero, so that two sums that differ by a whole amount still do. */
function withoutNoise(plain: string): string {
  const point = plain.indexOf('.');
  if (point === -1 || plain.length - point - 1 <= MOST_PLACES) return plain;
  const { units, places } = exact(plain);
  const unit = 10n ** BigInt(places - MOST_PLACES);
  const raised = units + unit / 2n;
  const rest = ((raised % unit) + unit) % unit;
  return plainOf({ units: (raised - rest) / unit, places: MOST_PLACES });
}

/**
 * A reply's number or text as a plain decimal: `1E+2` is `100`, `"12.50"` stays `12.50` (trailing zeros show the host's
 * precision), `110.0000000000001` is `110`. Null for non-numbers, or too many digits.
 */
export function readAmount(value: unknown): Amount | null {
  const plain = readDecimal(value);
  return plain === null ? null : (withoutNoise(plain) as Amount);
}

/** True for a canonical `-9223372036854775808` to `9223372036854775807`, KYBIO's `Long`. */
export function isJavaLong(text: string): boolean {
  if (!/^(0|-?[1-9]\d{0,18})$/.test(text)) return false;
  const value = BigInt(text);
  return value >= javaLongMin && value <= javaLongMax;
}

/**
 * An id as digits, from a number or a text; null for anything else. A rounded id may be just beyond a Java Long: it
 * can be compared, and `isJavaLong` says whether it can be used.
 */
export function readUid(value: unknown): string | null {
  const digits = readDecimal(value)?.replace(/\.0+$/, '');
  return digits !== undefined && /^-?\d{1,19}$/.test(digits) ? digits : null;
}

// Control, bidirectional and zero-width characters: after U+202E in a name, the amount reads backwards. The two
// joiners stay, since Indic and Persian scripts need them.
const controls = /[\p{Cc}\p{Cs}]|(?![\u200c\u200d])\p{Cf}/gu;

const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

export const withoutControls = (text: string): string => text.replace(breaks, ' ').replace(controls, '');

/** A text of at most `maxLength` characters without invisible ones; numbers become text, anything else is empty. */
export const readText = (value: unknown, maxLength: number): string =>
  withoutControls(numberText(value) ?? '')
    .trim()
    .slice(0, maxLength);

/** A small whole number such as `enable`; null for anything else. */
export function readSmallInteger(value: unknown): number | null {
  const text = numberText(value);
  return text !== null && /^-?\d{1,6}$/.test(text) ? Number(text) : null;
}
