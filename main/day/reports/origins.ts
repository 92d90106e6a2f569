import { type Cell, type CellSums, isGivenBack, noSums } from '../../../preload/contract/index.ts';
import type { Steps } from '../../kernel/steps.ts';
import type { ImportedListed, ZFacts } from './z-facts.ts';

/** What one report says of an entry that a receipt brought to another till, or whose end two reports tell. */
export interface Claim {
  readonly z: ZFacts;
  /** `home`: where it was made and paid; `taken`: where it was imported; `late`: a later report settles it. */
  readonly kind: 'home' | 'taken' | 'late';
  /** Null for an original that its report does not list. */
  readonly id: string | null;
  /** Its part of the report's cells. */
  readonly cell: Cell;
}

/** One entry made at one till, and all that any till's reports say of it. */
export interface Origin {
  /** The entry and its replacements. */
  readonly ids: ReadonlySet<string>;
  /** The original first, then by close. */
  readonly claims: readonly Claim[];
  /** Its cell at the till that made it. */
  readonly worth: Cell;
}

type Taken = ImportedListed & { readonly z: ZFacts };

export const tillOf = ({ tillId, till }: ZFacts): string => `till ${tillId ?? `named ${till}`}`;

/**
 * In order of closing. Within a till the numbers decide, whatever its clock said; after a restore they may
 * start again, and what was closed before the restore comes first.
 */
function* asClosed(all: readonly ZFacts[]): Steps<readonly ZFacts[]> {
  const byStart = (one: ZFacts, other: ZFacts): number =>
    one.number - other.number || one.closedAtMs - other.closedAtMs;
  const byNumber = [...all].sort(byStart);
  yield;
  const firstOf = new Map<string, ZFacts>();
  const firsts = new Map<ZFacts, ZFacts>();
  for (const z of byNumber) {
    const way = wayOf(tillOf(z), z.epoch);
    const first = firstOf.get(way) ?? z;
    firstOf.set(way, first);
    firsts.set(z, first);
  }
  yield;
  byNumber.sort((one, other) => byStart(firsts.get(one) ?? one, firsts.get(other) ?? other));
  yield;
  const latestMs = new Map<string, number>();
  const closedMs = new Map<ZFacts, number>();
  for (const z of byNumber) {
    const till = tillOf(z);
    const atMs = Math.max(z.closedAtMs, latestMs.get(till) ?? z.closedAtMs);
    latestMs.set(till, atMs);
    closedMs.set(z, atMs);
  }
  yield;
  const msOf = (z: ZFacts): number => closedMs.get(z) ?? z.closedAtMs;
  // A stable sort: equal times stay by number.
  return byNumber.sort((one, other) => msOf(one) - msOf(other));
}

const worthOf = ({ isReversal, entries, principal, bonus, points }: Cell): Cell => ({
  line: 'sale',
  tender: null,
  state: 'confirmed',
  isReversal,
  entries,
  principal,
  bonus,
  points,
});

const sumsAgree = (one: CellSums, other: CellSums): boolean =>
  one.principal === other.principal && one.bonus === other.bonus && one.points === other.points;

/**
 * Imports grouped by entry: by id, or by till, original and equal sums where the one before was given back,
 * for a resend is another entry of the same receipt.
 */
function takenByEntry(zs: readonly ZFacts[]): readonly (readonly Taken[])[] {
  const all = zs.flatMap((z) => z.importedHere.map((entry): Taken => ({ ...entry, z })));
  const back = new Set(all.filter(isGivenBack).map(({ id }) => id));
  if (all.length > 0)
    for (const { late } of zs) for (const entry of late) if (isGivenBack(entry)) back.add(entry.id);
  const families = new Map<string, Taken[]>();
  const lastAt = new Map<string, Taken>();
  for (const one of all) {
    const { original, z, id } = one;
    const place = JSON.stringify([z.tillId ?? z.till, original]);
    const last = lastAt.get(place);
    const isInItsPlace = last !== undefined && back.has(last.id) && sumsAgree(last, one);
    const family = families.get(id) ?? (isInItsPlace ? families.get(last.id) : undefined) ?? [];
    family.push(one);
    families.set(id, family);
    lastAt.set(place, one);
  }
  return [...new Set(families.values())];
}

const wayOf = (tillId: string | null, epoch: string | null): string => `${tillId} ${epoch}`;

type Home = Pick<Claim, 'z' | 'id'> & Pick<Cell, 'state' | 'isBefore'>;

