import { type Answer, refuse, succeed } from './answer.ts';
import type { HostProfile } from './types.ts';
import { words } from './words.ts';

/** KYBIO's page size; a shorter page is the last. */
export const pageSize = 100;

const parameterType = 'LAST_RESULT_MAX_ID';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

// Scrambled, so that nobody is tempted to compute the next one.
const scrambled = (id: string): string => Buffer.from(`after:${id}`, 'utf8').toString('base64url');

function write(id: string, profile: HostProfile): unknown {
  return profile.postBackParameter === 'text'
    ? scrambled(id)
    : { parameterType, parameterValue: scrambled(id) };
}

const isAbsent = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (isRecord(value) && Object.keys(value).length === 0);

function read(value: unknown, profile: HostProfile): unknown {
  if (profile.postBackParameter === 'text') return value;
  return isRecord(value) && value['parameterType'] === parameterType ? value['parameterValue'] : undefined;
}

/**
 * One page of rows that keep their order. The last page carries a `postBackParameter` too, as hosts
 * do: only its shortness says that it is the last.
 */
export function page(
  rows: readonly { readonly id: string; readonly row: unknown }[],
  postBackParameter: unknown,
  profile: HostProfile,
): Answer {
  let start = 0;
  if (!isAbsent(postBackParameter)) {
    const asked = read(postBackParameter, profile);
    const last = rows.findIndex(({ id }) => scrambled(id) === asked);
    if (last === -1) return refuse(words.postBackParameterInvalid);
    start = last + 1;
  }
  const shown = rows.slice(start, start + pageSize);
  const lastId = shown.at(-1)?.id;
  return succeed({
    result: shown.map(({ row }) => row),
    pageSize,
    postBackParameter: lastId === undefined ? postBackParameter : write(lastId, profile),
  });
}
