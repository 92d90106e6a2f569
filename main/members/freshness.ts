import type { Baseline } from '../ledger/index.ts';
import type { KnownMember } from './directory-repository.ts';

/** Whether a reading is of the last `freshMs`. One that lies ahead is from before the clock was set back. */
export function isFresh(asOfMs: number, nowMs: number, freshMs: number): boolean {
  const ageMs = nowMs - asOfMs;
  return ageMs >= 0 && ageMs < freshMs;
}

/** Whom KYBIO named alone under a query, and when. */
export interface NamedLately {
  readonly customerUid: string;
  readonly atMs: number;
}

export interface FreshQuestion {
  /** What KYBIO said when this very query was last asked; undefined where it named nobody alone. */
  readonly named: NamedLately | undefined;
  /** Whose card or phone this very query is by the directory of now: see `ownerOf`. */
  readonly owner: KnownMember | null;
  readonly baseline: Baseline | null;
  readonly nowMs: number;
  readonly freshMs: number;
}

/**
 * The one member who need not be read again, or null. KYBIO itself has named that one under this query lately, and
 * nothing that was read since says otherwise: that the sums are new says nothing of whose card it is. The reading must
 * be one that the till itself would reason from: none that overlapped a send of ours, and nothing is in doubt since.
 */
export function freshMember({ named, owner, baseline, nowMs, freshMs }: FreshQuestion): KnownMember | null {
  if (named === undefined || !isFresh(named.atMs, nowMs, freshMs)) return null;
  if (owner === null || owner.customerUid !== named.customerUid) return null;
  const isOwn = baseline?.atMs === owner.asOfMs;
  return isOwn && isFresh(owner.asOfMs, nowMs, freshMs) ? owner : null;
}
