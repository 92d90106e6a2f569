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

interface PaidFields {
  /** Empty until chosen. */
  readonly tender: string;
  /** Cash handed over. */
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
  /** Tenders on offer. */
  readonly tenders: readonly string[];
}

/** Parses a typed sum; an empty field is zero. */
export type ReadAmount = (typed: string, rules: AmountRules) => Result<Amount, AmountProblem>;

/** The form's only parser. */
export const readAmount: ReadAmount = (typed, rules) => {
  const parsed = parseAmount(typed, rules);
  return !parsed.ok && parsed.error === 'empty' ? ok(zeroAmount) : parsed;
};

export const givenRules = (rules: AmountRules): AmountRules => ({ ...rules, cap: mostGiven(rules.cap) });

/** Nobody hands over more pieces of one kind. */
const MOST_PIECES = 3;
const OFFERED = 2;
/** Nor so much for so little. */
const MOST_TIMES = 10;

/**
 * The sums most likely handed over: the two smallest above `sum` that are a few pieces of one kind. `kinds` are the
 * currency's notes and coins.
 */
export function notesAbove(sum: Amount, kinds: readonly Amount[]): readonly Amount[] {
  const offered: Amount[] = [];
  const most = addAmounts(...Array.from({ length: MOST_TIMES }, () => sum));
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
  return offered
    .filter((one) => compareAmounts(one, most) <= 0)
    .sort(compareAmounts)
    .slice(0, OFFERED);
}

/** The tender and cash for a sum; points alone are free. */
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
  // Not entered.
  if (isZeroAmount(given.value)) return ok({ tender, given: null });
  if (compareAmounts(given.value, paid) < 0) return err({ kind: 'given-too-little' });
  return ok({ tender, given: given.value });
}

/** The same from typed text. */
export const readPaid = (
  { tender, givenText }: PaidFields,
  paid: Amount,
  { given, tenders }: Rules,
): Result<Paid, UnpaidBlocker> => paidBy(tender, readAmount(givenText, given), paid, tenders);

/** The change; null without any. */
export const changeDue = (paid: Amount, given: Amount | null): Amount | null =>
  given === null || compareAmounts(given, paid) <= 0 ? null : subtractAmounts(given, paid);

/** The change of a saved entry. */
export const changeOf = (entry: Pick<Entry, 'balanceIncrement' | 'terms'>): Amount | null =>
  changeDue(paidFor(entry), entry.terms.given);

/** What the member paid for an entry: the increment less its bonus. */
export const paidFor = ({ balanceIncrement, terms }: Pick<Entry, 'balanceIncrement' | 'terms'>): Amount =>
  subtractAmounts(balanceIncrement, terms.bonus ?? zeroAmount);
