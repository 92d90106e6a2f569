import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { type Restored, restoredSchema } from '../../preload/contract/index.ts';
import { readJson } from '../kernel/database/read-json.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import { isMissing, isRefusedForNow, removeFileSync, whileRefusedSync } from '../kernel/held-file.ts';
import { isErasedDigest } from '../ledger/index.ts';

/** Records a restore until the first start after it: that start sends everything open to review, whatever the checkpoints say. */
export const RESTORED_FILE = 'restored.json';

/** The prefix of the new database's name until it takes the old one's place. */
export const PART_NAME = 'counterfoil.db.restoring-';

export interface Restoration {
  readonly restored: Restored;
  /** Ended epochs that the replaced records knew, and the restored ones may not. */
  readonly ended: readonly string[];
  /** Epochs of clones met by the replaced records, not yet decided. */
  readonly open: readonly string[];
  /** Digests of members who were erased after the backup: they are erased again (ADR 94). */
  readonly erased: readonly string[];
}

/** While the file `part` exists the restore is unfinished, and the mark has no effect. */
interface Ending {
  readonly part: string | null;
}

/** More restores than a till ever has. */
export const MOST_CARRIED = 1_000;

const epochsSchema = z.array(z.string().regex(/^[0-9a-f]{16}$/)).max(MOST_CARRIED);

const markSchema = restoredSchema.extend({
  part: z.string().max(100).nullable(),
  ended: epochsSchema,
  open: epochsSchema,
  erased: z.array(z.string().refine(isErasedDigest)).max(MOST_CARRIED),
});

export const restoredText = ({ restored, ...how }: Restoration, ending: Ending): string =>
  `${JSON.stringify({ ...restored, ...how, ...ending })}\n`;

/**
 * Null where nothing was restored since the last start. An unreadable mark says only that something was. Throws where
 * another process holds it.
 */
export function readRestored(folder: string): Restoration | null {
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
    const { ended, open, erased } = mark;
    return { restored: restoredSchema.parse(mark), ended, open, erased };
  } catch {
    const unknown = {
      backupAtMs: null,
      restoredAtMs: null,
      lostRows: null,
      lostUntilMs: null,
      setAside: null,
      isMoved: false,
    };
    return { restored: { ...unknown, entries: [] }, ended: [], open: [], erased: [] };
  }
}

/** Its effects are committed, so leftovers of unfinished restores go too. */
export function forgetRestored(folder: string): void {
  removeFileSync(join(folder, RESTORED_FILE));
  for (const name of readdirSync(folder)) if (name.startsWith(PART_NAME)) removeFileSync(join(folder, name));
}

const KEY = 'restored';

/** Shown until a manager acknowledges it. */
export function loadRestored(settings: Pick<Settings, 'get'>): Restored | null {
  const read = restoredSchema.safeParse(readJson(settings.get(KEY)));
  return read.success ? read.data : null;
}

export const keepRestored = (settings: Settings, restored: Restored | null): void =>
  restored === null ? settings.remove(KEY) : settings.set(KEY, JSON.stringify(restored));

/** Takes these members' names and cards out of the list of lost entries; sums and times stay. */
export function forgetLost(settings: Settings, isErased: (customerUid: string) => boolean): void {
  const restored = loadRestored(settings);
  const isTheirs = ({ customerUid }: Restored['entries'][number]) => isErased(customerUid);
  if (restored?.entries.some(isTheirs) !== true) return;
  const entries = restored.entries.map((entry) =>
    isTheirs(entry) ? { ...entry, memberName: '', memberNumber: '' } : entry,
  );
  keepRestored(settings, { ...restored, entries });
}
