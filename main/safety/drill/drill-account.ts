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

/** An entry with its second in the ledger, and whether it was reversed. */
export interface AccountedEntry extends DrillEntry {
  readonly reference: string;
  readonly memberName: string;
  readonly dataChangeTime: string;
  readonly isTakenBack: boolean;
  readonly isReplaced: boolean;
}

/** An increment in the practice store's ledger. */
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

/** The limit of a reply. */
const MOST_ROWS = 40;

/** How often the ledger may have it: once if done, never if refused or cancelled; either way if undecided. */
function allowed({ state }: DrillEntry): { readonly least: number; readonly most: number } {
  if (state === 'confirmed') return { least: 1, most: 1 };
  return { least: 0, most: state === 'rejected' || state === 'cancelled' ? 0 : 1 };
}

const times = (amount: Amount, count: number): Amount =>
  addAmounts(zeroAmount, ...Array.from({ length: count }, () => amount));

/** Compares each entry with the ledger, which knows nothing of the till. */
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

/** A second entry of the same sum and member while the reply was missing credits twice. */
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
