import type { CallCountDay } from '../port/member-host.ts';
import type { Parsed } from './read.ts';
import { fieldOf, isAbsent, isJsonObject, type JsonObject, readAmount, readText } from './values.ts';

/** The query. */
export interface CountQuery {
  readonly appId: string;
  readonly beginDay: string;
  readonly endDay: string;
}

/** Above eight days of all accounts of any chain. */
const MOST_ROWS = 1_000;
const MOST_CALLS = 1_000_000_000;

const idOf = (row: JsonObject): string => readText(fieldOf(row, 'appId'), 100).toLowerCase();

function readCalls(value: unknown): number | null {
  const digits = readAmount(value)?.replace(/\.0+$/, '') ?? '';
  const calls = /^\d{1,10}$/.test(digits) ? Number(digits) : Number.POSITIVE_INFINITY;
  return calls <= MOST_CALLS ? calls : null;
}

function readDay(value: unknown): string | null {
  const day = readText(value, 40);
  const atMs = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  // 30 February reads as 2 March.
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(day) ? day : null;
}

function readRow(row: JsonObject): CallCountDay | null {
  const day = readDay(fieldOf(row, 'accessDate'));
  const limitTimes = fieldOf(row, 'limitTimes');
  const limit = isAbsent(limitTimes) ? null : readCalls(limitTimes);
  // KYBIO's misspelling, and the correct one.
  const told = ['haveAcessTimes', 'haveAccessTimes'].map((name) => fieldOf(row, name));
  const [used = null, ...others] = told.filter((value) => !isAbsent(value)).map(readCalls);
  if (day === null || used === null || others.some((other) => other !== used)) return null;
  return limit === null && !isAbsent(limitTimes) ? null : { day, limit, used };
}

/**
 * The rows that count: ours, beside which a chain's other accounts may stand; where the host writes our appId
 * differently, only if no other appId is among them.
 */
function ownRows(rows: readonly JsonObject[], appId: string): readonly JsonObject[] {
  const ours = appId.trim().toLowerCase();
  const own = rows.filter((row) => idOf(row) === ours);
  if (own.length > 0) return own;
  const [id = '', ...others] = new Set(rows.map(idOf));
  return id === '' || others.length > 0 ? [] : rows;
}

/** The queried days, oldest first. One unreadable row of ours makes all of them unreadable. */
export function parseCallCount(data: unknown, asked: CountQuery): Parsed<readonly CallCountDay[]> {
  if (data === null || data === undefined) return { kind: 'nothing' };
  const rows: readonly unknown[] = Array.isArray(data) ? data : [data];
  if (rows.length > MOST_ROWS || !rows.every(isJsonObject)) return { kind: 'unreadable' };
  const days = new Map<string, CallCountDay>();
  for (const row of ownRows(rows, asked.appId)) {
    const count = readRow(row);
    if (count === null) return { kind: 'unreadable' };
    const before = days.get(count.day) ?? count;
    if (before.used !== count.used || before.limit !== count.limit) return { kind: 'unreadable' };
    days.set(count.day, count);
  }
  const told = [...days.values()].filter(({ day }) => day >= asked.beginDay && day <= asked.endDay);
  if (told.length === 0) return { kind: 'nothing' };
  return { kind: 'value', value: told.sort((one, other) => (one.day < other.day ? -1 : 1)) };
}
