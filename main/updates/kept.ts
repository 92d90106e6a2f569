import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { errorCodeSchema } from '../../preload/contract/index.ts';
import { writeFileAtomically } from '../kernel/atomic-file.ts';
import { heldWaitsMs, isMissing, isRefusedForNow, whileRefusedSync } from '../kernel/held-file.ts';
import type { Logger, Random } from '../kernel/ports.ts';
import { createTurns } from '../kernel/turns.ts';
import { isVersion } from './version.ts';

const version = z.string().refine(isVersion);

const keptSchema = z.object({
  /** Drawn once: places this till among a hundred, and is told to nobody. */
  tillId: z.string().min(1).max(40),
  newestIssuedAtMs: z.number().int().nonnegative(),
  floor: version.nullable(),
  /** The newest good list and its signature, in base64: before an install they are judged once more. */
  list: z.string().max(100_000).nullable(),
  signature: z.string().max(300).nullable(),
  /** When the feed said last what it says there. */
  confirmedAtMs: z.number().int().nonnegative(),
  /** What was put in place, and how often; null once it has come up. */
  installing: z.object({ version, tries: z.number().int().positive() }).nullable(),
  /** Why it could not be put in place, for the program that is started afterwards. */
  failure: errorCodeSchema.nullable(),
  /** The check-up of the host had test credits out when it was last looked at. */
  checkUpOpen: z.boolean(),
  /** Somebody counted the drawer when the till was last looked at. */
  countOpen: z.boolean().default(false),
  /** What a manager has set of the line, for while no till is open. */
  onPress: z.boolean().default(false),
  /** What a manager has asked for, on such a line. */
  asked: version.nullable().default(null),
});
export type Kept = z.infer<typeof keptSchema>;

export interface KeptParts {
  readonly folder: string;
  readonly random: Random;
  readonly logger: Logger;
}

/** What the program knows of updates over restarts. Nothing in it is relied on that a signature does not cover. */
export interface KeptFile {
  now(): Kept;
  /** Resolves when it is on the disk, or was found not to go there: then it holds for this run alone. */
  change(change: Partial<Kept>): Promise<void>;
}

/**
 * Null where there is none, or none that can be read: then the feed is asked as by a till that is new. `held` where
 * somebody holds it: what it says counts still, once it can be read.
 */
function read(path: string, waitsMs: readonly number[]): Kept | 'unreadable' | 'held' | null {
  try {
    return keptSchema.parse(JSON.parse(whileRefusedSync(() => readFileSync(path, 'utf8'), { waitsMs })));
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    return isRefusedForNow(thrown) ? 'held' : 'unreadable';
  }
}

export function openKept({ folder, random, logger }: KeptParts): KeptFile {
  const path = join(folder, 'updates.json');
  const inTurn = createTurns();
  const none: Kept = {
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
  /** What was found out meanwhile is newer than what the file says. */
  let changed: Partial<Kept> = {};
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
        // Written over it, all that it says would be forgotten: the floor below which no version is taken too.
        changed = { ...changed, ...change };
        return Promise.resolve();
      }
      const text = `${JSON.stringify(kept)}\n`;
      return inTurn(async () => {
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
