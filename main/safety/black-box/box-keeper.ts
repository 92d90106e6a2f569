import { basename } from 'node:path';
import type { AppError } from '../../../preload/contract/index.ts';
import type { Db } from '../../kernel/database/open.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import type { Lock } from '../../kernel/sealing/lock.ts';
import type { JournalRepository } from '../../ledger/journal/index.ts';
import type { KeptRow } from '../../ledger/tables/index.ts';
import { type BlackBoxFile, type OpenParts, openBlackBox, type Reached } from './black-box-file.ts';
import { createBlackBoxRepository } from './black-box-repository.ts';
import { type BoxRecord, readRecord, recordText } from './box-record.ts';
import { type Keep, keepOf } from './judge-box.ts';
import { keepBefore, takeLeft, writeBoxAnew } from './write-anew.ts';

export interface BoxPlace {
  readonly id: string;
  readonly file: string;
  readonly lock: Lock;
}

export interface BoxKeeperParts {
  readonly db: Db;
  readonly settings: Settings;
  readonly journal: Pick<JournalRepository, 'head' | 'firstRowOfOpen'>;
  readonly errorOf: (thrown: unknown) => AppError;
  readonly clock: Clock;
  readonly random: Pick<Random, 'bytes'>;
  readonly logger: Logger;
}

/** Keeps a box what the journal is: opens it, writes rows behind it, and writes it anew where it is worn. */
export interface BoxKeeper {
  /** Null where the records were closed meanwhile, it has nothing to tell yet, or could not be written anew. */
  open(place: BoxPlace): Promise<BlackBoxFile | null>;
  /** All rows that it lacks. */
  write(place: BoxPlace, file: BlackBoxFile): Promise<void>;
  /** Writes one anew that was closed, since it told otherwise than it was written. */
  mend(place: BoxPlace): Promise<void>;
  /** Why that failed; null where it did not. */
  problem(): AppError | null;
  /** Whether nothing is tried for a while. */
  isWaiting(): boolean;
  /** It was read back, or is no longer written to. */
  forgetProblem(): void;
}

const KEY = 'black-box.cursor';
const PAGE_ROWS = 200;
/** Some hours of a busy shop. */
const NEWEST_ROWS = 1_000;
/** A place that is full is not filled up over and over. */
const AGAIN_AFTER_MS = 600_000;
/** One that is too large makes room, is written, and is opened. */
const MOST_STEPS = 3;

/** What keeps the box in the second place. */
export function createBoxKeeper(parts: BoxKeeperParts): BoxKeeper {
  const { db, settings, journal, clock, random, logger } = parts;
  const rows = createBlackBoxRepository(db);
  let failed: { readonly error: AppError; readonly againAtMs: number } | null = null;

  const openParts = ({ file, lock }: BoxPlace): OpenParts => ({ path: file, lock, random });
  const recordOf = ({ id }: BoxPlace) => readRecord(id, settings.get(KEY));
  const keep = (place: BoxPlace, { end, sums }: Reached, rest: Pick<BoxRecord, 'number' | 'found'>) => {
    if (db.open) settings.set(KEY, recordText(place.id, { ...rest, ended: end, sums }));
  };
  const isWaiting = () => failed !== null && clock.monotonicMs() < failed.againAtMs;

  /**
   * Behind which row one begins that has none: what is open from its first row on, since of what has ended nobody will
   * ask. And the newest rows in any case: where a backup of a moment ago is put back, what is told has to go on from it
   * without a gap.
   */
  const beginning = (): number => {
    const { count } = journal.head();
    return Math.max(0, Math.min((journal.firstRowOfOpen() ?? count + 1) - 1, count - NEWEST_ROWS));
  };

  /** Whose the rows are, and then all of them; `last` is the one that was told last. */
  function* pagesBehind(last: { number: number }): Generator<readonly KeptRow[]> {
    yield rows.accountRows();
    for (;;) {
      if (!db.open) throw new Error('the records are closed');
      const page = rows.rowsAfter(last.number, PAGE_ROWS);
      const end = page.at(-1);
      if (end === undefined) return;
      last.number = end.number;
      yield page;
    }
  }

  const writeAnew = async (place: BoxPlace, { bytes, after }: Keep) => {
    const from = Math.min(after ?? Number.POSITIVE_INFINITY, beginning());
    const last = { number: from };
    const of = { keepBytes: bytes, atMs: clock.nowMs() };
    const written = await writeBoxAnew(openParts(place), pagesBehind(last), of);
    if (written.aside !== null) logger.warn('black-box.set-aside', { name: basename(written.aside) });
    const found = { bytes: written.keptBytes, number: from };
    keep(place, written.reached, { number: last.number, found });
    failed = null;
  };

  const tryAnew = async (place: BoxPlace, of: Keep) => {
    if (isWaiting()) return;
    try {
      await writeAnew(place, of);
    } catch (thrown) {
      if (!db.open) return;
      const error = parts.errorOf(thrown);
      logger.warn('black-box.not-mended', { code: error.code, ...error.details });
      failed = { error, againAtMs: clock.monotonicMs() + AGAIN_AFTER_MS };
    }
  };

  /** One step to a box that can be written to; null where it is not there yet. */
  const step = async (place: BoxPlace): Promise<BlackBoxFile | null> => {
    const of = openParts(place);
    const found = await openBlackBox(of, recordOf(place));
    if (found.state === 'none') {
      if (!(await takeLeft(of))) await writeAnew(place, { bytes: 0, after: null });
    } else if (found.state === 'full') await keepBefore(of);
    else if (found.state === 'worn') await tryAnew(place, found.keep);
    else {
      const { file, after } = found;
      if (after !== null) keep(place, file.reached(), { number: after, found: found.found });
      else {
        const from = beginning();
        await file.append(rows.accountRows());
        keep(place, file.reached(), { number: from, found: { ...found.found, number: from } });
      }
      return file;
    }
    return null;
  };

  return {
    open: async (place) => {
      for (let at = 0; at < MOST_STEPS && db.open; at += 1) {
        const file = await step(place);
        if (file !== null || failed !== null) return file;
      }
      return null;
    },
    write: async (place, file) => {
      for (;;) {
        if (!db.open) return;
        const { number = 0, found = { bytes: 0, number: 0 } } = recordOf(place) ?? {};
        const page = rows.rowsAfter(number, PAGE_ROWS);
        const last = page.at(-1);
        if (last === undefined) return;
        await file.append(page);
        // After it: a process that dies in between writes these once more, and who reads takes each once.
        keep(place, file.reached(), { number: last.number, found });
      }
    },
    mend: async (place) => {
      const record = recordOf(place);
      if (record !== null) await tryAnew(place, keepOf(record));
    },
    problem: () => failed?.error ?? null,
    isWaiting,
    forgetProblem: () => {
      failed = null;
    },
  };
}
