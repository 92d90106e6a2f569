import { addSums, type CellSums, noSums, without } from '../../preload/contract/index.ts';
import type { BroughtEntry, ToldEntry, ZFacts } from './z-facts.ts';

/** What one report tells of an entry that a paper brought to another till. */
export interface Telling {
  readonly z: ZFacts;
  /** `home`: where it was made, and its money was taken. `taken`: where a paper brought it. `late`: a later one tells its end. */
  readonly kind: 'home' | 'taken' | 'late';
  /** Null of an original that its report does not list. */
  readonly id: string | null;
  readonly fate: 'open' | 'sent' | 'back';
  /** Its part of what the report tells. */
  readonly told: CellSums;
  /** It was sold before the first shift of its till. */
  readonly isBefore: boolean;
}

/** One entry that was made at one till, wherever it went, and all that is told of it. */
export interface Origin {
  /** Its own, and of those that took its place. */
  readonly ids: ReadonlySet<string>;
  /** The original first, then as the reports were closed. */
  readonly tellings: readonly Telling[];
  /** What it counts for where it is held. */
  readonly worth: CellSums;
}

type Taken = BroughtEntry & { readonly z: ZFacts };

const byClose = (one: ZFacts, other: ZFacts): number =>
  one.closedAtMs - other.closedAtMs || one.number - other.number;

const sumsOf = ({ line, entries, principal, bonus, points }: ToldEntry): CellSums =>
  line === 'correction' ? noSums : { entries, principal, bonus, points };

const fateOf = ({ isGivenBack, isSettled }: ToldEntry): Telling['fate'] =>
  isGivenBack ? 'back' : isSettled ? 'sent' : 'open';

const sumsAgree = (one: CellSums, other: CellSums): boolean =>
  one.principal === other.principal && one.bonus === other.bonus && one.points === other.points;

/**
 * What papers brought, by entry: of one id, or of one till, the same place on its way and the same sums where the one before
 * was given back, since what is sent anew is another entry of the same paper.
 */
function takenByEntry(zs: readonly ZFacts[]): readonly (readonly Taken[])[] {
  const all = zs.flatMap((z) => z.broughtHere.map((entry): Taken => ({ ...entry, z })));
  const back = new Set(all.filter(({ isGivenBack }) => isGivenBack).map(({ id }) => id));
  if (all.length > 0)
    for (const { late } of zs) for (const { id, isGivenBack } of late) if (isGivenBack) back.add(id);
  const families = new Map<string, Taken[]>();
  const lastAt = new Map<string, Taken>();
  for (const one of all) {
    const { original, z, id } = one;
    const place = original && JSON.stringify([z.tillId ?? z.till, original]);
    const last = place === null ? undefined : lastAt.get(place);
    const isInItsPlace = last !== undefined && back.has(last.id) && sumsAgree(last, one);
    const family = families.get(id) ?? (isInItsPlace ? families.get(last.id) : undefined) ?? [];
    family.push(one);
    families.set(id, family);
    if (place !== null) lastAt.set(place, one);
  }
  return [...new Set(families.values())];
}

const wayOf = (tillId: string | null, epoch: string | null): string => `${tillId} ${epoch}`;

type Home = Pick<Telling, 'z' | 'id' | 'fate' | 'isBefore'>;

/** Finds the report of the very till that made an entry. */
function createHomes(zs: readonly ZFacts[]) {
  const byWay = new Map<string, ZFacts[]>();
  const openBy = new Map<string, ZFacts[]>();
  const add = (map: Map<string, ZFacts[]>, key: string, z: ZFacts) =>
    map.set(key, [...(map.get(key) ?? []), z]);
  for (const z of zs) {
    if (z.tillId !== null && z.epoch !== null) add(byWay, wayOf(z.tillId, z.epoch), z);
    for (const { id, isTakenUp } of z.unsettled) if (!isTakenUp) add(openBy, id, z);
  }
  const inStretch = ({ tillId, epoch, number }: Original, isTaker: (z: ZFacts) => boolean): Home | null => {
    const ofTill = (byWay.get(wayOf(tillId, epoch)) ?? []).filter((z) => !isTaker(z));
    const z = ofTill.find(({ range }) => range.from <= number && number <= range.to);
    if (z !== undefined) {
      // The first ones are listed: what is beyond them waits, as far as anybody knows.
      const isOpen = z.unlistedFrom !== null && z.unlistedFrom <= number;
      return { z, id: null, fate: isOpen ? 'open' : 'sent', isBefore: false };
    }
    const first = ofTill.find(({ range, lines }) => number < range.from && (lines.before ?? null) !== null);
    if (first === undefined) return null;
    // None is listed: it waits, as far as anybody knows, where any does.
    return { z: first, id: null, fate: first.unsettledBefore.entries > 0 ? 'open' : 'sent', isBefore: true };
  };
  return (ids: ReadonlySet<string>, taken: readonly Taken[]): Home | null => {
    const takers = new Set(taken.map(({ z }) => z));
    for (const id of ids) {
      const z = (openBy.get(id) ?? []).find((one) => !takers.has(one));
      if (z !== undefined) return { z, id, fate: 'open', isBefore: false };
    }
    const originals = taken.flatMap(({ original }) => original ?? []);
    for (const original of originals) {
      const found = inStretch(original, (z) => takers.has(z));
      if (found !== null) return found;
    }
    return null;
  };
}

type Original = NonNullable<BroughtEntry['original']>;

/** Each entry that a paper brought anywhere, with all that is told of it. Pure. */
export function createOrigins(all: readonly ZFacts[]): readonly Origin[] {
  const zs = [...all].sort(byClose);
  const families = takenByEntry(zs);
  const known = new Set(families.flat().map(({ id }) => id));
  const ends = new Map<string, Telling[]>();
  const worthOf = new Map<string, CellSums>();
  for (const z of zs)
    for (const entry of z.late) {
      const { id, line, isGivenBack } = entry;
      // What was taken up before the first shift of a till is told by its end alone.
      if (!known.has(id) && line !== 'taken-up') continue;
      const told = line === 'sale' && isGivenBack ? { ...without(sumsOf(entry)), entries: 0 } : noSums;
      const end = { ...{ z, id, told, isBefore: false }, kind: 'late', fate: fateOf(entry) } as const;
      ends.set(id, [...(ends.get(id) ?? []), end]);
      worthOf.set(id, sumsOf(entry));
    }
  const homeOf = createHomes(known.size + ends.size === 0 ? [] : zs);

  const originOf = (taken: readonly Taken[], ids: ReadonlySet<string>, worth: CellSums): Origin => {
    const home = homeOf(ids, taken);
    const tellings = [
      ...taken.map((entry): Telling => {
        const told = entry.line === 'sale' && !entry.isGivenBack ? sumsOf(entry) : noSums;
        return { z: entry.z, kind: 'taken', id: entry.id, fate: fateOf(entry), told, isBefore: false };
      }),
      ...[...ids].flatMap((id) => ends.get(id) ?? []),
    ].sort((one, other) => byClose(one.z, other.z));
    const first: Telling[] = home === null ? [] : [{ ...home, kind: 'home', told: worth }];
    return { ids, tellings: [...first, ...tellings], worth };
  };
  return [
    ...families.map((taken) =>
      originOf(taken, new Set(taken.map(({ id }) => id)), addSums(...taken.slice(0, 1).map(sumsOf))),
    ),
    ...[...worthOf].flatMap(([id, worth]) => (known.has(id) ? [] : originOf([], new Set([id]), worth))),
  ];
}
