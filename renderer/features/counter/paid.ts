import type { Amount, AmountProblem, AmountRules, Entry, Result } from '../../../preload/contract/index.ts';
import {
  compareAmounts,
  err,
  isZeroAmount,
  ok,
  parseAmount,
  subtractAmounts,
  zeroAmount,
} from '../../../preload/contract/values.ts';

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
  readonly amount: AmountRules;
  /** How members may pay. */
  readonly tenders: readonly string[];
}

/** How much may be handed over, in largest top-ups: more is a slip of the finger. */
const MOST_GIVEN = 10n;

const givenRules = ({ amount: rules }: Rules): AmountRules => ({
  ...rules,
  cap: String(BigInt(rules.cap.split('.')[0] ?? '0') * MOST_GIVEN) as Amount,
});

/** How what is to be paid is paid; points alone cost nothing. */
export function readPaid(fields: PaidFields, paid: Amount, rules: Rules): Result<Paid, UnpaidBlocker> {
  if (isZeroAmount(paid) || rules.tenders.length === 0) return ok({ tender: null, given: null });
  const { tender } = fields;
  if (!rules.tenders.includes(tender)) return err({ kind: 'no-tender' });
  if (tender !== 'cash' || fields.givenText.trim() === '') return ok({ tender, given: null });
  const given = parseAmount(fields.givenText, givenRules(rules));
  if (!given.ok) return err({ kind: 'given', problem: given.error });
  if (compareAmounts(given.value, paid) < 0) return err({ kind: 'given-too-little' });
  return ok({ tender, given: given.value });
}

/** What the member gets back; null where nothing more than the sum was handed over. */
export const changeDue = (paid: Amount, given: Amount | null): Amount | null =>
  given === null || compareAmounts(given, paid) <= 0 ? null : subtractAmounts(given, paid);

/** The same of what was saved: a bonus is not paid. */
export const changeOf = ({
  balanceIncrement,
  terms,
}: Pick<Entry, 'balanceIncrement' | 'terms'>): Amount | null =>
  changeDue(subtractAmounts(balanceIncrement, terms.bonus ?? zeroAmount), terms.given);
