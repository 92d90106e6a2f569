import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { errorCodeSchema } from '../../preload/contract/index.ts';
import { writeFileAtomically } from '../kernel/atomic-file.ts';
import { heldWaitsMs, isMissing, isRefusedForNow, whileRefusedSync } from '../kernel/held-file.ts';
import { createMutex } from '../kernel/mutex.ts';
import type { Logger, Random } from '../kernel/ports.ts';
import { isVersion } from './version.ts';

const version = z.string().refine(isVersion);

const storedSchema = z.object({
  /** Random, never sent: determines this till's place. */
  tillId: z.string().min(1).max(40),
  newestIssuedAtMs: z.number().int().nonnegative(),
  floor: version.nullable(),
  /** The newest valid list and its signature, in base64; judged again before an install. */
  list: z.string().max(100_000).nullable(),
  signature: z.string().max(300).nullable(),
  /** When the feed last confirmed it. */
  confirmedAtMs: z.number().int().nonnegative(),
  /** What was put in place, and how often; null once it runs. */
  installing: z.object({ version, tries: z.number().int().positive() }).nullable(),
  /** Why it failed, for the program started afterwards. */
  failure: errorCodeSchema.nullable(),
  /** The host check-up had test credits out when last seen. */
  checkUpOpen: z.boolean(),
  /** A drawer count was open when last seen. */
  countOpen: z.boolean().default(false),
  /** A manager's setting, for while no till is open. */
  onPress: z.boolean().default(false),
  /** The version that a manager asked for, with `onPress`. */
  asked: version.nullable().default(null),
});
export type StoredState = z.infer<typeof storedSchema>;

export interface StoredStateParts {
  readonly folder: string;
  readonly random: Random;
  readonly logger: Logger;
}

/** The state of updates over restarts. It is trusted only as far as a signature covers it. */
export interface StoredStateFile {
  now(): StoredState;
  /** Resolves once it is on disk; where it cannot be stored it holds for this run. */
  change(change: Partial<StoredState>): Promise<void>;
}

/**
 * Null where there is no file; an unreadable one makes the till ask like a new one. `held`: another process
 * has it, and it counts once it can be read.
 */
function read(path: string, waitsMs: readonly number[]): StoredState | 'unreadable' | 'held' | null {
  try {
    return storedSchema.parse(JSON.parse(whileRefusedSync(() => readFileSync(path, 'utf8'), { waitsMs })));
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    return isRefusedForNow(thrown) ? 'held' : 'unreadable';
  }
}

export function openStoredState({ folder, random, logger }: StoredStateParts): StoredStateFile {
  const path = join(folder, 'updates.json');
  const runExclusive = createMutex();
  const none: StoredState = {
    tillId: random.uuid(),
    newestIssuedAtMs: 0,
    floor: null,
    list: null,
    signature: null,
    confirmedAtMs: 0,
    installing: null,
    failure: null,
    checkUpOpen: false,
    countOpen: false,
    onPress: false,
    asked: null,
  };
  let kept = none;
  let isHeld = true;
  /** Changes since the start override the file. */
  let changed: Partial<StoredState> = {};
  const look = (waitsMs: readonly number[]) => {
    if (!isHeld) return;
    const found = read(path, waitsMs);
    isHeld = found === 'held';
    if (typeof found === 'string') logger.warn('update.kept-unreadable', { why: found });
    else if (found !== null) kept = { ...found, ...changed };
  };
  look(heldWaitsMs.blocking);
  return {
    now: () => {
      look([]);
      return kept;
    },
    change: (change) => {
      look([]);
      kept = { ...kept, ...change };
      if (isHeld) {
        // Overwriting the held file would forget the floor.
        changed = { ...changed, ...change };
        return Promise.resolve();
      }
      const text = `${JSON.stringify(kept)}\n`;
      return runExclusive(async () => {
        try {
          await mkdir(folder, { recursive: true, mode: 0o700 });
          await writeFileAtomically(path, text, random.uuid());
        } catch (thrown) {
          logger.warn('update.not-kept', { error: String(thrown) });
        }
      });
    },
  };
}
