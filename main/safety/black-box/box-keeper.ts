import { basename } from 'node:path';
import type { AppError } from '../../../preload/contract/index.ts';
import type { Db } from '../../kernel/database/open.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import type { Lock } from '../../kernel/sealing/lock.ts';
import type { JournalRepository } from '../../ledger/journal/index.ts';
import type { StoredRow } from '../../ledger/tables/index.ts';
import {
  type BlackBoxFile,
  type OpenedBox,
  type OpenParts,
  openBlackBox,
  type Reached,
} from './black-box-file.ts';
import { createBlackBoxRepository } from './black-box-repository.ts';
import { type BoxRecord, readRecord, recordText } from './box-record.ts';
import { type Keep, keepOf } from './classify-box.ts';
import { keepBefore, rewriteBox, takeLeft } from './rewrite-box.ts';

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

type OpenBox = Extract<OpenedBox, { state: 'open' }>;

/** Keeps the box equal to the journal: opens it, appends rows, and rewrites it where it is damaged. */
export interface BoxKeeper {
  /** Null where the records were closed, it has no rows yet, or rewriting failed. */
  open(place: BoxPlace): Promise<BlackBoxFile | null>;
  write(place: BoxPlace, file: BlackBoxFile): Promise<void>;
  /** Rewrites a box that was found damaged, and closed. */
  repair(place: BoxPlace): Promise<void>;
  /** The last error of rewriting. */
  problem(): AppError | null;
  /** Waiting before the next try. */
  isWaiting(): boolean;
  /** It was verified, or is no longer used. */
  forgetProblem(): void;
}

const KEY = 'black-box.cursor';
const PAGE_ROWS = 200;
/** Some hours of a busy shop. */
const NEWEST_ROWS = 1_000;
/** A full place is not filled again and again. */
const AGAIN_AFTER_MS = 600_000;
/** An oversized box is moved, rewritten and opened. */
const MOST_STEPS = 3;

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
   * The row before which a new box needs nothing: it starts with the first row of an open entry, for nobody will ask
   * about settled ones, but has the newest rows in any case, so that it continues a recent backup without a gap.
   */
  const beginning = (): number => {
    const { count } = journal.head();
    return Math.max(0, Math.min((journal.firstRowOfOpen() ?? count + 1) - 1, count - NEWEST_ROWS));
  };

  /** `last` is the last row yielded. */
  function* pagesBehind(last: { number: number }): Generator<readonly StoredRow[]> {
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
    const written = await rewriteBox(openParts(place), pagesBehind(last), of);
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

  const goOn = async (place: BoxPlace, { file, after, found }: OpenBox): Promise<BlackBoxFile> => {
    try {
      const from = after ?? beginning();
      keep(place, file.reached(), {
        number: from,
        found: after === null ? { ...found, number: from } : found,
      });
      return file;
    } catch (thrown) {
      // The records may have been closed meanwhile, and nobody else knows the file.
      await file.close();
      throw thrown;
    }
  };

  /** One step towards a box that can be appended to; null where it is not ready. */
  const step = async (place: BoxPlace): Promise<BlackBoxFile | null> => {
    const of = openParts(place);
    const found = await openBlackBox(of, recordOf(place));
    if (found.state === 'none') {
      if (!(await takeLeft(of))) await writeAnew(place, { bytes: 0, after: null });
    } else if (found.state === 'full') await keepBefore(of);
    else if (found.state === 'worn') await tryAnew(place, found.keep);
    else return goOn(place, found);
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
        // Afterwards: a crash in between repeats rows, which readers skip.
        keep(place, file.reached(), { number: last.number, found });
      }
    },
    repair: async (place) => {
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
