import type { Db } from '../kernel/database/open.ts';
import { foldName } from './fold.ts';

/** Finds members by their names. It holds no member: who asks reads the ones whose uids it gives. */
export interface NameIndex {
  /** Uids of the members in whose name every word of the query is found, in any order; by name. */
  find(query: string, limit: number): readonly string[];
  /** This member's row was written, or will be with the transaction under way. */
  changed(customerUid: string): void;
  changedAll(): void;
}

interface Row {
  readonly customer_uid: string;
  readonly name: string;
}

/** More than these are read together in one go. */
const MOST_READ_ALONE = 500;

/**
 * In memory, since SQLite can neither fold letters nor look inside a name by an index; a stored column would be
 * one more thing to seal. It is read at the first question (0.2 s for 50,000 members). A row that was written since
 * is read anew before the next one, so that a transaction that was rolled back leaves no trace.
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
