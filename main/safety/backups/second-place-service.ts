import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type AppError, err, type Result } from '../../../preload/contract/index.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import { createMutex } from '../../kernel/mutex.ts';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import { hashOfFile, sealFile } from '../../kernel/sealing/sealed-file.ts';
import type { Timeouts } from '../../kernel/timeouts.ts';
import { backupFailure } from './backup-failure.ts';
import { type BackupReason, backupName } from './backup-name.ts';
import {
  type ChosenPlace,
  folderAt,
  loadPlace,
  makePlace,
  type PlaceWriter,
  placeProblem,
  type SecondPlace,
} from './second-place.ts';
import { keepSeen } from './second-place-seen.ts';
import { backupsIn, type PlaceState, placeState, prune, takeBackup } from './take-backup.ts';

export interface CopiedBackup {
  readonly name: string;
  readonly atMs: number;
  readonly reason: BackupReason;
}

export interface SecondState extends PlaceState {
  /** On the disk of the till's own backups, as far as the system tells. */
  readonly isSameDisk: boolean;
}

/** Sealed copies on another disk or share; with a queue of its own, since it may never reply. */
export interface SecondPlaceService {
  state(): SecondState | null;
  /** Not waited for; of several only the newest is copied. */
  copy(backup: CopiedBackup): void;
  /** Resolves when all copies are made or have failed. */
  copied(): Promise<void>;
  /** Checks again, unless a copy is under way. True where it was away and is back. */
  look(): Promise<boolean>;
  /** Creates the till's folder in a chosen place. */
  make(wanted: ChosenPlace): Promise<Result<SecondPlace>>;
}

export interface SecondPlaceParts {
  /** Has the backups to copy. */
  readonly folder: string;
  readonly writer: PlaceWriter;
  readonly settings: Settings;
  readonly timeouts: Timeouts;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly onChange: () => void;
}

/** Time for a sleeping disk to wake up. */
const CHECK_LIMIT_MS = 15_000;
/** A slow stick, and years of records. */
const COPY_LIMIT_MS = 600_000;

const isAway = (problem: AppError | null): boolean =>
  problem?.code === 'backup-place-gone' ||
  problem?.code === 'backup-place-hangs' ||
  problem?.code === 'backup-place-copy';

/** A share or a stick is a device of its own; two partitions of one disk are, too. */
async function isOneDisk(folder: string, other: string): Promise<boolean> {
  const devices = await Promise.all([folder, other].map((path) => stat(path))).catch(() => []);
  const [here, there] = devices;
  return here !== undefined && here.dev === there?.dev;
}

export function createSecondPlaceService(parts: SecondPlaceParts): SecondPlaceService {
  const { folder, settings, timeouts, random, clock, logger } = parts;
  const runExclusive = createMutex();
  let state: SecondState | null = null;
  let chosen: SecondPlace | null = null;
  let newest: CopiedBackup | null = null;
  let copying = false;

  const change = (to: SecondState | null) => {
    state = to;
    keepSeen(settings, to, logger);
    parts.onChange();
  };

  /** A late result may be of a place that is not chosen any more. */
  const isChosen = ({ id }: SecondPlace): boolean => chosen?.id === id;

  /** Keeps what was known, with the problem. */
  const fail = (place: SecondPlace, problem: AppError) => {
    if (!isChosen(place)) return;
    logger.warn('backup.second-failed', { code: problem.code, ...problem.details });
    const before = state?.folder === place.folder ? state : null;
    change({ newestAtMs: null, count: 0, isSameDisk: false, ...before, folder: place.folder, problem });
  };

  const see = async (place: SecondPlace, problem: AppError | null) => {
    const found = placeState(place.folder, await backupsIn(folderAt(place)), problem);
    const isSameDisk = await isOneDisk(folder, folderAt(place));
    if (isChosen(place)) change({ ...found, isSameDisk });
  };

  const within = async (place: SecondPlace, limitMs: number, work: () => Promise<void>): Promise<void> => {
    try {
      await timeouts.run({ place: place.folder, lane: 'copies', limitMs, work });
    } catch (thrown) {
      fail(place, backupFailure(thrown));
    }
  };

  /** Tells a place that does not reply from one that cannot be written to. */
  const isThere = async (place: SecondPlace): Promise<boolean> => {
    let missing: AppError | null | undefined;
    await within(place, CHECK_LIMIT_MS, async () => {
      missing = await placeProblem(place, parts.writer);
      if (missing !== null) fail(place, missing);
    });
    return missing === null;
  };

  /** The sealed copy is read back, or it does not count. */
  const write = async (place: SecondPlace, { name, atMs, reason }: CopiedBackup): Promise<void> => {
    let written = '';
    const taken = await takeBackup({
      folder: folderAt(place),
      name: backupName(atMs, reason, true),
      write: async (file) => {
        written = await sealFile(join(folder, name), file, place.lock, random);
      },
      check: async (file) => ((await hashOfFile(file)) === written ? null : 'read otherwise than written'),
    });
    if (!taken.ok) return fail(place, taken.error);
    await prune(folderAt(place), clock.nowMs(), logger);
    await see(place, null);
  };

  const copyNewest = async (): Promise<void> => {
    const [place, backup] = [loadPlace(settings), newest];
    [chosen, newest] = [place, null];
    if (place === null) return change(null);
    if (backup === null) return;
    copying = true;
    try {
      if (await isThere(place)) await within(place, COPY_LIMIT_MS, () => write(place, backup));
    } finally {
      copying = false;
    }
  };

  return {
    state: () => state,
    copy: (backup) => {
      newest = backup;
      runExclusive(copyNewest).catch((thrown: unknown) =>
        logger.error('backup.second-failed', { error: String(thrown) }),
      );
    },
    copied: () => runExclusive(async () => undefined),
    look: async () => {
      const place = loadPlace(settings);
      if (chosen?.id !== place?.id) state = null;
      chosen = place;
      if (place === null) {
        change(null);
        return false;
      }
      if (copying) return false;
      const before = state?.problem ?? null;
      if (!(await isThere(place))) return false;
      await within(place, CHECK_LIMIT_MS, () => see(place, before));
      return isAway(before);
    },
    make: async (wanted) => {
      try {
        return await timeouts.run({
          place: wanted.folder,
          lane: 'picked',
          limitMs: CHECK_LIMIT_MS,
          work: () => makePlace(wanted, parts.writer, random),
        });
      } catch (thrown) {
        return err(backupFailure(thrown));
      }
    },
  };
}
