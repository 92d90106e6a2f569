import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppError, PickedZ, ZFileProblem } from '../../../preload/contract/index.ts';
import { MOST_BYTES, type TextOf, type ZExchange } from '../../day/index.ts';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import type { Timeouts } from '../../kernel/timeouts.ts';
import { readBounded } from '../read-bounded.ts';
import { folderProblem, inFolder } from './in-folder.ts';
import { createOwnZsThere } from './own-zs-there.ts';
import { namesIn } from './state-folder.ts';
import { Z_NAME } from './z-names.ts';

// `zs` in the chain's folder: each till's Zs, and the owner's computer takes them without anybody carrying a stick.

export interface ZCourierParts {
  readonly folder: () => string | null;
  readonly tillId: () => string | null;
  /** This computer takes those of all tills. */
  readonly holdsKey: () => boolean;
  readonly zs: ZExchange;
  readonly timeouts: Timeouts;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly random: Pick<Random, 'uuid'>;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  readonly pause: () => Promise<void>;
}

export interface RefusedZ {
  readonly tillId: string;
  readonly problem: ZFileProblem;
}

export interface ZCourier {
  /** Writes what is missing of this till's newest Zs; why it could not, or null. */
  put(): Promise<AppError | null>;
  /** Takes what this till does not have, on the owner's computer; why it could not, or null. */
  take(): Promise<AppError | null>;
  /** Files that were not taken. */
  refused(): readonly RefusedZ[];
  /** Another folder, or none. */
  forget(): void;
}

/** Taken a round: all tills of a chain close within minutes, and some of its days may lie there. */
const MOST_TAKEN = 400;
/** What is read in vain is bounded by time alone: a heap of it hides none that is new. */
const LIMIT_MS = 15_000;
/** Files read before that are looked at a round, whether they are others by now. */
const MOST_LOOKED = 80;
/** Files that are looked at together, within one time limit. */
const STEP = 8;
/** Refused files that the log tells of, until the next start. */
const MOST_TOLD = 100;
/** Names that are looked at: more than a year of eighty tills. */
const MOST_NAMES = 50_000;

/** Another time it may be read, or there may be room. */
const passes: ReadonlySet<ZFileProblem> = new Set(['unreadable', 'not-kept', 'full']);

/** Another one once the file is; null where it cannot be said. */
const markOf = (path: string): Promise<string | null> =>
  lstat(path).then(
    ({ size, mtimeMs }) => `${size} ${mtimeMs}`,
    () => null,
  );

const textOf: TextOf = async (path) => {
  const bytes = await readBounded(path, MOST_BYTES);
  if (bytes.ok) return bytes.value.toString('utf8');
  return bytes.error === 'too-large' ? 'too-large' : 'unreadable';
};

/** A file as it was when it was read. */
interface Seen {
  readonly mark: string | null;
  /** Null where its content was taken, or known: it may lie there under many names. */
  readonly problem: ZFileProblem | null;
}

const tillOf = (name: string): string => name.slice(0, name.indexOf('-'));

