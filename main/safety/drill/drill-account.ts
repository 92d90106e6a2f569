import {
  type Amount,
  addAmounts,
  compareAmounts,
  type DrillFault,
  type DrillRow,
  drillFaults,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import type { DrillEntry, DrillProgress } from './drill-steps.ts';

/** An entry as the account needs it: with the second by which the ledger knows it, and whether it was taken back. */
export interface AccountedEntry extends DrillEntry {
  readonly reference: string;
  readonly memberName: string;
  readonly dataChangeTime: string;
  readonly isTakenBack: boolean;
  readonly isReplaced: boolean;
}

/** What the practice store's ledger has applied. */
export interface Credited {
  readonly customerUid: string;
  readonly dataChangeTime: string;
}

export interface DrillAccount {
  readonly rows: readonly DrillRow[];
  readonly faults: readonly DrillFault[];
  readonly done: Amount;
  readonly credited: Amount;
}

/** As many as one reply shows. */
const MOST_ROWS = 40;

/**
 * How often the ledger may have it: once what is done, not at all what was refused or cancelled. Of one that is not decided
 * nobody can say yet.
 */
function allowed({ state }: DrillEntry): { readonly least: number; readonly most: number } {
  if (state === 'confirmed') return { least: 1, most: 1 };
  return { least: 0, most: state === 'rejected' || state === 'cancelled' ? 0 : 1 };
}

const times = (amount: Amount, count: number): Amount =>
  addAmounts(zeroAmount, ...Array.from({ length: count }, () => amount));

/** Every cent of the drill: the till's word for each entry beside the ledger, which knows nothing of the till's. */
export function accountOf(
  entries: readonly AccountedEntry[],
  ledger: readonly Credited[],
  progress: DrillProgress,
): DrillAccount {
  const counted = entries.map((entry) => ({
    entry,
    credited: ledger.filter(
      ({ customerUid, dataChangeTime }) =>
        customerUid === entry.customerUid && dataChangeTime === entry.dataChangeTime,
    ).length,
  }));
  const found = new Set<DrillFault>();
  for (const { entry, credited } of counted) {
    const { least, most } = allowed(entry);
    if (credited < least) found.add('missing');
    if (credited > most) found.add('doubled');
  }
  if (isEnteredAgain(entries, progress)) found.add('again');
  return {
    rows: counted.slice(0, MOST_ROWS).map(({ entry, credited }) => ({
      reference: entry.reference,
      memberName: entry.memberName,
      amount: entry.amount,
      state: entry.state,
      credited,
      fits: credited >= allowed(entry).least && credited <= allowed(entry).most,
    })),
    faults: drillFaults.filter((fault) => found.has(fault)),
    done: addAmounts(zeroAmount, ...counted.map(({ entry }) => times(entry.amount, allowed(entry).least))),
    credited: addAmounts(zeroAmount, ...counted.map(({ entry, credited }) => times(entry.amount, credited))),
  };
}

/** The same sum for the same member while the reply was missing: the till has it twice, and so has KYBIO. */
function isEnteredAgain(entries: readonly AccountedEntry[], { lostId, lostAtMs }: DrillProgress): boolean {
  const lost = entries.find(({ id }) => id === lostId);
  if (lost === undefined || lostAtMs === null || lost.isReplaced) return false;
  return entries.some(
    (entry) =>
      entry.id !== lost.id &&
      entry.isTopUp &&
      entry.state === 'confirmed' &&
      !entry.isTakenBack &&
      entry.createdAtMs >= lostAtMs &&
      entry.customerUid === lost.customerUid &&
      compareAmounts(entry.amount, lost.amount) === 0,
  );
}
