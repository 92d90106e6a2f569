import { addSums, type CellSums, noSums, without } from '../../preload/contract/index.ts';
import type { BroughtEntry, ZFacts } from './z-facts.ts';

/** What receipts brought from one till to another, held against the Z reports of both (ADR 63). */
export interface Brought {
  /** What a report's sums are to be mended by: each entry's money counts once, whichever reports are here. */
  mending(z: ZFacts): CellSums;
  /** Another report goes on with this entry, or tells its end. */
  isElsewhere(entryId: string, z: ZFacts): boolean;
}

type Original = NonNullable<BroughtEntry['original']>;

const wayOf = (tillId: string | null, epoch: string | null): string => `${tillId} ${epoch}`;

/** The report that tells of the very entry of which a paper says where it was made, besides the one that took it up. */
function createOriginals(zs: readonly ZFacts[]) {
  const byWay = new Map<string, ZFacts[]>();
  const byEntry = new Map<string, ZFacts[]>();
  const add = (map: Map<string, ZFacts[]>, key: string, z: ZFacts) =>
    map.set(key, [...(map.get(key) ?? []), z]);
  for (const z of zs) {
    if (z.tillId !== null && z.epoch !== null) add(byWay, wayOf(z.tillId, z.epoch), z);
    for (const { id } of z.unsettled) add(byEntry, id, z);
  }
  const isBroughtTo = (z: ZFacts, id: string) => z.broughtHere.some((entry) => entry.id === id);
  return {
    /** It was not settled by then: then what became of it is told by who took it up. */
    unsettled: (id: string) => (byEntry.get(id) ?? []).find((z) => !isBroughtTo(z, id)),
    settled: ({ tillId, epoch, number }: Original, taker: ZFacts) =>
      (byWay.get(wayOf(tillId, epoch)) ?? []).find(
        (z) => z.id !== taker.id && z.range.from <= number && number <= z.range.to,
      ),
  };
}

/** What all known reports make clear. Pure. */
export function createBrought(zs: readonly ZFacts[]): Brought {
  const takers = zs.filter(({ broughtHere }) => broughtHere.length > 0);
  const originals = createOriginals(takers.length === 0 ? [] : zs);
  const taken = new Map<string, Original | null>();
  const takenBy = new Map<string, Set<string>>();
  for (const z of takers)
    for (const { id, isLate, original } of z.broughtHere) {
      if (!isLate) taken.set(id, original);
      takenBy.set(id, (takenBy.get(id) ?? new Set()).add(z.id));
    }

  const mend = (entry: BroughtEntry, z: ZFacts): CellSums => {
    // It is nobody's money, wherever its paper goes.
    if (entry.line === 'correction') return noSums;
    const isOpenThere = originals.unsettled(entry.id) !== undefined;
    const original = entry.original ?? taken.get(entry.id) ?? null;
    const isThere = isOpenThere || (original !== null && originals.settled(original, z) !== undefined);
    const off = without(entry);
    // As with what is sold: what is given back late was entered all the same.
    const back = { ...off, entries: 0 };
    // A Z of the original counts it as taken, as long as it was not settled by then.
    if (entry.isLate) return entry.isGivenBack && (isOpenThere || !isThere) ? back : noSums;
    const isCountedHere = entry.line === 'sale' && !entry.isGivenBack;
    if (entry.isGivenBack) return isOpenThere ? back : noSums;
    if (isThere) return isCountedHere ? off : noSums;
    return isCountedHere ? noSums : entry;
  };

  return {
    mending: (z) => addSums(...z.broughtHere.map((entry) => mend(entry, z))),
    isElsewhere: (entryId, z) => {
      const by = takenBy.get(entryId);
      return by !== undefined && !by.has(z.id);
    },
  };
}
