import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { type Restored, restoredSchema } from '../../preload/contract/index.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import { isMissing, isRefusedForNow, removeFileSync, whileRefusedSync } from '../kernel/held-file.ts';

/**
 * What a person put back is told, from the moment of the restore to the first start after it, by a file beside the
 * database: that start gives all that is open to a manager, whatever the journal's heads say.
 */
export const RESTORED_FILE = 'restored.json';

/** The new database has this name and one of its own until it takes the old one's place. */
export const PART_NAME = 'counterfoil.db.restoring-';

/** What a person put back, and how. */
export interface PutBack {
  readonly restored: Restored;
  /** Out of the file of a till that was moved here. */
  readonly isMoved: boolean;
  /** Epochs that the records which lay here before knew, and those that were put back may not. */
  readonly ended: readonly string[];
  /** Epochs of copies that those records had met, and of which nobody has said yet which goes on. */
  readonly open: readonly string[];
}

/** What lies in the mark besides: while this file is there the restore did not come to its end, and the mark says nothing. */
interface Ending {
  readonly part: string | null;
}

/** More restores than a till lives to see. */
export const MOST_CARRIED = 1_000;

const epochsSchema = z.array(z.string().regex(/^[0-9a-f]{16}$/)).max(MOST_CARRIED);

// What marks of versions before lack is absent.
const markSchema = restoredSchema.extend({
  part: z.string().max(100).nullable().optional(),
  isMoved: z.boolean().optional(),
  ended: epochsSchema.optional(),
  open: epochsSchema.optional(),
});

export const restoredText = ({ restored, ...how }: PutBack, ending: Ending): string =>
  `${JSON.stringify({ ...restored, ...how, ...ending })}\n`;

/**
 * Null where nothing was put back since the last start. Of a mark that cannot be read only that it is there is known. Throws
 * where somebody holds it.
 */
export function readRestored(folder: string): PutBack | null {
  let text: string;
  try {
    text = whileRefusedSync(() => readFileSync(join(folder, RESTORED_FILE), 'utf8'));
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    if (isRefusedForNow(thrown)) throw thrown;
    text = '';
  }
  try {
    const mark = markSchema.parse(JSON.parse(text));
    if (mark.part && existsSync(join(folder, basename(mark.part)))) return null;
    const { isMoved = false, ended = [], open = [] } = mark;
    return { restored: restoredSchema.parse(mark), isMoved, ended, open };
  } catch {
    const unknown = {
      backupAtMs: null,
      restoredAtMs: null,
      lostRows: null,
      lostUntilMs: null,
      setAside: null,
    };
    return { restored: { ...unknown, entries: [] }, isMoved: false, ended: [], open: [] };
  }
}

/** What it asked for is committed, and so nobody needs what a restore left behind that did not come to its end. */
export function forgetRestored(folder: string): void {
  removeFileSync(join(folder, RESTORED_FILE));
  for (const name of readdirSync(folder)) if (name.startsWith(PART_NAME)) removeFileSync(join(folder, name));
}

const KEY = 'restored';

/** Shown until a manager says that it was read. */
export function loadRestored(settings: Pick<Settings, 'get'>): Restored | null {
  const text = settings.get(KEY);
  if (text === null) return null;
  try {
    return restoredSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export const keepRestored = (settings: Settings, restored: Restored | null): void =>
  restored === null ? settings.remove(KEY) : settings.set(KEY, JSON.stringify(restored));
