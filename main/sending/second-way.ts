import type { HostProfile } from '../hosts/index.ts';

/** How an entry may have come to KYBIO, as the journal tells. */
export interface WaysIn {
  /** Attempts that may have been applied: sent, and not answered as a duplicate. */
  readonly sent: number;
  /** Between the first and the last of them. */
  readonly sentOverMs: number;
  /** Taken up from a paper, open across a restore, or sent by another copy: what was sent there is not known here. */
  readonly isFromElsewhere: boolean;
  /** It took the place of one that was sent, or that one. */
  readonly isReplaced: boolean;
}

/**
 * Whether an entry may have gone in twice, so that a surplus of its amount is more than another till's credit (ADR 54).
 * On a host that is proven to refuse the same bytes, sending them again within the age that was seen is no second way.
 */
export function hasSecondWay(
  { sent, sentOverMs, isFromElsewhere, isReplaced }: WaysIn,
  { duplicates }: Pick<HostProfile, 'duplicates'>,
): boolean {
  if (isFromElsewhere || isReplaced) return true;
  const isRefusedAgain = duplicates !== null && sentOverMs <= duplicates.greatestAgeMs / 2;
  return sent > 1 && !isRefusedAgain;
}
