import type { ShiftReport } from '../../../preload/contract/index.ts';
import { createMutex } from '../../kernel/mutex.ts';
import { factsOf, type ZFacts } from './z-facts.ts';

export interface OwnZs {
  /** Those of days since `from`, and perhaps earlier; newest first. */
  since(from: string): Promise<readonly ZFacts[]>;
  /** The digests of the reports read of this id. */
  digestsOf(id: string): readonly string[];
}

export interface OwnZsParts {
  /** Newest first, numbers below `before`; null for one that cannot be read. */
  readonly zReports: (
    before: number | null,
    limit: number,
  ) => readonly { readonly number: number; readonly report: ShiftReport | null }[];
  /** The journal's row of the newest, whether it can be read or not. */
  readonly newestZRow: () => number | null;
  /** This till's id, for reports without one. */
  readonly tillId: () => string | null;
  readonly pause: () => Promise<void>;
}

/** A report of thousands of entries takes some milliseconds to parse. */
const STEP = 2;
/** So many one after the other are of days before, until none older is looked at: a clock may have stood years back meanwhile. */
const MOST_BEFORE = 20;

/** A Z never changes: none is read again before another is closed, and then only the newest with it. */
export function createOwnZs({ zReports, newestZRow, tillId, pause }: OwnZsParts): OwnZs {
  const runExclusive = createMutex();
  let known: readonly ZFacts[] = [];
  /** All since this day are known; '': all there are. */
  let knownFrom = '';
  /** The row of the newest that was there. */
  let readTo: number | null = null;

  /** From `before` backwards to the last that is wanted, once so many older ones in a row are not. */
  const read = async (before: number | null, isOver: (z: ZFacts) => boolean, inARow: number) => {
    const found: ZFacts[] = [];
    let wanted = 0;
    for (let at = before; ; ) {
      await pause();
      const kept = zReports(at, STEP);
      const page = kept.flatMap(({ report }): ZFacts[] => {
        if (report === null) return [];
        const facts = factsOf(report);
        return [{ ...facts, tillId: facts.tillId ?? tillId() }];
      });
      for (const z of page) {
        found.push(z);
        if (!isOver(z)) wanted = found.length;
        else if (found.length - wanted === inARow) return { found: found.slice(0, wanted), isEnd: false };
      }
      const last = kept.at(-1);
      if (last === undefined || kept.length < STEP)
        return { found: found.slice(0, wanted), isEnd: wanted === found.length };
      at = last.number;
    }
  };

  const since = async (from: string): Promise<readonly ZFacts[]> => {
    const isBefore = ({ businessDay }: ZFacts) => businessDay < from;
    const row = newestZRow();
    if (row !== readTo) {
      const [newest] = known;
      const fresh =
        newest === undefined
          ? await read(null, isBefore, MOST_BEFORE)
          : await read(null, ({ id }) => id === newest.id, 1);
      // The newest known is gone, after a restore: all was read anew.
      known = fresh.isEnd ? fresh.found : [...fresh.found, ...known];
      if (fresh.isEnd) knownFrom = '';
      else if (newest === undefined) knownFrom = from;
      readTo = row;
    }
    if (from >= knownFrom) return known;
    const older = await read(known.at(-1)?.number ?? null, isBefore, MOST_BEFORE);
    known = [...known, ...older.found];
    knownFrom = older.isEnd ? '' : from;
    return known;
  };

  return {
    digestsOf: (id) => known.filter((z) => z.id === id).map(({ digest }) => digest),
    // Two at a time would add each Z twice.
    since: (from) => runExclusive(() => since(from)),
  };
}
