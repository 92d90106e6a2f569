import { basename, dirname } from 'node:path';
import { MOST_PICKED, type PickedZ, type ZFileProblem } from '../../../preload/contract/index.ts';
import type { Logger } from '../../kernel/ports.ts';
import type { Timeouts } from '../../kernel/timeouts.ts';
import { isNoText, type TextOf } from './bounded-z.ts';
import type { ReadZ } from './read-z.ts';
import type { ZFolder } from './z-folder.ts';

export interface ImportParts {
  readonly folder: ZFolder;
  readonly logger: Logger;
  readonly pause: () => Promise<void>;
  /** Null without an App key. */
  readonly read: (text: string) => Promise<ReadZ | null>;
  /** The digests of this till's own reports of an id. */
  readonly ownDigests: (id: string) => readonly string[];
  readonly timeouts: Timeouts;
  readonly textOf: TextOf;
  /** The files lie there for good: one that a manager removed is not taken again. */
  readonly isArchive: boolean;
}

/** A year of eighty tills; some hundred megabytes, which the owner's computer has from soon after each start on. */
export const MOST_KEPT = 40_000;

const refused = (file: string, problem: ZFileProblem): PickedZ => ({
  file,
  outcome: 'refused',
  problem,
  report: null,
});

/** For one file of a share or stick. */
const LIMIT_MS = 15_000;

/** Imports what it can and returns the outcome of each file. */
export async function importFiles(
  { folder, logger, pause, read, ownDigests, timeouts, textOf, isArchive }: ImportParts,
  paths: readonly string[],
): Promise<{ readonly files: PickedZ[]; readonly left: number }> {
  const within: TextOf = (path) =>
    timeouts
      .run({ place: dirname(path), lane: 'picked', limitMs: LIMIT_MS, work: () => textOf(path) })
      .catch(() => 'unreadable');
  const one = async (path: string): Promise<PickedZ> => {
    const file = basename(path).slice(0, 255);
    const text = await within(path);
    if (isNoText(text)) return refused(file, text);
    const found = await read(text);
    if (found === null) return refused(file, 'forged');
    if (!found.ok) return refused(file, found.problem);
    const { id, digest, till, number, businessDay } = found.facts;
    const report = { till, number, businessDay };
    const { zs } = await folder.all();
    const known = [...ownDigests(id), ...zs.filter((kept) => kept.id === id).map((kept) => kept.digest)];
    const isRemoved = isArchive && folder.removed().includes(digest);
    if (isRemoved || known.includes(digest)) return { file, outcome: 'known', problem: null, report };
    if (zs.length >= MOST_KEPT) return refused(file, 'full');
    try {
      await folder.keep(found.facts, text);
    } catch (thrown) {
      logger.warn('reports.not-kept', { code: (thrown as NodeJS.ErrnoException).code ?? '' });
      return refused(file, 'not-kept');
    }
    return { file, outcome: known.length === 0 ? 'taken' : 'differs', problem: null, report };
  };
  const files: PickedZ[] = [];
  for (const path of paths.slice(0, MOST_PICKED)) {
    await pause();
    files.push(await one(path));
  }
  return { files, left: Math.max(0, paths.length - MOST_PICKED) };
}
