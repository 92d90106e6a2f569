import { isZeroAmount } from '../../../preload/contract/app/values.ts';
import type { Amount, AmountRules, Result } from '../../../preload/contract/index.ts';
import { changeDue, type ReadAmount, readAmount } from './paid.ts';
import {
  type AskedGets,
  askedOf,
  type Blocker,
  getsOf,
  pointsByRule,
  principalOf,
  readTopUp,
  type TopUp,
  type TopUpFields,
  type TopUpRules,
  type TypedSums,
} from './top-up.ts';

/** What all parts of the form show. */
export interface ReadForm extends TypedSums {
  /** What main is queried about; null if the rules give nothing. */
  readonly asked: AskedGets | null;
  /** Points by rule, which replace the typed ones. */
  readonly pointsByRule: Amount | null;
  /** Points without a top-up. */
  readonly isAward: boolean;
  /** The entry, or why it cannot be made yet. */
  readonly topUp: Result<TopUp, Blocker>;
  /** The same before it is said how it is paid; null while more is missing. */
  readonly unpaid: TopUp | null;
  /** The change; null without any. */
  readonly change: Amount | null;
}

/** The form, with the till's limits. */
export interface Form extends TopUpFields {
  readonly rules: TopUpRules;
}

/** Pure: typed text is parsed once, outside. */
function readForm(form: Form, sums: TypedSums): ReadForm {
  const asked = askedOf(form, sums);
  const gets = getsOf(form, asked);
  const topUp = readTopUp(form, sums, gets, form.rules.tenders);
  const unpaid = topUp.ok ? topUp : readTopUp(form, sums, gets, []);
  const { amount } = sums;
  const isFree = amount.ok && isZeroAmount(amount.value);
  return {
    ...sums,
    asked,
    pointsByRule: pointsByRule(form, gets),
    isAward: form.member !== null && isFree && form.pointsText.trim() !== '',
    topUp,
    unpaid: unpaid.ok ? unpaid.value : null,
    change: topUp.ok ? changeDue(principalOf(topUp.value), topUp.value.given) : null,
  };
}

/** Parses a field only if its text or limits changed. */
function fieldReader(read: ReadAmount): ReadAmount {
  let last: {
    readonly typed: string;
    readonly rules: AmountRules;
    readonly is: ReturnType<ReadAmount>;
  } | null = null;
  return (typed, rules) => {
    if (last?.typed !== typed || last.rules !== rules) last = { typed, rules, is: read(typed, rules) };
    return last.is;
  };
}

/** Reads a form once for all its parts, and only the changed fields. */
export function createFormReader(read: ReadAmount = readAmount): (form: Form) => ReadForm {
  const fields = {
    amount: fieldReader(read),
    points: fieldReader(read),
    purchase: fieldReader(read),
    given: fieldReader(read),
  };
  let last: { readonly form: Form; readonly is: ReadForm } | null = null;
  return (form) => {
    if (last?.form === form) return last.is;
    const { rules, shop } = form;
    const is = readForm(form, {
      amount: fields.amount(form.amountText, rules.amount),
      points: fields.points(form.pointsText, rules.points),
      purchase: fields.purchase(shop.asksPurchase ? form.purchaseText : '', rules.amount),
      given: fields.given(form.givenText, rules.given),
    });
    last = { form, is };
    return is;
  };
}
