import type { Baseline } from '../outbox/types.ts';
import type { KnownMember } from './directory-repository.ts';

/** Whether a reading is of the last `freshMs`. One that lies ahead is from before the clock was set back. */
export function isFresh(asOfMs: number, nowMs: number, freshMs: number): boolean {
  const ageMs = nowMs - asOfMs;
  return ageMs >= 0 && ageMs < freshMs;
}

export interface FreshQuestion {
  /** Whom KYBIO named when this very query was last asked, as kept now, and when that was; null where it did not. */
  readonly named: { readonly member: KnownMember; readonly atMs: number } | null;
  readonly baseline: Baseline | null;
  readonly nowMs: number;
  readonly freshMs: number;
}

/**
 * The one member who need not be read again, or null. KYBIO itself has named that one under this query lately: that
 * the sums are new says nothing of whose card it is. The reading must be one that the till itself would reason from:
 * none that overlapped a send of ours, and nothing is in doubt since.
 */
export function freshMember({ named, baseline, nowMs, freshMs }: FreshQuestion): KnownMember | null {
  if (named === null || !isFresh(named.atMs, nowMs, freshMs)) return null;
  const { member } = named;
  const isOwn = baseline?.atMs === member.asOfMs;
  return isOwn && isFresh(member.asOfMs, nowMs, freshMs) ? member : null;
}
