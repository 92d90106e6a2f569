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

export type RowSums = Pick<HostLogRow, 'rechargeMoney' | 'giftMoney'>;

/** Evidence on a duplicate answer. */
interface SecondSeen {
  readonly increments: Sums;
  /** The sums before the first send; null if unknown. */
  readonly before: Sums | null;
  /** After the duplicate answer. */
  readonly reading: Sums;
  /** Log rows with this second; null if the log has none or other times. */
  readonly ofOurSecond: readonly RowSums[] | null;
}

/**
 * Whose increment has this second at KYBIO. `ours`: the sums moved by it alone, or a row shows it. `another-till`: a
 * row shows another sum, and the sums did not move by both (only a till with our number takes our second, ADR 28).
 * Else `unclear`: unmoved sums do not prove enough to stop a shop, as the member may have spent, and a cache may have
 * answered.
 */
export function whoseSecond(seen: SecondSeen): 'ours' | 'unclear' | 'another-till' {
  const { increments, before, ofOurSecond } = seen;
  const rows = ofOurSecond ?? [];
  if (rows.some((row) => isOfAmount(row, increments))) return 'ours';
  if (before !== null && movedByOurs(seen, before, [])) return 'ours';
  // Both may be there; or another till's row, and others who wrote as much.
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

/** Hosts add gifts, and truncate or round decimals. */
function isOfAmount({ rechargeMoney, giftMoney }: RowSums, { balance }: Sums): boolean {
  return [rechargeMoney, addAmounts(rechargeMoney, giftMoney)].some(
    (told) => compareAmounts(told, balance) === 0 || isCutOf(told, balance),
  );
}

/** Differs by less than one unit of its last decimal. */
function isCutOf(told: Amount, balance: Amount): boolean {
  if (isZeroAmount(told)) return false;
  const apart = multiplyAmount(subtractAmounts(told, balance), 10 ** decimalsOf(told));
  return compareAmounts(apart, amount('1')) < 0 && compareAmounts(apart, amount('-1')) > 0;
}
