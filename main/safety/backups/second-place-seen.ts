import { z } from 'zod';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Logger } from '../../kernel/ports.ts';
import { loadPlace } from './second-place.ts';
import type { PlaceState } from './take-backup.ts';

const KEY = 'backups.seen';

const seenSchema = z.object({ newestAtMs: z.number().int().nullable(), problem: z.string().nullable() });
type PlaceSeen = z.infer<typeof seenSchema>;

/** The second place as the till saw it last, without a call to it, which may never return; null where none is chosen. */
export function secondPlaceSeen(settings: Settings): PlaceSeen | null {
  if (loadPlace(settings) === null) return null;
  const read = seenSchema.safeParse(readJson(settings.get(KEY)));
  return read.success ? read.data : { newestAtMs: null, problem: null };
}

/** For a program that looks at this till from outside. A late answer may come when the till is closed. */
export function keepSeen(settings: Settings, state: PlaceState | null, logger: Logger): void {
  try {
    const before = settings.get(KEY);
    if (state === null) {
      if (before !== null) settings.remove(KEY);
      return;
    }
    const now = JSON.stringify({
      newestAtMs: state.newestAtMs,
      problem: state.problem?.code ?? null,
    } satisfies PlaceSeen);
    if (now !== before) settings.set(KEY, now);
  } catch (thrown) {
    logger.warn('backup.seen-not-kept', { error: String(thrown) });
  }
}