export function createZCourier(parts: ZCourierParts): ZCourier {
  const { zs, timeouts, clock, random, logger, pause } = parts;
  const ownThere = createOwnZsThere({ zs, timeouts, clock, random, pause });
  let seen = new Map<string, Seen>();
  let nextLook = 0;
  let told = 0;
  /** The key that all of this is known under. */
  let keyId: string | null = null;

  const forget = (): void => {
    ownThere.forget();
    seen = new Map();
  };

  /** Some of these that are others than they were when they were read; the next ones next time. */
  const changedOf = async (folder: string, names: readonly string[]): Promise<readonly string[]> => {
    const until = clock.monotonicMs() + LIMIT_MS;
    if (nextLook >= names.length) nextLook = 0;
    const end = nextLook + MOST_LOOKED;
    const changed: string[] = [];
    for (; nextLook < end && nextLook < names.length && clock.monotonicMs() < until; nextLook += STEP) {
      const some = names.slice(nextLook, nextLook + STEP);
      const marks = await inFolder(folder, timeouts, () =>
        Promise.all(some.map((name) => markOf(join(folder, 'zs', name)))),
      );
      for (const [place, name] of some.entries()) {
        const mark = marks[place] ?? null;
        if (mark !== null && mark !== seen.get(name)?.mark) changed.push(name);
      }
    }
    return changed;
  };

  /** New ones, those that are others by now, and behind them those that may be read another time. */
  const waitingIn = async (folder: string): Promise<readonly string[]> => {
    const known = await zs.known();
    const isWanted = (name: string): boolean => {
      const digest = Z_NAME.exec(name)?.[1];
      return digest !== undefined && !known.has(digest);
    };
    const names = await inFolder(folder, timeouts, () =>
      namesIn(folder, 'zs', { most: MOST_NAMES, isWanted }),
    );
    const listed = new Set(names);
    for (const name of [...seen.keys()]) if (!listed.has(name)) seen.delete(name);
    const [again, over]: [string[], string[]] = [[], []];
    for (const [name, { problem }] of seen)
      (problem !== null && passes.has(problem) ? again : over).push(name);
    return [...names.filter((name) => !seen.has(name)), ...(await changedOf(folder, over)), ...again];
  };

  /** Told once. */
  const refuse = (name: string, problem: ZFileProblem, mark: string | null): void => {
    if (seen.get(name)?.problem !== problem && told < MOST_TOLD) {
      told += 1;
      logger.warn('chain.z-refused', { tillId: tillOf(name), problem });
    }
    seen.set(name, { mark, problem });
  };

  /** Null without a key, and where the folder is another one by now. */
  const takeOne = async (folder: string, name: string): Promise<PickedZ | null> => {
    let mark: string | null = null;
    const taken = await zs.take(join(folder, 'zs', name), async (path) => {
      // Before it is read: what is written meanwhile is another file.
      mark = await markOf(path);
      return textOf(path);
    });
    if (parts.folder() !== folder) return null;
    if (taken?.outcome === 'refused') refuse(name, taken.problem ?? 'unreadable', mark);
    else if (taken !== null) seen.set(name, { mark, problem: null });
    return taken;
  };

  const take = async (folder: string): Promise<void> => {
    const waiting = await waitingIn(folder);
    // What lies there may itself take longer to list, each time.
    const until = clock.monotonicMs() + LIMIT_MS;
    let taken = 0;
    let tried = 0;
    for (const one of waiting) {
      if (tried === MOST_TAKEN || clock.monotonicMs() >= until) break;
      const end = await takeOne(folder, one);
      if (end === null) break;
      const isTaken = end.outcome === 'taken' || end.outcome === 'differs';
      if (isTaken) taken += 1;
      if (isTaken || (end.problem !== null && passes.has(end.problem))) tried += 1;
      // Nothing more is kept this time.
      if (end.problem === 'full' || end.problem === 'not-kept') break;
    }
    if (taken > 0) logger.info('chain.zs-taken', { reports: taken });
  };

  /** Nothing is written or read without an App key, and what was known under another is looked at anew. */
  const within = async (work: (folder: string) => Promise<void>): Promise<AppError | null> => {
    const [folder, present] = [parts.folder(), zs.keyId()];
    if (folder === null || present === null) return null;
    if (present !== keyId) forget();
    keyId = present;
    return folderProblem(() => work(folder));
  };

  return {
    put: () =>
      within(async (folder) => {
        const tillId = parts.tillId();
        if (tillId !== null) await ownThere.put(folder, tillId);
      }),
    take: () => within(async (folder) => (parts.holdsKey() ? take(folder) : undefined)),
    refused: () =>
      [...seen].flatMap(([name, { problem }]) => (problem === null ? [] : { tillId: tillOf(name), problem })),
    forget,
  };
}
