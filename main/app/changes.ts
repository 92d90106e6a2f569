import { isDeepStrictEqual } from 'node:util';
import { type Changes, type Entry, type Snapshot, topicNames } from '../../preload/contract/index.ts';

/** A snapshot without the number of its push. */
export type Unnumbered = Omit<Snapshot, 'revision'>;

type What = Omit<Changes, 'number'>;

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

/** The difference of two snapshots; null where they are equal. */
export function changesBetween(before: Unnumbered, after: Unnumbered): What | null {
  const changed = topicNames.filter((name) => !isDeepStrictEqual(before[name], after[name]));
  const rows = rowChanges(before.activity, after.activity);
  if (changed.length + rows.put.length + rows.gone.length === 0) return null;
  return { topics: Object.fromEntries(changed.map((name) => [name, after[name]])), rows };
}
