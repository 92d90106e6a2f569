import type { AppError } from '../../preload/contract/index.ts';
import type { Db } from '../database/open.ts';
import type { Settings } from '../database/settings-repository.ts';
import type { JournalFeed } from '../journal/feed.ts';
import type { JournalRepository } from '../journal/journal-repository.ts';
import type { Patience } from '../patience.ts';
import type { Clock, Logger, Random } from '../ports.ts';
import { every } from '../scheduler/every.ts';
import type { Lock } from '../sealing/lock.ts';
import { createTurns } from '../turns.ts';
import { type BlackBoxFile, openBlackBox } from './black-box-file.ts';
import { createBlackBoxRepository } from './black-box-repository.ts';

/** Where the black box lies now, and what it is sealed with. */
export interface BlackBoxPlace {
  readonly id: string;
  /** What somebody chose: a folder that may not answer. */
  readonly folder: string;
  readonly file: string;
  readonly lock: Lock;
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

const KEY = 'black-box.cursor';
const PAGE_ROWS = 200;
/** Some hours of a busy shop. */
const NEWEST_ROWS = 1_000;
/** A stick that is put back goes on within this time. */
const AGAIN_EVERY_MS = 30_000;
/** Some rows are written at a time: whatever takes longer does not answer. */
const LIMIT_MS = 30_000;

/** Keeps each committed row of the journal, sealed, in a second place: what a lost till had open can be listed there. */
export function createBlackBoxService(parts: BlackBoxParts): BlackBoxService {
  const { db, settings, journal, clock, random, logger } = parts;
  const rows = createBlackBoxRepository(db);
  const inTurn = createTurns();
  let opened: { readonly of: string; readonly folder: string; readonly file: BlackBoxFile } | null = null;
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

  /** How far this place has come, and how its file ended then; null where it has nothing of this till. */
  const cursorOf = ({
    id,
  }: BlackBoxPlace): { readonly number: number; readonly ended: string | null } | null => {
    const [of, number, ended = null] = (settings.get(KEY) ?? '').split(' ');
    return of === id && number !== undefined ? { number: Number(number), ended } : null;
  };

  const fail = (error: AppError) => {
    if (problem === null) logger.warn('black-box.stopped', { code: error.code, ...error.details });
    problem = error;
  };

  const within = async (folder: string, work: () => Promise<void>) => {
    try {
      await parts.patience.run({ place: folder, lane: 'entries', limitMs: LIMIT_MS, work });
    } catch (thrown) {
      fail(parts.failure(thrown));
    }
  };

  /** Nothing is written there any more. */
  const forget = async () => {
    problem = null;
    await close();
  };

  const open = async (place: BlackBoxPlace) => {
    const cursor = cursorOf(place);
    const at = { path: place.file, ended: cursor?.ended ?? null };
    const { file, isNew } = await openBlackBox(at, place.lock, random);
    opened = { of: place.id, folder: place.folder, file };
    if (cursor !== null && !isNew) return cursor.number;
    // What is open from its first row on, and whose it is: of what has ended nobody will ask. And the newest rows in any
    // case: where a backup of a moment ago is put back, what is told has to go on from it without a gap.
    await file.append(rows.accountRows());
    const { count } = journal.head();
    return Math.max(0, Math.min((journal.firstRowOfOpen() ?? count + 1) - 1, count - NEWEST_ROWS));
  };

  const write = async (place: BlackBoxPlace): Promise<void> => {
    if (opened !== null && opened.of !== place.id) await close();
    let cursor = opened === null ? await open(place) : (cursorOf(place)?.number ?? 0);
    for (;;) {
      if (!db.open || opened === null) return;
      const page = rows.rowsAfter(cursor, PAGE_ROWS);
      const last = page.at(-1);
      if (last === undefined) break;
      await opened.file.append(page);
      if (!db.open) return;
      // After it: a process that dies in between writes these once more, and who reads takes each once.
      cursor = last.number;
      settings.set(KEY, `${place.id} ${cursor} ${opened.file.end()}`);
    }
    if (problem !== null) logger.info('black-box.goes-on', { rows: cursor });
    problem = null;
  };

  /** What it meets is kept here and not thrown: it may come to its end long after nobody waits for it any more. */
  const writeAt = async (place: BlackBoxPlace) => {
    try {
      const missing = await place.problem();
      if (missing === null) await write(place);
      else {
        await close();
        fail(missing);
      }
    } catch (thrown) {
      await close();
      fail(parts.failure(thrown));
    }
    if (isEnding) await close();
  };

  const catchUp = () =>
    inTurn(async () => {
      isDue = false;
      if (!db.open) return;
      const place = parts.place();
      // Where it was given up, the handle that is open is of a place that may not answer.
      const at = place?.folder ?? opened?.folder;
      if (at === undefined) problem = null;
      else await within(at, () => (place === null ? forget() : writeAt(place)));
    });

  const soon = () => {
    if (isDue || stopped) return;
    isDue = true;
    void Promise.resolve().then(catchUp);
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
    problem: () => problem,
  };
}
