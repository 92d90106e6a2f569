import { createHash } from 'node:crypto';
import { isLosslessNumber, parse } from 'lossless-json';
import { type Refusal, refuse } from './answer.ts';
import { isDecimal } from './exact.ts';
import { wallClockMs } from './store-time.ts';
import { fieldInvalid, fieldRequired, words } from './words.ts';

/** A request whose body has arrived whole. Header names are lower-case. */
export interface ReceivedRequest {
  readonly verb: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** `{prefix}/openapi/v1/{service}/{method}`, taken apart; null for any other path. */
export function routeOf(path: string, prefix: string): { service: string; method: string } | null {
  const start = `${prefix}/openapi/v1/`;
  if (!path.startsWith(start)) return null;
  const [service = '', method = '', ...rest] = path.slice(start.length).split('/');
  return service === '' || method === '' || rest.length > 0 ? null : { service, method };
}

/**
 * Whether Data-signature is the upper-case MD5 of trim(key) + trim(body). Implemented from the help page, not with
 * the app's code: an oracle must be independent.
 */
export function signatureIsValid(request: ReceivedRequest, appKey: string): boolean {
  const signed = `${appKey.trim()}${request.body.toString('utf8').trim()}`;
  const expected = createHash('md5').update(Buffer.from(signed, 'utf8')).digest('hex').toUpperCase();
  return request.headers['data-signature'] === expected;
}

export type Body = Readonly<Record<string, unknown>>;

/** The body with its numbers lossless; null where it is not one JSON object in valid UTF-8. */
export function parseBody(body: Buffer): Body | null {
  try {
    const value: unknown = parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    if (typeof value !== 'object' || value === null || Array.isArray(value) || isLosslessNumber(value))
      return null;
    return Object.fromEntries(Object.entries(value));
  } catch {
    return null;
  }
}

const largestLong = 9_223_372_036_854_775_807n;

function longDigits(value: unknown): string | null {
  if (!isLosslessNumber(value) || !/^\d{1,19}$/.test(value.value)) return null;
  return BigInt(value.value) <= largestLong ? value.value : null;
}

const readers = {
  String: (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value : null),
  // Bare digits only: some Java hosts would take a string, and none promises to.
  Long: longDigits,
  // No exponent: `1e3` is a BigDecimal to Java and a bug of the sender to us.
  BigDecimal: (value: unknown) => (isLosslessNumber(value) && isDecimal(value.value) ? value.value : null),
  'yyyy-MM-dd hh:mm:ss': (value: unknown) =>
    typeof value === 'string' && wallClockMs(value) !== null ? value : null,
  'yyyy-MM-dd': (value: unknown) =>
    typeof value === 'string' && wallClockMs(`${value} 00:00:00`) !== null ? value : null,
} as const;

export type FieldType = keyof typeof readers;

export type Fields<Shape> = {
  readonly ok: true;
  readonly fields: { readonly [Name in keyof Shape]: string };
};

/** Reads the named fields, all required, as the text that was written; or says which is missing or wrong. */
export function readFields<const Shape extends Readonly<Record<string, FieldType>>>(
  body: Body,
  shape: Shape,
): Fields<Shape> | Refusal {
  const fields: Record<string, string> = {};
  for (const [name, type] of Object.entries(shape)) {
    const value = body[name];
    if (value === undefined || value === null || value === '') return refuse(fieldRequired(name));
    const text = readers[type](value);
    if (text === null) return refuse(fieldInvalid(name, type));
    fields[name] = text;
  }
  return { ok: true, fields: fields as Fields<Shape>['fields'] };
}

/** Checks the headers of every business call; null where they are right. */
export function headRefusal(
  request: ReceivedRequest,
  nowMs: number,
  toleranceMs: number | null,
): Refusal | null {
  if (request.headers['user-agent'] !== 'openApi') return refuse(words.userAgentInvalid);
  const timeStamp = request.headers['time-stamp'] ?? '';
  if (!/^\d{13}$/.test(timeStamp)) return refuse(words.timeStampInvalid);
  if (toleranceMs !== null && Math.abs(Number(timeStamp) - nowMs) > toleranceMs)
    return refuse(words.timeStampExpired);
  return null;
}

/** `application/json; charset=utf-8`, however spaced and cased. */
export const contentTypeIsRight = (contentType: string | undefined): boolean =>
  contentType?.toLowerCase().replace(/\s/g, '') === 'application/json;charset=utf-8';
