import {
  type Amount,
  addAmounts,
  compareAmounts,
  type EntryKind,
  negateAmount,
  zeroAmount,
} from '../../preload/contract/index.ts';

/** Balance and points together; they move together or not at all. */
export interface Sums {
  readonly balance: Amount;
  readonly point: Amount;
}

export const noSums: Sums = { balance: zeroAmount, point: zeroAmount };

export const addSums = (left: Sums, right: Sums): Sums => ({
  balance: addAmounts(left.balance, right.balance),
  point: addAmounts(left.point, right.point),
});

export const negated = ({ balance, point }: Sums): Sums => ({
  balance: negateAmount(balance),
  point: negateAmount(point),
});

export const sameSums = (left: Sums, right: Sums): boolean =>
  compareAmounts(left.balance, right.balance) === 0 && compareAmounts(left.point, right.point) === 0;

type Increments = Pick<UndecidedEntry, 'balanceIncrement' | 'pointIncrement'>;

/** What an entry adds. */
export const sumsOfEntry = ({ balanceIncrement, pointIncrement }: Increments): Sums => ({
  balance: balanceIncrement,
  point: pointIncrement,
});

/** Whether a reading differs from these sums by exactly the entry: a sign that it arrived, never that it did not. */
export const saysItArrived = (from: Sums, entry: Increments, reading: Sums | null): boolean =>
  reading !== null && sameSums(reading, addSums(from, sumsOfEntry(entry)));

export interface UndecidedEntry {
  readonly kind: EntryKind;
  readonly balanceIncrement: Amount;
  readonly pointIncrement: Amount;
  readonly dataChangeTime: string;
  /** The member's sums before the first attempt that was sent (protocol rule 6); null if unknown. */
  readonly baseline: Sums | null;
}

/** A row of this member's recharge log. */
export interface LogRow {
  readonly amount: Amount;
  readonly datetime: string;
  /** Matched to another increment of ours. */
  readonly explained: boolean;
}

export interface Evidence {
  /** Readings after the settling time, oldest first, none overlapping a send of ours. */
  readonly readings: readonly (Sums & { readonly atMonotonicMs: number })[];
  /** The member's increments of ours confirmed since the baseline. */
  readonly ownSince: Sums;
  /** Our last confirmed increments of the member, newest first, all in the baseline. */
  readonly ownBefore?: readonly Sums[];
  /** Another increment of the member is undecided since the baseline. */
  readonly othersUndecided: boolean;
  /** Those increments; each may or may not be in the reading. */
  readonly others: readonly Sums[];
  /** The whole recharge log, read after the settling time; null if not read. */
  readonly log: {
    readonly rows: readonly LogRow[];
    readonly timesAsked: number;
    readonly askedAfterMs: number;
  } | null;
  /** Attempts of this entry answered as duplicates. */
  readonly duplicateRefusals: number;
  /** The first of them followed an attempt that may have been applied. */
  readonly isRefusedAfterOwn?: boolean;
  /** The entry was open across a restore: it may have been sent before. */
  readonly wasRestored: boolean;
  /** A receipt says that the host had confirmed it: a sign, no proof. */
  readonly isConfirmedOnPaper?: boolean;
}
