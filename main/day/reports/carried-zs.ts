import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import type { Db } from '../../kernel/database/open.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import { MOST_BYTES } from './bounded-z.ts';

/** Copies of the imported Z files in the database: backups, sealed copies and a move carry them. */
export interface CarriedZs {
  /** The files' names, by which they are found again. */
  names(): readonly string[];
  /** Null where it is missing or damaged. */
  text(name: string): Promise<string | null>;
  /** False where there is no room for it. */
  put(name: string, text: string): Promise<boolean>;
  drop(name: string): void;
  isFull(): boolean;
  noteRemoved(digest: string): void;
  removed(): readonly string[];
}

const REMOVED_KEY = 'reports.removed';
const removedSchema = z.array(z.string());
/** More than anybody removes. */
const MOST_REMOVED = 1_000;

const PREFIX = 'reports.z.';
/** All keys with the prefix sort before it. */
const AFTER = 'reports.z/';
/** In all: ten thousand reports of 40 kB, compressed. Each backup and sealed copy has them too. */
const MOST_CARRIED = 64_000_000;
/** For the largest report. */
const ROOM_FOR_ONE = 1_000_000;

const [compress, decompress] = [promisify(gzip), promisify(gunzip)];

export function createCarriedZs(db: Db, settings: Settings, most = MOST_CARRIED): CarriedZs {
  const names = db.prepare('SELECT key FROM setting WHERE key > ? AND key < ?').pluck();
  // Not by `settings`, which would hold every report in memory from then on.
  const one = db.prepare('SELECT value AS copy FROM setting WHERE key = ?').pluck();
  // In bytes, for which no copy is read: main waits for this once a file.
  const sizes = db
    .prepare('SELECT COALESCE(SUM(octet_length(value)), 0) FROM setting WHERE key > ? AND key < ?')
    .pluck();
  let size: number | null = null;
  const sizeNow = (): number => {
    size ??= sizes.get(PREFIX, AFTER) as number;
    return size;
  };
  const removed = (): readonly string[] =>
    removedSchema.safeParse(readJson(settings.get(REMOVED_KEY))).data ?? [];
  return {
    removed,
    noteRemoved: (digest) =>
      settings.set(REMOVED_KEY, JSON.stringify([...removed(), digest].slice(-MOST_REMOVED))),
    names: () => (names.all(PREFIX, AFTER) as string[]).map((key) => key.slice(PREFIX.length)),
    text: async (name) => {
      const value = one.get(PREFIX + name) as string | undefined;
      if (value === undefined) return null;
      try {
        const bytes = await decompress(Buffer.from(value, 'base64'), { maxOutputLength: MOST_BYTES });
        return bytes.toString('utf8');
      } catch {
        return null;
      }
    },
    put: async (name, text) => {
      const value = (await compress(text)).toString('base64');
      const before = one.get(PREFIX + name) as string | undefined;
      if (sizeNow() - (before?.length ?? 0) + value.length > most) return false;
      settings.set(PREFIX + name, value);
      size = null;
      return true;
    },
    drop: (name) => {
      settings.remove(PREFIX + name);
      size = null;
    },
    isFull: () => sizeNow() + ROOM_FOR_ONE > most,
  };
}
