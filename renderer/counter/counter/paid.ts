import {
  addAmounts,
  compareAmounts,
  err,
  isZeroAmount,
  mostGiven,
  ok,
  parseAmount,
  subtractAmounts,
  zeroAmount,
} from '../../../preload/contract/app/values.ts';
import type { Amount, AmountProblem, AmountRules, Entry, Result } from '../../../preload/contract/index.ts';

/** How a member pays, as the form has it. */
export interface PaidFields {
  /** Empty until it is chosen. */
  readonly tender: string;
  /** What was handed over, where it is cash. */
  readonly givenText: string;
}

export interface Paid {
  readonly tender: string | null;
  readonly given: Amount | null;
}

export type UnpaidBlocker =
  | { readonly kind: 'no-tender' }
  | { readonly kind: 'given'; readonly problem: AmountProblem }
  | { readonly kind: 'given-too-little' };

interface Rules {
  readonly given: AmountRules;
  /** How members may pay. */
  readonly tenders: readonly string[];
}

/** A sum as it is typed. An empty field adds nothing; anything else must be an amount. */
export type ReadAmount = (typed: string, rules: AmountRules) => Result<Amount, AmountProblem>;

/** The one place that reads what is typed into the form. */
export const readAmount: ReadAmount = (typed, rules) => {
  const parsed = parseAmount(typed, rules);
  return !parsed.ok && parsed.error === 'empty' ? ok(zeroAmount) : parsed;
};

export const givenRules = (rules: AmountRules): AmountRules => ({
  ...rules,
  cap: mostGiven(rules.cap),
});

/** More pieces of one kind than this nobody hands over. */
const MOST_PIECES = 3;
const OFFERED = 2;

/**
 * What a member hands over mostly: the two smallest sums of a few pieces of one kind that are above the sum.
 * `kinds` are the currency's notes and coins.
 */
export function notesAbove(sum: Amount, kinds: readonly Amount[]): readonly Amount[] {
  const offered: Amount[] = [];
  for (const kind of kinds) {
    let all = kind;
    for (let pieces = 1; pieces <= MOST_PIECES; pieces += 1) {
      if (compareAmounts(all, sum) > 0) {
        if (!offered.some((one) => compareAmounts(one, all) === 0)) offered.push(all);
        break;
      }
      all = addAmounts(all, kind);
    }
  }
  return offered.sort(compareAmounts).slice(0, OFFERED);
}

/** How what is to be paid is paid, where this was handed over; points alone cost nothing. */
export function paidBy(
  tender: string,
  given: Result<Amount, AmountProblem>,
  paid: Amount,
  tenders: readonly string[],
): Result<Paid, UnpaidBlocker> {
  if (isZeroAmount(paid) || tenders.length === 0) return ok({ tender: null, given: null });
  if (!tenders.includes(tender)) return err({ kind: 'no-tender' });
  if (tender !== 'cash') return ok({ tender, given: null });
  if (!given.ok) return err({ kind: 'given', problem: given.error });
  // Nobody has said what.
  if (isZeroAmount(given.value)) return ok({ tender, given: null });
  if (compareAmounts(given.value, paid) < 0) return err({ kind: 'given-too-little' });
  return ok({ tender, given: given.value });
}

/** The same as it is typed. */
export const readPaid = (
  { tender, givenText }: PaidFields,
  paid: Amount,
  { given, tenders }: Rules,
): Result<Paid, UnpaidBlocker> => paidBy(tender, readAmount(givenText, given), paid, tenders);

/** What the member gets back; null where nothing more than the sum was handed over. */
export const changeDue = (paid: Amount, given: Amount | null): Amount | null =>
  given === null || compareAmounts(given, paid) <= 0 ? null : subtractAmounts(given, paid);

/** The same of what was saved: a bonus is not paid. */
export const changeOf = ({
  balanceIncrement,
  terms,
}: Pick<Entry, 'balanceIncrement' | 'terms'>): Amount | null =>
  changeDue(subtractAmounts(balanceIncrement, terms.bonus ?? zeroAmount), terms.given);
