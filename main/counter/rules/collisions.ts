import {
  type Amount,
  addAmounts,
  amount,
  type BonusRule,
  compareAmounts,
  subtractAmounts,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import type { HostLogRow } from '../../hosts/port/index.ts';
import { bonusOn, type Places } from './decide.ts';
import { shareOf } from './share.ts';

/** A credit of the member that is none of this till's, and as much as the rule makes of some top-up. */
export interface Elsewhere {
  /** Bonus and all. */
  readonly sum: Amount;
  /** As the host's log has it; null where the member's balance alone tells of it. */
  readonly loggedAt: string | null;
}

/** An increment of this till's that a row of the log may tell of. */
export interface OwnCredit {
  readonly sum: Amount;
  readonly dataChangeTime: string;
}

const hundred = amount('100');
const isPositive = (value: Amount): boolean => compareAmounts(value, zeroAmount) > 0;
const isSame = (one: Amount, other: Amount): boolean => compareAmounts(one, other) === 0;

/** The smallest sum of so many places. */
const unitOf = ({ balanceDecimals }: Places): Amount =>
  amount(balanceDecimals === 0 ? '1' : `0.${'0'.repeat(balanceDecimals - 1)}1`);

/** What may have been paid where a tier made so much of it. */
function principalsOf(kind: BonusRule['kind'], gives: Amount, sum: Amount, places: Places): Amount[] {
  switch (kind) {
    case 'fixed':
      return [subtractAmounts(sum, gives)];
    case 'percent': {
      // Rounded down once here and once by the rule: it is that or the next one.
      const { value } = shareOf(sum, hundred, addAmounts(hundred, gives), places.balanceDecimals);
      return [value, addAmounts(value, unitOf(places))];
    }
  }
}

/** Whether a sum can be a top-up with this rule's bonus: some principal and what the rule gives with it. */
export function fitsRule(rule: BonusRule, sum: Amount, places: Places): boolean {
  if (!isPositive(sum)) return false;
  const { cap, kind, tiers } = rule;
  const principals = tiers.flatMap(({ gives }) => principalsOf(kind, gives, sum, places));
  if (cap !== null) principals.push(subtractAmounts(sum, cap));
  return principals.some((principal) => {
    const bonus = isPositive(principal) ? bonusOn(rule, principal, places) : null;
    return bonus !== null && isSame(addAmounts(principal, bonus.value), sum);
  });
}

/** Rows of the day that none of this till's increments explains: each explains one, its own second first. */
function notOurs(rows: readonly HostLogRow[], day: string, own: readonly OwnCredit[]): readonly HostLogRow[] {
  const left = [...own];
  const isExplained = (fits: (one: OwnCredit) => boolean): boolean => {
    const at = left.findIndex(fits);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  };
  const others = rows.filter(
    (row) => !isExplained((one) => one.dataChangeTime === row.datetime && isSame(one.sum, sumOf(row))),
  );
  // A host that writes its own time has what waited here under another one.
  return others
    .filter(({ datetime }) => datetime.startsWith(day))
    .filter((row) => !isExplained((one) => isSame(one.sum, sumOf(row))));
}

const sumOf = ({ rechargeMoney, giftMoney }: HostLogRow): Amount => addAmounts(rechargeMoney, giftMoney);

/** What the host's log says of the day: the first credit of somebody else that the rule could have made. */
export function elsewhereByLog(
  rows: readonly HostLogRow[],
  day: string,
  own: readonly OwnCredit[],
  rule: BonusRule,
  places: Places,
): Elsewhere | null {
  const row = notOurs(rows, day, own).find((one) => fitsRule(rule, sumOf(one), places));
  return row === undefined ? null : { sum: sumOf(row), loggedAt: row.datetime.slice(0, 40) };
}

/** What the entry's own reply says: the member held more than after this till's last entry of the day, by such a sum. */
export function elsewhereByReply(
  known: Amount | null,
  before: Amount | null,
  rule: BonusRule,
  places: Places,
): Elsewhere | null {
  if (known === null || before === null) return null;
  const sum = subtractAmounts(before, known);
  return fitsRule(rule, sum, places) ? { sum, loggedAt: null } : null;
}
