import type { Db } from './open.ts';
import { noSeals, type Seals } from './seals.ts';

/** Small named values stored in the database. */
export interface Settings {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
}

/**
 * Values read are cached until written: the policy alone is read several times an entry. By connection, since
 * settings over one connection must agree; no other process writes while this one runs (`process-lock.ts`).
 */
const knownOf = new WeakMap<Db, Map<string, string | null>>();

export function createSettings(db: Db, seals: Seals = noSeals): Settings {
  const read = db.prepare('SELECT value FROM setting WHERE key = ?');
  const set = db.prepare(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value RETURNING *',
  );
  const remove = db.prepare('DELETE FROM setting WHERE key = ?');
  const known = knownOf.get(db) ?? new Map<string, string | null>();
  knownOf.set(db, known);

  const get = (key: string): string | null => {
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    const value = (read.get(key) as { value: string } | undefined)?.value ?? null;
    // A value written in a transaction may be rolled back.
    if (!db.inTransaction) known.set(key, value);
    return value;
  };
  const change = (key: string, write: () => unknown): void => {
    known.delete(key);
    seals.change('setting', [key], write);
  };
  return {
    get,
    set: (key, value) => change(key, () => set.get(key, value)),
    remove: (key) => change(key, () => void remove.run(key)),
  };
}

/**
 * Settings for a session without the journal's key, which can seal nothing: they last until it ends, and the next one
 * finds those of the last session with a key. Stored, they would look altered from outside, and what the till relied
 * on would be deleted.
 */
export function cachedInMemory(kept: Pick<Settings, 'get'>): Settings {
  const changed = new Map<string, string | null>();
  return {
    get: (key) => (changed.has(key) ? (changed.get(key) ?? null) : kept.get(key)),
    set: (key, value) => void changed.set(key, value),
    remove: (key) => void changed.set(key, null),
  };
}
