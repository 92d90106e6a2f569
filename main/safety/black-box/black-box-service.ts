import { basename } from 'node:path';
import { type AppError, appError } from '../../../preload/contract/index.ts';
import type { Db } from '../../kernel/database/open.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import { every } from '../../kernel/every.ts';
import { createMutex } from '../../kernel/mutex.ts';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import type { Timeouts } from '../../kernel/timeouts.ts';
import type { JournalFeed, JournalRepository } from '../../ledger/journal/index.ts';
import type { BlackBoxFile } from './black-box-file.ts';
import { type BoxPlace, createBoxKeeper } from './box-keeper.ts';
import { NotOurs } from './own-file.ts';

export interface BlackBoxPlace extends BoxPlace {
  /** The chosen folder, which may not reply. */
  readonly folder: string;
  /** Null where it can be written to. */
  problem(): Promise<AppError | null>;
}

export interface BlackBoxService {
  start(): void;
  stop(graceMs: number): Promise<void>;
  /** Resolves when all committed rows are in it, or cannot be. */
  catchUp(): Promise<void>;
  /** Why the last rows are missing; null where they are not, or no place is chosen. */
  problem(): AppError | null;
}

export interface BlackBoxParts {
  readonly db: Db;
  readonly settings: Settings;
  readonly journal: Pick<JournalRepository, 'head' | 'firstRowOfOpen'>;
  readonly feed: Pick<JournalFeed, 'subscribe'>;
  /** Null where none is chosen. */
  readonly place: () => BlackBoxPlace | null;
  readonly timeouts: Timeouts;
  readonly failure: (thrown: unknown) => AppError;
  readonly clock: Clock;
  readonly random: Pick<Random, 'bytes'>;
  readonly logger: Logger;
}

/** A stick that is back continues within this time. */
const AGAIN_EVERY_MS = 30_000;
/** For some rows; longer means no reply. */
const LIMIT_MS = 30_000;
/** For writing a damaged box again as a whole. */
const READ_BACK_LIMIT_MS = 600_000;
const READ_BACK_EVERY_MS = 86_400_000;
/** New rows are written between two parts. */
const READ_BACK_BYTES = 8 * 1024 * 1024;

interface Opened {
  readonly of: string;
  readonly folder: string;
  readonly file: BlackBoxFile;
  /** Null before the first verification. */
  readonly readAtMs: number | null;
}

/** Stores each committed journal row, sealed, in the second place: there a lost till's open entries can be listed. */
export function createBlackBoxService(parts: BlackBoxParts): BlackBoxService {
  const { db, clock, logger } = parts;
  const errorOf = (thrown: unknown): AppError =>
    thrown instanceof NotOurs
      ? appError(thrown.code, { what: basename(thrown.path) })
      : parts.failure(thrown);
  const keeper = createBoxKeeper({ ...parts, errorOf });
  const runExclusive = createMutex();
  let opened: Opened | null = null;
  let problem: AppError | null = null;
  let stopped = true;
  let ends: readonly (() => void)[] = [];
  let isDue = false;
  let isEnding = false;

  const close = async () => {
    const before = opened;
    opened = null;
    await before?.file.close().catch(() => undefined);
  };

  const fail = (error: AppError) => {
    if (problem === null) logger.warn('black-box.stopped', { code: error.code, ...error.details });
    problem = error;
  };

  /** Whether it ended without an error or time-out. */
  const within = async (folder: string, limitMs: number, work: () => Promise<void>): Promise<boolean> => {
    try {
      await parts.timeouts.run({ place: folder, lane: 'entries', limitMs, work });
      return true;
    } catch (thrown) {
      fail(errorOf(thrown));
      return false;
    }
  };

  const forget = async () => {
    problem = null;
    keeper.forgetProblem();
    await close();
  };

  const write = async (place: BlackBoxPlace): Promise<void> => {
    // A swapped stick or a replaced file: the open handle no longer has the name.
    if (opened !== null && (opened.of !== place.id || !(await opened.file.isThere()))) await close();
    if (opened === null) {
      const file = await keeper.open(place);
      if (file !== null) opened = { of: place.id, folder: place.folder, file, readAtMs: null };
    }
    const unmended = keeper.problem();
    if (opened !== null) await keeper.write(place, opened.file);
    else if (unmended !== null) return fail(unmended);
    if (problem !== null) logger.info('black-box.goes-on');
    problem = null;
  };

  /** Records errors instead of throwing: it may end long after its time-out. */
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (thrown) {
      await close();
      // Closed records need no report.
      if (db.open) fail(errorOf(thrown));
    }
    if (isEnding) await close();
  };

  const writeAt = (place: BlackBoxPlace) =>
    attempt(async () => {
      const missing = await place.problem();
      if (missing === null) return write(place);
      await close();
      fail(missing);
    });

  const catchUp = () =>
    runExclusive(async () => {
      isDue = false;
      if (!db.open) return;
      const place = parts.place();
      // The handle of a place that was given up may block.
      const at = place?.folder ?? opened?.folder;
      if (at === undefined) problem = null;
      else await within(at, LIMIT_MS, () => (place === null ? forget() : writeAt(place)));
    });

  /** Once a day and after opening: only reading finds bit rot. */
  const isToBeRead = ({ readAtMs }: Opened): boolean => {
    const sinceMs = readAtMs === null ? READ_BACK_EVERY_MS : clock.nowMs() - readAtMs;
    return (sinceMs >= READ_BACK_EVERY_MS || sinceMs < 0) && !keeper.isWaiting();
  };

  const readOn = (place: BlackBoxPlace, of: Opened) =>
    attempt(async () => {
      const found = await of.file.readOn(READ_BACK_BYTES);
      // Given up meanwhile.
      if (found === 'more' || opened !== of) return;
      opened = { ...of, readAtMs: clock.nowMs() };
      if (found === 'sound') return keeper.forgetProblem();
      logger.warn('black-box.worn');
      await close();
      await keeper.repair(place);
      await write(place);
    });

  const readBack = async (): Promise<void> => {
    let isMore = true;
    while (isMore)
      isMore = await runExclusive(async () => {
        const [place, of] = [db.open ? parts.place() : null, opened];
        if (stopped || place === null || of === null || of.of !== place.id || !isToBeRead(of)) return false;
        const isDone = await within(place.folder, READ_BACK_LIMIT_MS, () => readOn(place, of));
        return isDone && opened !== null && isToBeRead(opened);
      });
  };

  const soon = () => {
    if (isDue || stopped) return;
    isDue = true;
    void Promise.resolve().then(catchUp).then(readBack);
  };

  return {
    start: () => {
      [stopped, isEnding] = [false, false];
      ends = [parts.feed.subscribe(soon), every(clock, AGAIN_EVERY_MS, soon)];
      soon();
    },
    stop: async (graceMs) => {
      [stopped, isEnding] = [true, true];
      for (const end of ends) end();
      let cancel = (): void => undefined;
      const gaveUp = new Promise<void>((resolve) => {
        cancel = clock.schedule(graceMs, resolve);
      });
      await Promise.race([catchUp(), gaveUp]).finally(cancel);
    },
    catchUp,
    problem: () => problem ?? keeper.problem(),
  };
}
