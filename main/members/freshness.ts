import type { Baseline } from '../outbox/types.ts';
import type { Kept } from './ask-host.ts';
import type { KnownMember } from './directory-repository.ts';

/** Whether a reading is of the last `freshMs`. One that lies ahead is from before the clock was set back. */
export function isFresh(asOfMs: number, nowMs: number, freshMs: number): boolean {
  const ageMs = nowMs - asOfMs;
  return ageMs >= 0 && ageMs < freshMs;
}

export interface FreshQuestion {
  readonly kept: Kept;
  readonly baselineOf: (customerUid: string) => Baseline | null;
  /** When this phone was last asked of KYBIO and brought one member alone; null where it was not. */
  readonly phoneAskedAtMs: number | null;
  readonly nowMs: number;
  readonly freshMs: number;
}

/**
 * The one member who need not be read again, or null. The reading must be one that the till itself would reason
 * from: none that overlapped a send of ours, and nothing is in doubt since. A phone may be a family's, of whom the
 * directory knows one: then only KYBIO's own answer to this phone says that there is nobody else.
 */
export function freshMember(question: FreshQuestion): KnownMember | null {
  const { kept, baselineOf, phoneAskedAtMs, nowMs, freshMs } = question;
  const { byNumber, byPhone, byName } = kept;
  const [only, ...others] = [...byNumber, ...byPhone];
  if (only === undefined || others.length > 0 || byName.length > 0) return null;
  if (byNumber.length === 0 && (phoneAskedAtMs === null || !isFresh(phoneAskedAtMs, nowMs, freshMs)))
    return null;
  const isOwn = baselineOf(only.customerUid)?.atMs === only.asOfMs;
  return isOwn && isFresh(only.asOfMs, nowMs, freshMs) ? only : null;
}
