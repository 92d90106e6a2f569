import type { HostProfile } from '../hosts/index.ts';

/** How an entry may have reached KYBIO, from the journal. */
export interface WaysIn {
  /** Attempts that may have been applied, without duplicate answers. */
  readonly sent: number;
  /** Time between the first and the last. */
  readonly sentOverMs: number;
  /** Imported, open across a restore, or sent by a clone: earlier sends are unknown here. */
  readonly isFromElsewhere: boolean;
  /** A replacement of a sent entry, or the replaced one. */
  readonly isReplaced: boolean;
}

/**
 * Whether an entry may have been applied twice, so that a surplus of its amount is more than another till's credit
 * (ADR 54). Resending within the proven age to a host that refuses duplicates is no second way in.
 */
export function hasSecondWay(
  { sent, sentOverMs, isFromElsewhere, isReplaced }: WaysIn,
  { duplicates }: Pick<HostProfile, 'duplicates'>,
): boolean {
  if (isFromElsewhere || isReplaced) return true;
  const isRefusedAgain = duplicates !== null && sentOverMs <= duplicates.greatestAgeMs / 2;
  return sent > 1 && !isRefusedAgain;
}
