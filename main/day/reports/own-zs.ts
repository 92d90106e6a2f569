import type { ShiftReport } from '../../../preload/contract/index.ts';
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
  /** This till's id, for older reports without one. */
  readonly tillId: () => string | null;
  readonly pause: () => Promise<void>;
}

/** A report of thousands of entries takes some milliseconds to parse. */
const STEP = 2;

/** A Z never changes: each is read once. */
export function createOwnZs({ zReports, tillId, pause }: OwnZsParts): OwnZs {
  let known: readonly ZFacts[] = [];
  /** All older ones are known. */
  let isWhole = false;

  /** From `before` backwards to the first that is not wanted. */
  const read = async (before: number | null, isOver: (z: ZFacts) => boolean) => {
    const found: ZFacts[] = [];
    for (let at = before; ; ) {
      await pause();
      const kept = zReports(at, STEP);
      const page = kept.flatMap(({ report }): ZFacts[] => {
        if (report === null) return [];
        const facts = factsOf(report);
        return [{ ...facts, tillId: facts.tillId ?? tillId() }];
      });
      const end = page.findIndex(isOver);
      found.push(...(end < 0 ? page : page.slice(0, end)));
      const last = kept.at(-1);
      if (end >= 0) return { found, isEnd: false };
      if (last === undefined || kept.length < STEP) return { found, isEnd: true };
      at = last.number;
    }
  };

  return {
    digestsOf: (id) => known.filter((z) => z.id === id).map(({ digest }) => digest),
    since: async (from) => {
      const isBefore = ({ businessDay }: ZFacts) => businessDay < from;
      const [newest] = known;
      const fresh = await read(null, (z) => (newest === undefined ? isBefore(z) : z.id === newest.id));
      // The newest known is gone, after a restore: all was read anew.
      known = fresh.isEnd ? fresh.found : [...fresh.found, ...known];
      isWhole ||= fresh.isEnd;
      const oldest = known.at(-1);
      if (isWhole || oldest === undefined || isBefore(oldest)) return known;
      const older = await read(oldest.number, isBefore);
      known = [...known, ...older.found];
      isWhole = older.isEnd;
      return known;
    },
  };
}
