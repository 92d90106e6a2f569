import type { Db } from '../kernel/database/open.ts';
import { foldName } from './fold.ts';

/** Finds members by name. Stores no members: callers read them by uid. */
export interface NameIndex {
  /** Uids of members whose name contains every word of the query, in any order; sorted by name. */
  find(query: string, limit: number): readonly string[];
  /** A member's row was written, perhaps in the running transaction. */
  changed(customerUid: string): void;
  changedAll(): void;
}

interface Row {
  readonly customer_uid: string;
  readonly name: string;
}

/** Above this many all are read in one query. */
const MOST_READ_ALONE = 500;

/**
 * In memory, since SQLite can neither fold letters nor index inside a name, and a stored column would have to be
 * sealed. Built at the first query (0.2 s for 50,000 members). Rows written since are read again before the next
 * query, so a rolled-back transaction leaves no trace.
 */
export function createNameIndex(db: Db): NameIndex {
  const all = db.prepare('SELECT customer_uid, name FROM member');
  const one = db.prepare('SELECT customer_uid, name FROM member WHERE customer_uid = ?');
  let known: Map<string, string> | null = null;
  const stale = new Set<string>();

  const readAll = () => {
    known = new Map((all.all() as Row[]).map(({ customer_uid: uid, name }) => [uid, foldName(name)]));
    stale.clear();
    return known;
  };
  const current = (): ReadonlyMap<string, string> => {
    if (known === null || stale.size > MOST_READ_ALONE) return readAll();
    for (const uid of stale) {
      const row = one.get(uid) as Row | undefined;
      if (row === undefined) known.delete(uid);
      else known.set(uid, foldName(row.name));
    }
    stale.clear();
    return known;
  };

  return {
    find: (query, limit) => {
      const words = foldName(query).split(' ').filter(Boolean);
      if (words.length === 0) return [];
      return [...current()]
        .filter(([, name]) => words.every((word) => name.includes(word)))
        .sort(([, left], [, right]) => (left < right ? -1 : 1))
        .slice(0, limit)
        .map(([uid]) => uid);
    },
    changed: (customerUid) => {
      if (known !== null) stale.add(customerUid);
    },
    changedAll: () => {
      known = null;
    },
  };
}
