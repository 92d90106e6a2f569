import type {
  Amount,
  AmountProblem,
  AmountRules,
  MemberCard,
  MemberStatus,
  Result,
  Till,
} from '../../../preload/contract/index.ts';
import {
  addAmounts,
  currencyDecimals,
  err,
  isZeroAmount,
  ok,
  parseAmount,
  separators,
  zeroAmount,
} from '../../../preload/contract/values.ts';

/** What is on the form, as typed. */
export interface TopUpFields {
  readonly memberText: string;
  readonly member: MemberCard | null;
  readonly amountText: string;
  readonly pointsText: string;
  readonly noteText: string;
}

/** What the form asks for, exact. */
export interface TopUp {
  readonly customerUid: string;
  /** As the cashier sees the member: main refuses where they are not this one's. */
  readonly customerNumber: string;
  readonly customerName: string;
  readonly balanceIncrement: Amount;
  readonly pointIncrement: Amount;
  readonly note: string;
}

/** Why the form cannot be confirmed yet; `blockers.<kind>` in the locale files. */
export type Blocker =
  | { readonly kind: 'no-member' }
  | { readonly kind: 'not-looked-up' }
  | { readonly kind: 'member-closed'; readonly status: Exclude<MemberStatus, 'active'> }
  | { readonly kind: 'amount'; readonly problem: AmountProblem }
  | { readonly kind: 'points'; readonly problem: AmountProblem }
  | { readonly kind: 'note-too-long' }
  | { readonly kind: 'nothing-to-add' };

export interface TopUpRules {
  readonly amount: AmountRules;
  readonly points: AmountRules;
}

/** The contract's bound on a note. */
export const MAX_NOTE_LENGTH = 200;

export function rulesOf(till: Till): TopUpRules {
  const signs = separators(till.language);
  return {
    amount: { ...signs, decimals: currencyDecimals(till.currency), cap: till.balanceCap },
    points: { ...signs, decimals: till.pointDecimals, cap: till.pointCap },
  };
}

/** An empty field adds nothing; anything else must be an amount. */
export function readAmount(typed: string, rules: AmountRules): Result<Amount, AmountProblem> {
  const parsed = parseAmount(typed, rules);
  return !parsed.ok && parsed.error === 'empty' ? ok(zeroAmount) : parsed;
}

/** The form as an exact wish, or the first thing that is in its way, in reading order. */
export function readTopUp(fields: TopUpFields, rules: TopUpRules): Result<TopUp, Blocker> {
  const { member } = fields;
  if (member === null) {
    return err({ kind: fields.memberText.trim() === '' ? 'no-member' : 'not-looked-up' });
  }
  if (member.status !== 'active') return err({ kind: 'member-closed', status: member.status });
  const balance = readAmount(fields.amountText, rules.amount);
  if (!balance.ok) return err({ kind: 'amount', problem: balance.error });
  const point = readAmount(fields.pointsText, rules.points);
  if (!point.ok) return err({ kind: 'points', problem: point.error });
  const note = fields.noteText.trim();
  if (note.length > MAX_NOTE_LENGTH) return err({ kind: 'note-too-long' });
  if (isZeroAmount(balance.value) && isZeroAmount(point.value)) return err({ kind: 'nothing-to-add' });
  return ok({
    customerUid: member.customerUid,
    customerNumber: member.number,
    customerName: member.name,
    balanceIncrement: balance.value,
    pointIncrement: point.value,
    note,
  });
}

/** Whether KYBIO told what the member holds, and nothing of this till's is in doubt since. */
export const areSumsKnown = ({ source, checking, review }: MemberCard): boolean =>
  source === 'kybio' && checking.entries + review.entries === 0;

/** What the member will hold once all that this till knows of has arrived. */
export const sumsAfter = (member: MemberCard, topUp: TopUp) => ({
  balance: addAmounts(member.balance, member.waiting.balance, topUp.balanceIncrement),
  point: addAmounts(member.point, member.waiting.point, topUp.pointIncrement),
});

/** One wish and the id under which it was, or will be, asked for. */
export interface TopUpRequest {
  readonly requestId: string;
  readonly topUp: TopUp;
}

const same = (left: TopUp, right: TopUp) =>
  left.customerUid === right.customerUid &&
  left.customerNumber === right.customerNumber &&
  left.customerName === right.customerName &&
  left.balanceIncrement === right.balanceIncrement &&
  left.pointIncrement === right.pointIncrement &&
  left.note === right.note;

/**
 * The request to make for a wish. A wish that failed and is confirmed again unchanged keeps its id:
 * the first one may have been committed although its answer never came, and then the outbox answers
 * with that same row. A changed wish is another one; under the old id it would be answered with an
 * entry of other amounts.
 */
export const requestFor = (
  unanswered: TopUpRequest | null,
  topUp: TopUp,
  newId: () => string,
): TopUpRequest =>
  unanswered !== null && same(unanswered.topUp, topUp) ? unanswered : { requestId: newId(), topUp };
