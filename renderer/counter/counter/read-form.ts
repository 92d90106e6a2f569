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

/** What all parts of the form draw. */
export interface ReadForm extends TypedSums {
  /** What main is asked about; null where the rules give nothing to it. */
  readonly asked: AskedGets | null;
  /** Points that stand in the place of what is typed. */
  readonly pointsByRule: Amount | null;
  /** Points without a top-up, which may have a reason. */
  readonly isAward: boolean;
  /** What is booked, or why it cannot be yet. */
  readonly topUp: Result<TopUp, Blocker>;
  /** What goes back to the member; null where nothing does. */
  readonly change: Amount | null;
}

/** The form as it stands, with what its till allows. */
export interface Form extends TopUpFields {
  readonly rules: TopUpRules;
}

/** Pure: no part of the form reads again what was typed. */
export function readForm(form: Form, sums: TypedSums): ReadForm {
  const asked = askedOf(form, sums);
  const gets = getsOf(form, asked);
  const topUp = readTopUp(form, sums, gets, form.rules.tenders);
  const { amount } = sums;
  const isFree = amount.ok && isZeroAmount(amount.value);
  return {
    ...sums,
    asked,
    pointsByRule: pointsByRule(form, gets),
    isAward: form.member !== null && isFree && form.pointsText.trim() !== '',
    topUp,
    change: topUp.ok ? changeDue(principalOf(topUp.value), topUp.value.given) : null,
  };
}

/** A field that is read again only where it, or what it may hold, is another. */
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

/** Reads a form once for all who ask, and of it no more than was typed since. */
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
