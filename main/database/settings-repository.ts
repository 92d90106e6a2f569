import type { Db } from './open.ts';
import { noSeals, type Seals } from './seals.ts';

/** Small named values that live and die with the database. */
export interface Settings {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
}

export function createSettings(db: Db, seals: Seals = noSeals): Settings {
  const get = db.prepare('SELECT value FROM setting WHERE key = ?');
  const set = db.prepare(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const remove = db.prepare('DELETE FROM setting WHERE key = ?');
  return {
    get: (key) => (get.get(key) as { value: string } | undefined)?.value ?? null,
    set: (key, value) => void seals.change('setting', [key], () => set.run(key, value)),
    remove: (key) => void seals.change('setting', [key], () => remove.run(key)),
  };
}
