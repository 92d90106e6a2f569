import { basename } from 'node:path';
import { type AppError, appError } from '../../../preload/contract/index.ts';
import type { Db } from '../../kernel/database/open.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import { every } from '../../kernel/every.ts';
import type { Patience } from '../../kernel/patience.ts';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import { createTurns } from '../../kernel/turns.ts';
import type { JournalFeed, JournalRepository } from '../../ledger/journal/index.ts';
import type { BlackBoxFile } from './black-box-file.ts';
import { type BoxPlace, createBoxKeeper } from './box-keeper.ts';
import { NotOurs } from './own-file.ts';

/** Where the black box lies now, and what it is sealed with. */
export interface BlackBoxPlace extends BoxPlace {
  /** What somebody chose: a folder that may not answer. */
  readonly folder: string;
  /** Why it cannot be written to; null where it is there. */
  problem(): Promise<AppError | null>;
}

export interface BlackBoxService {
  start(): void;
  stop(graceMs: number): Promise<void>;
  /** Resolves when all that is committed now is in it, or cannot be. */
  catchUp(): Promise<void>;
  /** Why the last rows are not in it; null where they are, or nobody chose a place. */
  problem(): AppError | null;
}

export interface BlackBoxParts {
  readonly db: Db;
  readonly settings: Settings;
  readonly journal: Pick<JournalRepository, 'head' | 'firstRowOfOpen'>;
  readonly feed: Pick<JournalFeed, 'subscribe'>;
  /** Null where none is chosen. */
  readonly place: () => BlackBoxPlace | null;
  readonly patience: Patience;
  readonly failure: (thrown: unknown) => AppError;
  readonly clock: Clock;
  readonly random: Pick<Random, 'bytes'>;
  readonly logger: Logger;
}

/** A stick that is put back goes on within this time. */
const AGAIN_EVERY_MS = 30_000;
/** Some rows are written at a time: whatever takes longer does not answer. */
const LIMIT_MS = 30_000;
/** One that is worn is written anew as a whole. */
const READ_BACK_LIMIT_MS = 600_000;
const READ_BACK_EVERY_MS = 86_400_000;
/** Between such parts new rows are written. */
const READ_BACK_BYTES = 8 * 1024 * 1024;

interface Opened {
  readonly of: string;
  readonly folder: string;
  readonly file: BlackBoxFile;
  /** Null before it was read back once. */
  readonly readAtMs: number | null;
}

/** Keeps each committed row of the journal, sealed, in a second place: what a lost till had open can be listed there. */
export function createBlackBoxService(parts: BlackBoxParts): BlackBoxService {
  const { db, clock, logger } = parts;
  const errorOf = (thrown: unknown): AppError =>
    thrown instanceof NotOurs
      ? appError(thrown.code, { what: basename(thrown.path) })
      : parts.failure(thrown);
  const keeper = createBoxKeeper({ ...parts, errorOf });
  const inTurn = createTurns();
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

  /** Whether it came to its end. */
  const within = async (folder: string, limitMs: number, work: () => Promise<void>): Promise<boolean> => {
    try {
      await parts.patience.run({ place: folder, lane: 'entries', limitMs, work });
      return true;
    } catch (thrown) {
      fail(errorOf(thrown));
      return false;
    }
  };

  /** Nothing is written there any more. */
  const forget = async () => {
    problem = null;
    keeper.forgetProblem();
    await close();
  };

  const write = async (place: BlackBoxPlace): Promise<void> => {
    // A stick is swapped, a file taken away or linked to: what is held open is then no longer what has the name.
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

  /** What it meets is kept here and not thrown: it may come to its end long after nobody waits for it any more. */
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (thrown) {
      await close();
      // Records that are closed have nobody who asks for it.
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
    inTurn(async () => {
      isDue = false;
      if (!db.open) return;
      const place = parts.place();
      // Where it was given up, the handle that is open is of a place that may not answer.
      const at = place?.folder ?? opened?.folder;
      if (at === undefined) problem = null;
      else await within(at, LIMIT_MS, () => (place === null ? forget() : writeAt(place)));
    });

  /** Once a day, and once after each opening: a bit that tips over where it lies is not seen by whoever only writes. */
  const isToBeRead = ({ readAtMs }: Opened): boolean => {
    const sinceMs = readAtMs === null ? READ_BACK_EVERY_MS : clock.nowMs() - readAtMs;
    return (sinceMs >= READ_BACK_EVERY_MS || sinceMs < 0) && !keeper.isWaiting();
  };

  const readOn = (place: BlackBoxPlace, of: Opened) =>
    attempt(async () => {
      const found = await of.file.readOn(READ_BACK_BYTES);
      // Given up meanwhile, it came back late.
      if (found === 'more' || opened !== of) return;
      opened = { ...of, readAtMs: clock.nowMs() };
      if (found === 'sound') return keeper.forgetProblem();
      logger.warn('black-box.worn');
      await close();
      await keeper.mend(place);
      await write(place);
    });

  const readBack = async (): Promise<void> => {
    let isMore = true;
    while (isMore)
      isMore = await inTurn(async () => {
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
