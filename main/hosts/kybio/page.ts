import { stringify } from 'lossless-json';
import type { Page } from '../port/member-host.ts';
import type { Parsed } from './read.ts';
import { parseLossless } from './reply.ts';
import { fieldOf, isAbsent, isJsonObject, readSmallInteger } from './values.ts';

const documentedPageSize = 100;

/**
 * Parses one page. The cursor is stored as lossless JSON text and returned unchanged; null on the last page, which
 * has fewer rows than `pageSize`. A full page without a cursor, or with the one that was sent, is unreadable: the
 * list would look complete, or never end. `unreadableRows` says whether such a row is skipped or spoils the page.
 */
export function parsePage<T>(
  data: unknown,
  parseRow: (row: unknown) => Parsed<T>,
  options: { readonly sentCursor: string | null; readonly unreadableRows: 'leave-out' | 'refuse' },
): Parsed<Page<T>> {
  if (data === null || data === undefined) return { kind: 'value', value: { rows: [], cursor: null } };
  if (!isJsonObject(data)) return { kind: 'unreadable' };
  const result = fieldOf(data, 'result') ?? [];
  if (!Array.isArray(result)) return { kind: 'unreadable' };
  const rows: T[] = [];
  for (const item of result) {
    const parsed = parseRow(item);
    if (parsed.kind === 'value') rows.push(parsed.value);
    else if (parsed.kind === 'unreadable' && options.unreadableRows === 'refuse')
      return { kind: 'unreadable' };
  }
  const pageSize = readSmallInteger(fieldOf(data, 'pageSize')) ?? documentedPageSize;
  if (result.length === 0 || result.length < pageSize) {
    return { kind: 'value', value: { rows, cursor: null } };
  }
  const field = fieldOf(data, 'postBackParameter');
  const cursor = isAbsent(field) ? null : (stringify(field) ?? null);
  if (cursor === null || cursor === options.sentCursor) return { kind: 'unreadable' };
  return { kind: 'value', value: { rows, cursor } };
}

/** A cursor for a request's body. */
export const cursorValue = (cursor: string): unknown => (parseLossless(cursor) ?? { json: cursor }).json;
