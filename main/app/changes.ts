import { isDeepStrictEqual } from 'node:util';
import { type Changes, type Entry, type Snapshot, topicNames } from '../../preload/contract/index.ts';

/** What the screens show, without the number of a push. */
export type Unnumbered = Omit<Snapshot, 'revision'>;

type What = Omit<Changes, 'number'>;

/** Rows of the list that are new or not as they were, and those that have left it. */
function rowChanges(before: readonly Entry[], after: readonly Entry[]): Changes['rows'] {
  if (before === after) return { put: [], gone: [] };
  const known = new Map(before.map((entry) => [entry.id, entry]));
  const put: Entry[] = [];
  for (const entry of after) {
    const was = known.get(entry.id);
    known.delete(entry.id);
    if (was !== entry && !isDeepStrictEqual(was, entry)) put.push(entry);
  }
  return { put, gone: [...known.keys()] };
}

/** What is to be told so that one snapshot becomes the other; null where nothing is. */
export function changesBetween(before: Unnumbered, after: Unnumbered): What | null {
  const changed = topicNames.filter((name) => !isDeepStrictEqual(before[name], after[name]));
  const rows = rowChanges(before.activity, after.activity);
  if (changed.length + rows.put.length + rows.gone.length === 0) return null;
  return { topics: Object.fromEntries(changed.map((name) => [name, after[name]])), rows };
}