/** Finds the report of the till that made an entry. */
function createHomes(zs: readonly ZFacts[]) {
  const byWay = new Map<string, ZFacts[]>();
  const openBy = new Map<string, ZFacts[]>();
  const add = (map: Map<string, ZFacts[]>, key: string, z: ZFacts) =>
    map.set(key, [...(map.get(key) ?? []), z]);
  for (const z of zs) {
    if (z.tillId !== null && z.epoch !== null) add(byWay, wayOf(z.tillId, z.epoch), z);
    for (const { id, isImported } of z.unsettled) if (!isImported) add(openBy, id, z);
  }
  const inStretch = ({ tillId, epoch, number }: Original, isTaker: (z: ZFacts) => boolean): Home | null => {
    const ofTill = (byWay.get(wayOf(tillId, epoch)) ?? []).filter((z) => !isTaker(z));
    const z = ofTill.find(({ range }) => range.from <= number && number <= range.to);
    if (z !== undefined) {
      if (z.backAfterPaper.has(number)) return { z, id: null, state: 'cancelled' };
      // The first unsettled ones are listed: any beyond them may be waiting.
      const isOpen = z.unlistedFrom !== null && z.unlistedFrom <= number;
      return { z, id: null, state: isOpen ? 'queued' : 'confirmed' };
    }
    const first = ofTill.find(({ range, lines }) => number < range.from && lines.before !== undefined);
    if (first === undefined) return null;
    // None of these is listed: any may be waiting where some are.
    const isOpen = first.unsettledBefore.entries > 0;
    return { z: first, id: null, state: isOpen ? 'queued' : 'confirmed', isBefore: true };
  };
  return (ids: ReadonlySet<string>, taken: readonly Taken[]): Home | null => {
    const takers = new Set(taken.map(({ z }) => z));
    for (const id of ids) {
      const z = (openBy.get(id) ?? []).find((one) => !takers.has(one));
      if (z !== undefined) return { z, id, state: 'queued' };
    }
    for (const { original } of taken) {
      const found = inStretch(original, (z) => takers.has(z));
      if (found !== null) return found;
    }
    return null;
  };
}

type Original = ImportedListed['original'];

/** A backup was restored between two reports that tell the end of one entry. */
function idsTwice(late: ZFacts['late']): ReadonlySet<string> {
  const [once, twice] = [new Set<string>(), new Set<string>()];
  for (const { id } of late) (once.has(id) ? twice : once).add(id);
  return twice;
}

/** Each imported entry with all that reports say of it. Pure. */
export function* originSteps(all: readonly ZFacts[]): Steps<readonly Origin[]> {
  const zs = yield* asClosed(all);
  yield;
  const places = new Map(zs.map((z, place) => [z, place]));
  const placeOf = ({ z }: Claim): number => places.get(z) ?? 0;
  const families = takenByEntry(zs);
  const known = new Set(families.flat().map(({ id }) => id));
  const ends = new Map<string, Claim[]>();
  const settledAgain = idsTwice(zs.flatMap(({ late }) => late));
  // An entry imported before its till's first shift is known by its settlement only.
  for (const z of zs)
    for (const cell of z.late)
      if (known.has(cell.id) || cell.line === 'taken-up' || settledAgain.has(cell.id))
        ends.set(cell.id, [...(ends.get(cell.id) ?? []), { z, kind: 'late', id: cell.id, cell }]);
  yield;
  const homeOf = createHomes(known.size + ends.size === 0 ? [] : zs);
  yield;

  const originOf = (taken: readonly Taken[], ids: ReadonlySet<string>, worth: Cell): Origin => {
    const found = homeOf(ids, taken);
    const takers = new Set(taken.map(({ z }) => tillOf(z)));
    const claims = [
      ...taken.map((cell): Claim => ({ z: cell.z, kind: 'taken', id: cell.id, cell })),
      ...[...ids]
        .flatMap((id) => ends.get(id) ?? [])
        .map((end): Claim => {
          // Where no report lists the import, its line stays as it is.
          const isLeft = end.cell.line === 'taken-up' && !takers.has(tillOf(end.z));
          return isLeft ? { ...end, cell: { ...end.cell, ...noSums } } : end;
        }),
    ].sort((one, other) => placeOf(one) - placeOf(other));
    if (found === null) return { ids, claims, worth };
    const { z, id, ...told } = found;
    return { ids, claims: [{ z, id, kind: 'home', cell: { ...worth, ...told } }, ...claims], worth };
  };
  return [
    ...families.flatMap((taken) =>
      taken.slice(0, 1).map((first) => originOf(taken, new Set(taken.map(({ id }) => id)), worthOf(first))),
    ),
    ...[...ends].flatMap(([id, of]) =>
      known.has(id) ? [] : of.slice(-1).map(({ cell }) => originOf([], new Set([id]), worthOf(cell))),
    ),
  ];
}
