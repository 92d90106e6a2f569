import { addSums, type CellSums, noSums, without } from '../../preload/contract/index.ts';
import { createOrigins, type Telling } from './origins.ts';
import type { ZFacts } from './z-facts.ts';

/** What receipts brought from one till to another, held against the Z reports of all (ADR 63). */
export interface Brought {
  /** What a report's sums are to be mended by: each entry's money counts once, whichever reports are here. */
  mending(z: ZFacts): CellSums;
  /** Another report goes on with this entry, or tells its end. */
  isElsewhere(entryId: string, z: ZFacts): boolean;
  /** All of them that a report told as not settled, and of which no later one of its till tells the end. */
  goneFrom(z: ZFacts): readonly Gone[];
}

export interface Gone {
  /** The entry's own, and of what took its place. */
  readonly ids: ReadonlySet<string>;
  readonly sums: CellSums;
  /** It was sold before the first shift of its till. */
  readonly isBefore: boolean;
}

type Fate = Telling['fate'];

/** Who says so: the till of the original, or one that took it up. */
const HOME = 'home';
const tillOf = ({ tillId, till }: ZFacts): string => `till ${tillId ?? `named ${till}`}`;

/** What one that was not settled goes on as: the last that a till took up for it. */
interface Said {
  readonly id: string | null;
  readonly fate: Fate;
  readonly z: ZFacts;
}

/** What all say of one entry, each by its last report. */
function createSayings() {
  const said = new Map<string, Said>();
  return {
    hear({ kind, z, id, fate }: Telling): void {
      const who = kind === 'home' || (kind === 'late' && !said.has(tillOf(z))) ? HOME : tillOf(z);
      const last = said.get(who);
      // What is told of one whose place another took says nothing any more.
      if (kind === 'late' && last !== undefined && last.id !== null && last.id !== id) return;
      said.set(who, { id, fate, z: kind === 'late' ? (last?.z ?? z) : z });
    },
    /** Whoever sent it, it is sent; whoever dropped it, it waits no longer. */
    fate(): Fate {
      const fates = new Set([...said.values()].map(({ fate }) => fate));
      return fates.has('sent') ? 'sent' : fates.has('back') ? 'back' : 'open';
    },
    /** The report in which it is told as not settled: of the first that took it up. */
    holder: (): ZFacts | undefined => [...said].find(([who]) => who !== HOME)?.[1].z,
  };
}

interface Reckoned {
  readonly mending: ReadonlyMap<ZFacts, CellSums>;
  /** Null: it is settled. */
  readonly holder: ZFacts | null;
}

/** After each report the sums of all so far are to be what is known by then. */
function reckon(tellings: readonly Telling[], worth: CellSums): Reckoned {
  const sayings = createSayings();
  const mending = new Map<ZFacts, CellSums>();
  let told = noSums;
  let [isKnown, isEntered] = [false, false];
  for (const z of new Set(tellings.map((one) => one.z))) {
    const here = tellings.filter((one) => one.z === z);
    for (const telling of here) sayings.hear(telling);
    told = addSums(told, ...here.map((one) => one.told));
    // Where nothing but an end is told, nobody knows whether a report that is here had its money.
    isKnown ||= here.some(({ kind }) => kind !== 'late');
    if (!isKnown) continue;
    const isHeld = sayings.fate() !== 'back';
    isEntered ||= isHeld;
    // As with what is sold: what is given back late was entered all the same.
    const due = { ...(isHeld ? worth : noSums), entries: isEntered ? worth.entries : 0 };
    mending.set(z, addSums(due, without(told)));
    told = due;
  }
  return { mending, holder: sayings.fate() === 'open' ? (sayings.holder() ?? null) : null };
}

/** What all known reports make clear. Pure. */
export function createBrought(zs: readonly ZFacts[]): Brought {
  const mendings = new Map<ZFacts, CellSums[]>();
  const gone = new Map<ZFacts, Gone[]>();
  const holderOf = new Map<string, ZFacts | null>();
  const add = <T>(map: Map<ZFacts, T[]>, z: ZFacts, one: T) => map.set(z, [...(map.get(z) ?? []), one]);
  for (const { ids, tellings, worth } of createOrigins(zs)) {
    const { mending, holder } = reckon(tellings, worth);
    for (const id of ids) holderOf.set(id, holder);
    for (const [z, sums] of mending) add(mendings, z, sums);
    const isEndedBy = (z: ZFacts) =>
      tellings.some(({ kind, z: later }) => kind === 'late' && tillOf(later) === tillOf(z));
    const sums = { ...noSums, entries: 1, principal: worth.principal };
    for (const { z, fate, isBefore } of tellings)
      if (fate === 'open' && z !== holder && !isEndedBy(z)) add(gone, z, { ids, sums, isBefore });
  }
  return {
    mending: (z) => addSums(...(mendings.get(z) ?? [])),
    isElsewhere: (entryId, z) => {
      const holder = holderOf.get(entryId);
      return holder !== undefined && holder !== z;
    },
    goneFrom: (z) => gone.get(z) ?? [],
  };
}
