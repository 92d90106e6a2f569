import {
  type Cell,
  type CellSums,
  foldCells,
  isGivenBack,
  isUnsettled,
  noSums,
  without,
} from '../../../preload/contract/index.ts';
import type { Steps } from '../../kernel/steps.ts';
import { type Claim, type Origin, originSteps, tillOf } from './origins.ts';
import type { ZFacts } from './z-facts.ts';

/** Entries that receipts brought to another till, or of which a restored till reports the end again, reconciled over the Z reports of all (ADR 63). */
export interface CrossTillImports {
  /** Cells that correct a report's sums, so that each entry counts once whichever reports are known. */
  adjustment(z: ZFacts): readonly Cell[];
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
type LastClaim = Pick<Claim, 'z' | 'id'> & Pick<Cell, 'state' | 'line'>;

/** What each till says of one entry. */
function createClaimsByTill() {
  const said = new Map<string, LastClaim>();
  return {
    hear({ kind, z, id, cell }: Claim): void {
      const who = kind === 'home' || (kind === 'late' && !said.has(tillOf(z))) ? HOME : tillOf(z);
      const last = said.get(who);
      // A replaced entry's later settlement has no meaning.
      if (kind === 'late' && last !== undefined && last.id !== null && last.id !== id) return;
      // Sent is sent, though the till lost that to a backup from before.
      if (kind === 'late' && last?.state === 'confirmed') return;
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
    isImported: (): boolean =>
      [...said].some(([who, one]) => who !== HOME && one.line === 'taken-up' && !isGivenBack(one)),
    /** The report that lists it as unsettled: that of the first till that imported it. */
    holder: (): ZFacts | undefined => [...said].find(([who]) => who !== HOME)?.[1].z,
  };
}

interface Reckoned {
  readonly adjustment: ReadonlyMap<ZFacts, readonly Cell[]>;
  /** Null: settled. */
  readonly holder: ZFacts | null;
}

const takenOff = (cell: Cell): Cell => ({ ...cell, ...without(cell) });

/** That of the drawer which has the money. */
const tenderOf = (claims: readonly Claim[]): Cell['tender'] =>
  claims.find(({ cell }) => cell.line === 'sale')?.cell.tender ?? null;

/** Corrects each report so that the sum up to it is what is known by then. */
function reckon({ claims, worth }: Origin): Reckoned {
  const claimsByTill = createClaimsByTill();
  const adjustment = new Map<ZFacts, readonly Cell[]>();
  let told: readonly Cell[] = [];
  let cancelled: readonly Cell[] = [];
  let [isKnown, isEntered] = [false, false];
  const heard: Claim[] = [];
  for (const z of new Set(claims.map((one) => one.z))) {
    const here = claims.filter((one) => one.z === z);
    heard.push(...here);
    for (const claim of here) claimsByTill.hear(claim);
    told = [...told, ...here.map(({ cell }) => cell)];
    // With only a settlement known, no report here may have had its money.
    isKnown ||= here.some(({ kind }) => kind !== 'late');
    if (!isKnown) {
      // Settled once by whichever reports: sent is sent.
      const end = told.filter(({ state }) => state === 'confirmed');
      const due = (end.length > 0 ? end : told).slice(0, 1);
      adjustment.set(z, [...due, ...told.map(takenOff)]);
      told = due;
      continue;
    }
    const fate = claimsByTill.fate();
    const isBack = fate === 'back';
    isEntered ||= !isBack;
    const entered: Cell = {
      ...worth,
      state: fate === 'sent' ? 'confirmed' : 'queued',
      isBefore: claims[0]?.cell.isBefore,
      // The original's Z has its own already.
      tender: claims[0]?.kind === 'home' ? null : tenderOf(heard),
    };
    const backIn = tenderOf(heard.filter(({ kind, cell }) => kind === 'late' && isGivenBack(cell)));
    if (!isEntered)
      cancelled = [...cancelled, ...here.flatMap(({ kind, cell }) => (kind === 'late' ? [] : cell))]
        .filter(isGivenBack)
        .slice(0, 1);
    const due: readonly Cell[] = [
      ...cancelled,
      // As with a sale: what is refunded late was entered all the same.
      ...(isEntered ? [entered] : []),
      ...(isEntered && isBack ? [{ ...worth, tender: backIn, state: 'cancelled' as const, shift: 0 }] : []),
      ...(claimsByTill.isImported() ? [{ ...worth, line: 'taken-up' as const }] : []),
    ];
    adjustment.set(z, [...due, ...told.map(takenOff)]);
    told = due;
  }
  return { adjustment, holder: claimsByTill.fate() === 'open' ? (claimsByTill.holder() ?? null) : null };
}

export function* crossTillImportSteps(zs: readonly ZFacts[]): Steps<CrossTillImports> {
  const adjustments = new Map<ZFacts, Cell[]>();
  const gone = new Map<ZFacts, Gone[]>();
  const holderOf = new Map<string, ZFacts | null>();
  const add = <T>(map: Map<ZFacts, T[]>, z: ZFacts, of: readonly T[]) => {
    const known = map.get(z);
    if (known === undefined) map.set(z, [...of]);
    else known.push(...of);
  };
  for (const origin of yield* originSteps(zs)) {
    const { ids, claims, worth } = origin;
    const { adjustment, holder } = reckon(origin);
    for (const id of ids) holderOf.set(id, holder);
    for (const [z, cells] of adjustment) add(adjustments, z, cells);
    const isEndedBy = (z: ZFacts) =>
      claims.some(({ kind, z: later }) => kind === 'late' && tillOf(later) === tillOf(z));
    const sums = { ...noSums, entries: 1, principal: foldCells([worth]).net.principal };
    for (const { z, cell } of claims)
      if (isUnsettled(cell) && z !== holder && !isEndedBy(z))
        add(gone, z, [{ ids, sums, isBefore: cell.isBefore === true }]);
    yield;
  }
  return {
    adjustment: (z) => adjustments.get(z) ?? [],
    isElsewhere: (entryId, z) => {
      const holder = holderOf.get(entryId);
      return holder !== undefined && holder !== z;
    },
    goneFrom: (z) => gone.get(z) ?? [],
  };
}
