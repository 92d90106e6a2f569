import {
  type Cell,
  type CellSums,
  foldCells,
  isGivenBack,
  isUnsettled,
  noSums,
  without,
} from '../../../preload/contract/index.ts';
import { createOrigins, type Origin, type Telling, tillOf } from './origins.ts';
import type { ZFacts } from './z-facts.ts';

/** What receipts brought from one till to another, held against the Z reports of all (ADR 63). */
export interface Brought {
  /** Cells by which a report's own are to be mended: each entry counts once, whichever reports are here. */
  mending(z: ZFacts): readonly Cell[];
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

/** Who says so: the till of the original, or one that took it up. */
const HOME = 'home';

/** What one that was not settled goes on as: the last that a till took up for it. */
type Said = Pick<Telling, 'z' | 'id'> & Pick<Cell, 'state' | 'line'>;

/** What all say of one entry, each by its last report. */
function createSayings() {
  const said = new Map<string, Said>();
  return {
    hear({ kind, z, id, cell }: Telling): void {
      const who = kind === 'home' || (kind === 'late' && !said.has(tillOf(z))) ? HOME : tillOf(z);
      const last = said.get(who);
      // What is told of one whose place another took says nothing any more.
      if (kind === 'late' && last !== undefined && last.id !== null && last.id !== id) return;
      const { z: at, line } = (kind === 'late' && last) || { z, line: cell.line };
      said.set(who, { id, state: cell.state, line, z: at });
    },
    /** Whoever sent it, it is sent; whoever dropped it, it waits no longer. */
    fate(): 'open' | 'sent' | 'back' {
      const all = [...said.values()];
      if (all.some(({ state }) => state === 'confirmed')) return 'sent';
      return all.some(isGivenBack) ? 'back' : 'open';
    },
    /** A till goes on with what it took up from another drawer. */
    isTakenUp: (): boolean =>
      [...said].some(([who, one]) => who !== HOME && one.line === 'taken-up' && !isGivenBack(one)),
    /** The report in which it is told as not settled: of the first that took it up. */
    holder: (): ZFacts | undefined => [...said].find(([who]) => who !== HOME)?.[1].z,
  };
}

interface Reckoned {
  readonly mending: ReadonlyMap<ZFacts, readonly Cell[]>;
  /** Null: it is settled. */
  readonly holder: ZFacts | null;
}

const takenOff = (cell: Cell): Cell => ({ ...cell, ...without(cell) });

/** After each report the cells of all so far are to be what is known by then. */
function reckon({ tellings, worth }: Origin): Reckoned {
  const sayings = createSayings();
  const mending = new Map<ZFacts, readonly Cell[]>();
  const entered: Cell = { ...worth, isBefore: tellings[0]?.cell.isBefore };
  let told: readonly Cell[] = [];
  let cancelled: readonly Cell[] = [];
  let [isKnown, isEntered] = [false, false];
  for (const z of new Set(tellings.map((one) => one.z))) {
    const here = tellings.filter((one) => one.z === z);
    for (const telling of here) sayings.hear(telling);
    told = [...told, ...here.map(({ cell }) => cell)];
    // Where nothing but an end is told, nobody knows whether a report that is here had its money.
    isKnown ||= here.some(({ kind }) => kind !== 'late');
    if (!isKnown) continue;
    const isBack = sayings.fate() === 'back';
    isEntered ||= !isBack;
    if (!isEntered)
      cancelled = [...cancelled, ...here.flatMap(({ kind, cell }) => (kind === 'late' ? [] : cell))]
        .filter(isGivenBack)
        .slice(0, 1);
    const due: readonly Cell[] = [
      ...cancelled,
      // As with what is sold: what is given back late was entered all the same.
      ...(isEntered ? [entered] : []),
      ...(isEntered && isBack ? [{ ...worth, state: 'cancelled' as const, shift: 0 }] : []),
      ...(sayings.isTakenUp() ? [{ ...worth, line: 'taken-up' as const }] : []),
    ];
    mending.set(z, [...due, ...told.map(takenOff)]);
    told = due;
  }
  return { mending, holder: sayings.fate() === 'open' ? (sayings.holder() ?? null) : null };
}

/** What all known reports make clear. Pure. */
export function createBrought(zs: readonly ZFacts[]): Brought {
  const mendings = new Map<ZFacts, Cell[]>();
  const gone = new Map<ZFacts, Gone[]>();
  const holderOf = new Map<string, ZFacts | null>();
  const add = <T>(map: Map<ZFacts, T[]>, z: ZFacts, of: readonly T[]) => {
    const known = map.get(z);
    if (known === undefined) map.set(z, [...of]);
    else known.push(...of);
  };
  for (const origin of createOrigins(zs)) {
    const { ids, tellings, worth } = origin;
    const { mending, holder } = reckon(origin);
    for (const id of ids) holderOf.set(id, holder);
    for (const [z, cells] of mending) add(mendings, z, cells);
    const isEndedBy = (z: ZFacts) =>
      tellings.some(({ kind, z: later }) => kind === 'late' && tillOf(later) === tillOf(z));
    const sums = { ...noSums, entries: 1, principal: foldCells([worth]).net.principal };
    for (const { z, cell } of tellings)
      if (isUnsettled(cell) && z !== holder && !isEndedBy(z))
        add(gone, z, [{ ids, sums, isBefore: cell.isBefore === true }]);
  }
  return {
    mending: (z) => mendings.get(z) ?? [],
    isElsewhere: (entryId, z) => {
      const holder = holderOf.get(entryId);
      return holder !== undefined && holder !== z;
    },
    goneFrom: (z) => gone.get(z) ?? [],
  };
}
