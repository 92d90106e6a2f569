import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppError, PickedZ, ZFileProblem } from '../../../preload/contract/index.ts';
import { MOST_BYTES, type TextOf, type ZExchange } from '../../day/index.ts';
import { writeFileAtomically } from '../../kernel/atomic-file.ts';
import { isMissing } from '../../kernel/held-file.ts';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import type { Timeouts } from '../../kernel/timeouts.ts';
import { withinFolder } from '../look-into-folder.ts';
import { readBounded } from '../read-bounded.ts';
import { folderFailure, namesIn, partOf } from './state-folder.ts';

// `zs` in the chain's folder: each till's Zs, and the owner's computer takes them without anybody carrying a stick.

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    (thrown: unknown) => {
      if (isMissing(thrown)) return false;
      throw thrown;
    },
  );

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
  /** Takes what is new of other tills, on the owner's computer; why it could not, or null. */
  take(): Promise<AppError | null>;
  /** Files that were not taken. */
  refused(): readonly RefusedZ[];
  /** Another folder, or none. */
  forget(): void;
}

/** The newest of a till, which a folder that lay elsewhere meanwhile gets again. */
const MOST_OWN = 60;
/** Files written a round. */
const MOST_PUT = 20;
/** Taken a round: all tills of a chain close within minutes, and some of its days may lie there. */
const MOST_TAKEN = 400;
/** What is read in vain is bounded by time alone: a heap of it hides none that is new. */
const LIMIT_MS = 15_000;
/** Refused files that the log tells of, until the next start. */
const MOST_TOLD = 100;
/** Names that are looked at: more than a year of eighty tills. */
const MOST_NAMES = 50_000;
/** Somebody may have removed them. */
const CHECK_EVERY_MS = 3_600_000;
const READABLE = 0o644;

const NAME = /^([0-9a-f]{16})-([0-9a-f]{32})\.json$/;
const nameOf = (tillId: string, digest: string): string => `${tillId}-${digest}.json`;

/** Another time it may be read, or there may be room. */
const passes: ReadonlySet<ZFileProblem> = new Set(['unreadable', 'not-kept', 'full']);

const textOf: TextOf = async (path) => {
  const bytes = await readBounded(path, MOST_BYTES);
  if (bytes.ok) return bytes.value.toString('utf8');
  return bytes.error === 'too-large' ? 'too-large' : 'unreadable';
};

interface Waiting extends Pick<RefusedZ, 'tillId'> {
  readonly name: string;
}

export function createZCourier(parts: ZCourierParts): ZCourier {
  const { zs, timeouts, clock, random, logger, pause } = parts;
  /** This till's that lie there. */
  let there = new Set<string>();
  let checkedAtMs = Number.NEGATIVE_INFINITY;
  let refused = new Map<string, RefusedZ>();
  /** Names whose content was taken, or known: it may lie there under many. */
  let read = new Set<string>();

  /** Those that are not there. */
  const missingIn = (folder: string, names: readonly string[]): Promise<readonly string[]> =>
    withinFolder(folder, timeouts, async () => {
      const path = await partOf(folder, 'zs');
      const missing: string[] = [];
      for (const name of names) if (!(await isThere(join(path, name)))) missing.push(name);
      return missing;
    });

  const put = async (folder: string, tillId: string): Promise<void> => {
    if (clock.monotonicMs() - checkedAtMs > CHECK_EVERY_MS) {
      there = new Set();
      checkedAtMs = clock.monotonicMs();
    }
    const own = new Map(
      (await zs.own(MOST_OWN)).map(({ number, digest }) => [nameOf(tillId, digest), number]),
    );
    const unsure = [...own.keys()].filter((name) => !there.has(name));
    const missing = unsure.length === 0 ? [] : await missingIn(folder, unsure);
    for (const name of unsure) if (!missing.includes(name)) there.add(name);
    for (const name of missing.slice(0, MOST_PUT)) {
      await pause();
      const text = zs.fileOf(own.get(name) ?? 0);
      if (text === null) continue;
      await withinFolder(folder, timeouts, () =>
        writeFileAtomically(join(folder, 'zs', name), text, random.uuid(), READABLE),
      );
      there.add(name);
    }
  };

  /** New ones, and those behind them that may be read another time. */
  const waitingIn = async (folder: string): Promise<readonly Waiting[]> => {
    const [known, own] = [await zs.known(), parts.tillId()];
    const isWanted = (name: string): boolean => {
      const [, tillId, digest = ''] = NAME.exec(name) ?? [];
      const problem = refused.get(name)?.problem;
      const isOver = problem !== undefined && !passes.has(problem);
      return tillId !== undefined && tillId !== own && !known.has(digest) && !isOver && !read.has(name);
    };
    const names = await withinFolder(folder, timeouts, () =>
      namesIn(folder, 'zs', { most: MOST_NAMES, isWanted }),
    );
    const isNew = (name: string) => !refused.has(name);
    return [...names.filter(isNew), ...names.filter((name) => !isNew(name))].map((name) => {
      return { name, tillId: name.slice(0, name.indexOf('-')) };
    });
  };

  /** Told once. */
  const refuse = (name: string, tillId: string, problem: ZFileProblem): void => {
    if (refused.get(name)?.problem !== problem && refused.size < MOST_TOLD)
      logger.warn('chain.z-refused', { tillId, problem });
    refused.set(name, { tillId, problem });
  };

  const takeOne = async (folder: string, { name, tillId }: Waiting): Promise<PickedZ | null> => {
    const taken = await zs.take(join(folder, 'zs', name), textOf);
    if (taken?.outcome === 'refused') refuse(name, tillId, taken.problem ?? 'unreadable');
    else if (taken !== null) {
      refused.delete(name);
      read.add(name);
    }
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
      if (end === null || parts.folder() !== folder) break;
      const isTaken = end.outcome === 'taken' || end.outcome === 'differs';
      if (isTaken) taken += 1;
      if (isTaken || (end.problem !== null && passes.has(end.problem))) tried += 1;
      // Nothing more is kept this time.
      if (end.problem === 'full' || end.problem === 'not-kept') break;
    }
    if (taken > 0) logger.info('chain.zs-taken', { reports: taken });
  };

  const within = async (work: (folder: string) => Promise<void>): Promise<AppError | null> => {
    const folder = parts.folder();
    if (folder === null) return null;
    try {
      await work(folder);
      return null;
    } catch (thrown) {
      return folderFailure(thrown);
    }
  };

  return {
    put: () =>
      within(async (folder) => {
        const tillId = parts.tillId();
        if (tillId !== null) await put(folder, tillId);
      }),
    take: () => within(async (folder) => (parts.holdsKey() ? take(folder) : undefined)),
    refused: () => [...refused.values()],
    forget: () => {
      there = new Set();
      refused = new Map();
      read = new Set();
    },
  };
}
