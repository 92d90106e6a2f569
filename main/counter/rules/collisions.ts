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

/** A credit of the member by another till that the rule could have given. */
export interface Elsewhere {
  /** Bonus included. */
  readonly sum: Amount;
  /** The log row's time; null if only the balance shows it. */
  readonly loggedAt: string | null;
}

/** An increment of this till that a log row may belong to. */
export interface OwnCredit {
  readonly sum: Amount;
  readonly dataChangeTime: string;
}

const hundred = amount('100');
const isPositive = (value: Amount): boolean => compareAmounts(value, zeroAmount) > 0;
const isSame = (one: Amount, other: Amount): boolean => compareAmounts(one, other) === 0;

const unitOf = ({ balanceDecimals }: Places): Amount =>
  amount(balanceDecimals === 0 ? '1' : `0.${'0'.repeat(balanceDecimals - 1)}1`);

/** Principals for which a tier may give this total. */
function principalsOf(kind: BonusRule['kind'], gives: Amount, sum: Amount, places: Places): Amount[] {
  switch (kind) {
    case 'fixed':
      return [subtractAmounts(sum, gives)];
    case 'percent': {
      // Rounded down here and by the rule: this one or the next.
      const { value } = shareOf(sum, hundred, addAmounts(hundred, gives), places.balanceDecimals);
      return [value, addAmounts(value, unitOf(places))];
    }
  }
}

/** Whether a sum can be a principal with this rule's bonus. */
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

/** The day's rows that match none of this till's increments; each matches one, its own second first. */
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
  // A host's own time differs for entries that waited.
  return others
    .filter(({ datetime }) => datetime.startsWith(day))
    .filter((row) => !isExplained((one) => isSame(one.sum, sumOf(row))));
}

const sumOf = ({ rechargeMoney, giftMoney }: HostLogRow): Amount => addAmounts(rechargeMoney, giftMoney);

/** The day's first credit by another till that the rule could have given, from the log. */
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

/** The same from the entry's reply: the surplus over the sums after this till's last entry of the day. */
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
