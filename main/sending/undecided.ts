import type { Amount, EntryKind } from '../../preload/contract/index.ts';

/** Balance and points together; they move together or not at all. */
export interface Sums {
  readonly balance: Amount;
  readonly point: Amount;
}

export interface UndecidedEntry {
  readonly kind: EntryKind;
  readonly balanceIncrement: Amount;
  readonly pointIncrement: Amount;
  readonly dataChangeTime: string;
  /** What the member held before the first attempt that was sent (protocol rule 6); null where nobody knows. */
  readonly baseline: Sums | null;
}

/** One row of the recharge log, already of this member. */
export interface LogRow {
  readonly amount: Amount;
  readonly datetime: string;
  /** Another increment of ours explains it. */
  readonly explained: boolean;
}

export interface Evidence {
  /** Equal readings after quiescence, oldest first, none of which overlaps a send of ours. */
  readonly readings: readonly (Sums & { readonly atMonotonicMs: number })[];
  /** The sum of our own confirmed increments of this member since the baseline. */
  readonly ownSince: Sums;
  /** What each of our last confirmed increments of this member added, newest first; all of it is in the baseline. */
  readonly ownBefore?: readonly Sums[];
  /** Another increment of this member is undecided since the baseline. */
  readonly othersUndecided: boolean;
  /** What those would add, each of which is in the reading or not. */
  readonly others: readonly Sums[];
  /** The recharge log, read whole after quiescence; null where it was not read. */
  readonly log: {
    readonly rows: readonly LogRow[];
    readonly timesAsked: number;
    readonly askedAfterMs: number;
  } | null;
  /** Every attempt of this entry that was answered as a duplicate. */
  readonly duplicateRefusals: number;
  /** The first of them came after an attempt of these very bytes that may have been applied. */
  readonly isRefusedAfterOwn?: boolean;
  /** The till's data was put back while it was open: it may have been sent before, which nothing here tells. */
  readonly wasRestored: boolean;
  /** A receipt says that the host had confirmed it: a sign that it arrived, and no proof. */
  readonly isConfirmedOnPaper?: boolean;
}
