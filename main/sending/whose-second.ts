import {
  type Amount,
  addAmounts,
  amount,
  compareAmounts,
  decimalsOf,
  isZeroAmount,
  multiplyAmount,
  subtractAmounts,
} from '../../preload/contract/index.ts';
import type { HostLogRow } from '../hosts/port/index.ts';
import type { Sums } from './undecided.ts';

/** What a row of the recharge log says of its sum. */
export type RowSums = Pick<HostLogRow, 'rechargeMoney' | 'giftMoney'>;

/** What KYBIO's word that it had these bytes before is held against. */
export interface SecondSeen {
  readonly increments: Sums;
  /** What the member held before the first sending; null where nobody knows. */
  readonly before: Sums | null;
  /** After the word. */
  readonly reading: Sums;
  /** Rows under this very second; null where the log tells nothing, or carries other times. */
  readonly ofOurSecond: readonly RowSums[] | null;
}

/**
 * Whose increment has this second at KYBIO: `ours` where the sums moved by it alone, or a row shows it; `another-till` where
 * a row shows another sum, and the sums did not move by both; else `unclear`. Sums that have not moved say too little
 * to stop a shop: the member may have spent what arrived, and one reading may come out of a cache. Only a till that has
 * our number takes our second (ADR 28).
 */
export function whoseSecond(seen: SecondSeen): 'ours' | 'unclear' | 'another-till' {
  const { increments, before, ofOurSecond } = seen;
  const rows = ofOurSecond ?? [];
  if (rows.some((row) => isOfAmount(row, increments))) return 'ours';
  if (before !== null && movedByOurs(seen, before, [])) return 'ours';
  // Both may be there; or another till's row, and others who wrote as much as we did.
  return rows.length === 0 || (before !== null && movedByOurs(seen, before, rows))
    ? 'unclear'
    : 'another-till';
}

function movedByOurs({ increments, reading }: SecondSeen, before: Sums, rows: readonly RowSums[]): boolean {
  const theirs = rows.flatMap(({ rechargeMoney, giftMoney }) => [rechargeMoney, giftMoney]);
  const wanted = addAmounts(before.balance, increments.balance, ...theirs);
  return (
    compareAmounts(reading.balance, wanted) === 0 &&
    compareAmounts(reading.point, addAmounts(before.point, increments.point)) === 0
  );
}

/** Hosts add gifts, and cut decimals off or round them. */
function isOfAmount({ rechargeMoney, giftMoney }: RowSums, { balance }: Sums): boolean {
  return [rechargeMoney, addAmounts(rechargeMoney, giftMoney)].some(
    (told) => compareAmounts(told, balance) === 0 || isCutOf(told, balance),
  );
}

/** It differs by less than one of its own last decimal. */
function isCutOf(told: Amount, balance: Amount): boolean {
  if (isZeroAmount(told)) return false;
  const apart = multiplyAmount(subtractAmounts(told, balance), 10 ** decimalsOf(told));
  return compareAmounts(apart, amount('1')) < 0 && compareAmounts(apart, amount('-1')) > 0;
}
