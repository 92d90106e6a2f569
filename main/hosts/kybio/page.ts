import { stringify } from 'lossless-json';
import type { Page } from '../port/member-host.ts';
import type { Parsed } from './read.ts';
import { parseLossless } from './reply.ts';
import { fieldOf, isAbsent, isJsonObject, readSmallInteger } from './values.ts';

const documentedPageSize = 100;

/**
 * One page. The cursor is kept as lossless JSON text, so that it goes back as it came; null on the last
 * page, which is one with fewer rows than `pageSize`. A full page without a cursor, or with the cursor that was sent, is
 * unreadable: taking it for the last would call an incomplete list complete, following it would never
 * end. `unreadableRows` says whether a row that cannot be read is left out or spoils the page.
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

/** A cursor as it goes into a request's body. */
export const cursorValue = (cursor: string): unknown => (parseLossless(cursor) ?? { json: cursor }).json;
