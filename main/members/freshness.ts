import type { Baseline } from '../ledger/index.ts';
import type { KnownMember } from './directory-repository.ts';

/** Whether a reading is younger than `freshMs`. A future one is from before the clock was set back. */
export function isFresh(asOfMs: number, nowMs: number, freshMs: number): boolean {
  const ageMs = nowMs - asOfMs;
  return ageMs >= 0 && ageMs < freshMs;
}

/** The only member KYBIO named for a query, and when. */
export interface NamedLately {
  readonly customerUid: string;
  readonly atMs: number;
}

export interface FreshQuestion {
  /** KYBIO's last answer to exactly this query; undefined where it did not name one member. */
  readonly named: NamedLately | undefined;
  /** The holder of this card or phone by the present directory: see `ownerOf`. */
  readonly owner: KnownMember | null;
  readonly baseline: Baseline | null;
  readonly nowMs: number;
  readonly freshMs: number;
}

/**
 * The member who need not be read again, or null. KYBIO named them alone for this query lately, and no reading since
 * contradicts it: fresh sums do not say whose card it is. The reading must be usable as evidence: it overlapped no
 * send of ours, and nothing is undecided since.
 */
export function freshMember({ named, owner, baseline, nowMs, freshMs }: FreshQuestion): KnownMember | null {
  if (named === undefined || !isFresh(named.atMs, nowMs, freshMs)) return null;
  if (owner === null || owner.customerUid !== named.customerUid) return null;
  const isOwn = baseline?.atMs === owner.asOfMs;
  return isOwn && isFresh(owner.asOfMs, nowMs, freshMs) ? owner : null;
}
