import { lstat, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { AppError, LostEntry } from '../../../preload/contract/index.ts';
import { removeFile, writeFileAtomically } from '../../kernel/atomic-file.ts';
import type { Db } from '../../kernel/database/open.ts';
import { every } from '../../kernel/every.ts';
import { createMutex } from '../../kernel/mutex.ts';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import type { Lock } from '../../kernel/sealing/lock.ts';
import type { Timeouts } from '../../kernel/timeouts.ts';
import type { Increment } from '../../ledger/index.ts';
import type { JournalFeed } from '../../ledger/journal/index.ts';
import { openEntriesText, sealOpenEntries } from './open-entries.ts';

export interface OpenEntriesPlace {
  readonly id: string;
  /** The chosen folder, which may not reply. */
  readonly folder: string;
  readonly file: string;
  readonly lock: Lock;
  /** Null where it can be written to. */
  problem(): Promise<AppError | null>;
}

export interface OpenEntriesParts {
  readonly db: Pick<Db, 'open'>;
  readonly open: () => readonly Increment[];
  /** What a restore lost, until a manager has gone through it. */
  readonly lost: () => readonly LostEntry[];
  readonly feed: Pick<JournalFeed, 'subscribe'>;
  /** Null where none is chosen. */
  readonly place: () => OpenEntriesPlace | null;
  readonly timeouts: Timeouts;
  readonly failure: (thrown: unknown) => AppError;
  readonly clock: Clock;
  readonly random: Pick<Random, 'bytes'>;
  readonly logger: Logger;
}

export interface OpenEntriesService {
  start(): void;
  stop(graceMs: number): Promise<void>;
  /** Resolves when the file has what is open, or cannot have it. */
  catchUp(): Promise<void>;
  /** Why the file is not as it should be; null where it is, or no place is chosen. */
  problem(): AppError | null;
}

/** A busy till changes what is open several times a second. */
const SOON_MS = 2_000;
/** A stick that is back gets the file within this time. */
const AGAIN_EVERY_MS = 30_000;
const LIMIT_MS = 30_000;

const UNFINISHED = '.new';

/** A process that ended in the middle of a write leaves its part. */
async function removeUnfinished(file: string): Promise<void> {
  const folder = dirname(file);
  const isPart = (name: string) => name.startsWith(`${basename(file)}.`) && name.endsWith(UNFINISHED);
  for (const name of (await readdir(folder)).filter(isPart)) await removeFile(join(folder, name));
}

interface Written {
  readonly place: string;
  readonly text: string;
  readonly bytes: number;
}

/** Keeps a sealed file of all open entries in the second place, written whole: it lists what a lost computer had open. */
export function createOpenEntriesService(parts: OpenEntriesParts): OpenEntriesService {
  const { db, clock, logger } = parts;
  const runExclusive = createMutex();
  let written: Written | null = null;
  let problem: AppError | null = null;
  let cancelSoon: (() => void) | null = null;
  let ends: readonly (() => void)[] = [];

  const fail = (error: AppError) => {
    if (problem === null) logger.warn('open-entries.stopped', { code: error.code, ...error.details });
    problem = error;
  };

  const isThere = async ({ file, id }: OpenEntriesPlace, text: string): Promise<boolean> => {
    if (written === null || written.place !== id || written.text !== text) return false;
    const { bytes } = written;
    return lstat(file).then(
      (found) => found.isFile() && found.size === bytes,
      () => false,
    );
  };

  /** The rename replaces a link of that name, and never follows it. */
  const write = async (place: OpenEntriesPlace) => {
    const missing = await place.problem();
    if (missing !== null) return fail(missing);
    if (!db.open) return;
    const text = openEntriesText(parts.open(), parts.lost());
    if (!(await isThere(place, text))) {
      const sealed = sealOpenEntries(text, place.lock, parts.random);
      await removeUnfinished(place.file);
      await writeFileAtomically(place.file, sealed, `${parts.random.bytes(8).toString('hex')}${UNFINISHED}`);
      written = { place: place.id, text, bytes: sealed.length };
    }
    if (problem !== null) logger.info('open-entries.goes-on');
    problem = null;
  };

  const catchUp = () =>
    runExclusive(async () => {
      const place = db.open ? parts.place() : null;
      if (place === null) {
        problem = null;
        return;
      }
      try {
        const work = () => write(place);
        await parts.timeouts.run({ place: place.folder, lane: 'entries', limitMs: LIMIT_MS, work });
      } catch (thrown) {
        // A till that was closed meanwhile has nobody to tell.
        if (db.open) fail(parts.failure(thrown));
      }
    });

  const soon = () => {
    cancelSoon ??= clock.schedule(SOON_MS, () => {
      cancelSoon = null;
      void catchUp();
    });
  };

  return {
    start: () => {
      ends = [parts.feed.subscribe(soon), every(clock, AGAIN_EVERY_MS, soon)];
      void catchUp();
    },
    stop: async (graceMs) => {
      for (const end of ends) end();
      cancelSoon?.();
      cancelSoon = null;
      let cancel = (): void => undefined;
      const gaveUp = new Promise<void>((resolve) => {
        cancel = clock.schedule(graceMs, resolve);
      });
      await Promise.race([catchUp(), gaveUp]).finally(cancel);
    },
    catchUp,
    problem: () => problem,
  };
}
