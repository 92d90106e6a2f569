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

/** Entries that receipts brought from one till to another, reconciled over the Z reports of all (ADR 63). */
export interface Brought {
  /** Cells that correct a report's sums, so that each entry counts once whichever reports are known. */
  mending(z: ZFacts): readonly Cell[];
  /** Another report continues the entry, or has its end. */
  isElsewhere(entryId: string, z: ZFacts): boolean;
  /** Entries that the report lists as unsettled and no later one of its till settles. */
  goneFrom(z: ZFacts): readonly Gone[];
}

export interface Gone {
  /** The entry and its replacements. */
  readonly ids: ReadonlySet<string>;
  readonly sums: CellSums;
  /** Entered before the first shift of its till. */
  readonly isBefore: boolean;
}

/** Key of the till of the original; a taker's is its own. */
const HOME = 'home';

/** The newest replacement at one till, by its last report. */
type Said = Pick<Telling, 'z' | 'id'> & Pick<Cell, 'state' | 'line'>;

/** What each till says of one entry. */
function createSayings() {
  const said = new Map<string, Said>();
  return {
    hear({ kind, z, id, cell }: Telling): void {
      const who = kind === 'home' || (kind === 'late' && !said.has(tillOf(z))) ? HOME : tillOf(z);
      const last = said.get(who);
      // A replaced entry's later settlement has no meaning.
      if (kind === 'late' && last !== undefined && last.id !== null && last.id !== id) return;
      const { z: at, line } = (kind === 'late' && last) || { z, line: cell.line };
      said.set(who, { id, state: cell.state, line, z: at });
    },
    /** Sent by any till is sent; dropped by any is no longer waiting. */
    fate(): 'open' | 'sent' | 'back' {
      const all = [...said.values()];
      if (all.some(({ state }) => state === 'confirmed')) return 'sent';
      return all.some(isGivenBack) ? 'back' : 'open';
    },
    /** A till continues what it imported from another drawer. */
    isTakenUp: (): boolean =>
      [...said].some(([who, one]) => who !== HOME && one.line === 'taken-up' && !isGivenBack(one)),
    /** The report that lists it as unsettled: that of the first till that imported it. */
    holder: (): ZFacts | undefined => [...said].find(([who]) => who !== HOME)?.[1].z,
  };
}

interface Reckoned {
  readonly mending: ReadonlyMap<ZFacts, readonly Cell[]>;
  /** Null: settled. */
  readonly holder: ZFacts | null;
}

const takenOff = (cell: Cell): Cell => ({ ...cell, ...without(cell) });

/** Corrects each report so that the sum up to it is what is known by then. */
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
    // With only a settlement known, no report here may have had its money.
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
      // As with a sale: what is refunded late was entered all the same.
      ...(isEntered ? [entered] : []),
      ...(isEntered && isBack ? [{ ...worth, state: 'cancelled' as const, shift: 0 }] : []),
      ...(sayings.isTakenUp() ? [{ ...worth, line: 'taken-up' as const }] : []),
    ];
    mending.set(z, [...due, ...told.map(takenOff)]);
    told = due;
  }
  return { mending, holder: sayings.fate() === 'open' ? (sayings.holder() ?? null) : null };
}

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
