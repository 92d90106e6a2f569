import {
  addAmounts,
  compareAmounts,
  currencyDecimals,
  err,
  isZeroAmount,
  ok,
  padAmount,
  separators,
  subtractAmounts,
  zeroAmount,
} from '../../../preload/contract/app/values.ts';
import type {
  Amount,
  AmountProblem,
  AmountRules,
  Entry,
  Gets,
  MemberCard,
  MemberStatus,
  Result,
  Till,
  Topics,
  TypedEntry,
} from '../../../preload/contract/index.ts';
import { plain } from '../../kit/format.ts';
import { givenRules, type Paid, paidBy, paidFor, type UnpaidBlocker } from './paid.ts';

/** The typed fields besides the member, empty. `reason` is the award's. */
export const nothingTyped = {
  amountText: '',
  pointsText: '',
  noteText: '',
  purchaseText: '',
  reason: '',
  tender: '',
  givenText: '',
} as const;
export type Typed = Readonly<Record<keyof typeof nothingTyped, string>>;

export const typedOf = (fields: Typed): Typed =>
  Object.fromEntries(typedNames.map((name) => [name, fields[name]])) as Typed;
const typedNames = Object.keys(nothingTyped) as (keyof Typed)[];

export interface TopUpFields extends Typed {
  readonly memberText: string;
  readonly member: MemberCard | null;
  readonly shop: ShopAsks;
  /** Main's last answer on what a top-up gets. */
  readonly seen: SeenGets | null;
}

export type ShopAsks = Pick<Topics['rules'], 'version' | 'givesAnything' | 'asksPurchase'>;

export const noRules: ShopAsks = { version: 0, givesAnything: false, asksPurchase: false };

/** A query to main, which alone applies the rules. */
export interface AskedGets {
  readonly customerUid: string;
  readonly principal: Amount;
  readonly purchase: Amount;
  readonly version: number;
}

export interface SeenGets {
  readonly asked: AskedGets;
  readonly gets: Gets;
}

/** The requested entry; with bonus, rules and purchase as main returned them. */
export type TopUp = Omit<TypedEntry, 'requestId' | 'again' | 'insteadOf' | 'approval'> & Paid;

/** Why the form cannot be confirmed yet; in words: `blockers.<kind>`. */
export type Blocker =
  | { readonly kind: 'no-member' }
  | { readonly kind: 'not-looked-up' }
  | { readonly kind: 'member-closed'; readonly status: Exclude<MemberStatus, 'active'> }
  | { readonly kind: 'amount'; readonly problem: AmountProblem }
  | { readonly kind: 'points'; readonly problem: AmountProblem }
  | { readonly kind: 'purchase' }
  /** Waits for main's answer on the rules. */
  | { readonly kind: 'reckoning' }
  | { readonly kind: 'note-too-long' }
  | UnpaidBlocker
  | { readonly kind: 'nothing-to-add' };

export interface TopUpRules {
  readonly amount: AmountRules;
  readonly points: AmountRules;
  /** For cash handed over. */
  readonly given: AmountRules;
  /** Tenders on offer. */
  readonly tenders: readonly string[];
}

/** The form's sums as parsed; an empty field is zero. */
export type TypedSums = Readonly<
  Record<'amount' | 'points' | 'purchase' | 'given', Result<Amount, AmountProblem>>
>;

const nothing: AmountRules = { decimals: 0, cap: zeroAmount, groupSeparator: '', decimalSeparator: '.' };

/** Before there is a till. */
export const noTill: TopUpRules = { amount: nothing, points: nothing, given: nothing, tenders: [] };

/** The contract's limit. */
export const MAX_NOTE_LENGTH = 200;

export function rulesOf(till: Till): TopUpRules {
  const signs = separators(till.language);
  const amount = { ...signs, decimals: currencyDecimals(till.currency), cap: till.balanceCap };
  return {
    amount,
    points: { ...signs, decimals: till.pointDecimals, cap: till.pointCap },
    given: givenRules(amount),
    tenders: till.tenders,
  };
}

/** The query for the rules; null if they give nothing, or the sums are invalid. */
export function askedOf(fields: TopUpFields, sums: TypedSums): AskedGets | null {
  const { member, shop } = fields;
  if (member === null || !shop.givesAnything) return null;
  const { amount: principal, purchase } = sums;
  if (!principal.ok || !purchase.ok) return null;
  if (isZeroAmount(principal.value) && isZeroAmount(purchase.value)) return null;
  return {
    customerUid: member.customerUid,
    principal: principal.value,
    purchase: purchase.value,
    version: shop.version,
  };
}

const isSameAsked = (one: AskedGets, other: AskedGets): boolean =>
  one.customerUid === other.customerUid &&
  one.version === other.version &&
  compareAmounts(one.principal, other.principal) === 0 &&
  compareAmounts(one.purchase, other.purchase) === 0;

/** What this form gets; `asking` until main has answered. */
export function getsOf({ seen }: TopUpFields, asked: AskedGets | null): Gets | 'asking' | null {
  if (asked === null) return null;
  const isSaid = seen !== null && isSameAsked(seen.asked, asked) && seen.gets.version === asked.version;
  return isSaid ? seen.gets : 'asking';
}

/** Points by rule replace typed ones. */
export function pointsByRule({ seen }: TopUpFields, gets: Gets | 'asking' | null): Amount | null {
  // As before until main answers, so that the field does not flicker.
  return gets === 'asking' ? (seen?.gets.points ?? null) : (gets?.points ?? null);
}

/** What the member pays: the increment less its bonus. */
export const principalOf = ({ balanceIncrement, bonus }: Pick<TopUp, 'balanceIncrement' | 'bonus'>): Amount =>
  subtractAmounts(balanceIncrement, bonus ?? zeroAmount);

/** The terms by the shop's rules. */
function ruleTerms(fields: TopUpFields, bonus: Amount, purchase: Amount, isAward: boolean): Partial<TopUp> {
  const { shop, reason } = fields;
  if (shop.version === 0) return {};
  return { bonus, rulesVersion: shop.version, purchase, ...(isAward && reason !== '' ? { reason } : {}) };
}

/** The entry, or the first obstacle in reading order. */
export function readTopUp(
  fields: TopUpFields,
  sums: TypedSums,
  gets: Gets | 'asking' | null,
  tenders: readonly string[],
): Result<TopUp, Blocker> {
  const { member } = fields;
  const { amount: balance, purchase } = sums;
  if (member === null) {
    return err({ kind: fields.memberText.trim() === '' ? 'no-member' : 'not-looked-up' });
  }
  if (member.status !== 'active') return err({ kind: 'member-closed', status: member.status });
  if (!balance.ok) return err({ kind: 'amount', problem: balance.error });
  if (!purchase.ok) return err({ kind: 'purchase' });
  if (gets === 'asking') return err({ kind: 'reckoning' });
  const point = gets === null || gets.points === null ? sums.points : ok(gets.points);
  if (!point.ok) return err({ kind: 'points', problem: point.error });
  const note = fields.noteText.trim();
  if (note.length > MAX_NOTE_LENGTH) return err({ kind: 'note-too-long' });
  if (isZeroAmount(balance.value) && isZeroAmount(point.value)) return err({ kind: 'nothing-to-add' });
  const bonus = gets?.bonus ?? zeroAmount;
  const paid = paidBy(fields.tender, sums.given, balance.value, tenders);
  if (!paid.ok) return paid;
  return ok({
    customerUid: member.customerUid,
    customerNumber: member.number,
    customerName: member.name,
    balanceIncrement: isZeroAmount(bonus) ? balance.value : addAmounts(balance.value, bonus),
    pointIncrement: point.value,
    note,
    ...ruleTerms(fields, bonus, purchase.value, isZeroAmount(balance.value)),
    ...paid.value,
  });
}

/** A reversal is made from its entry, never typed. */
export const canBeTyped = ({ kind }: Pick<Entry, 'kind'>): boolean => kind !== 'reversal';

/** Once. */
export const canBeEnteredAgain = (entry: Pick<Entry, 'kind' | 'state' | 'enteredAgain'>): boolean =>
  entry.state === 'rejected' && canBeTyped(entry) && entry.enteredAgain === null;

/** A refused entry as typed text, the inverse of `readTopUp`, without the cash handed over. */
export function typedAgain(entry: Entry, { currency, language }: Pick<Till, 'currency' | 'language'>): Typed {
  const written = (value: Amount, decimals: number) =>
    isZeroAmount(value) ? '' : plain(padAmount(value, decimals), language);
  const decimals = currencyDecimals(currency);
  const { terms } = entry;
  return {
    amountText: written(paidFor(entry), decimals),
    pointsText: written(entry.pointIncrement, 0),
    noteText: entry.note,
    purchaseText: written(terms.purchase ?? zeroAmount, decimals),
    reason: terms.reason ?? '',
    tender: terms.tender ?? '',
    givenText: '',
  };
}

/** The member's sums once everything known has arrived; null if unknown: no fresh reading, or an undecided entry. */
export function sumsAfter(member: MemberCard, topUp: TopUp): { balance: Amount; point: Amount } | null {
  const { balance, point, source, checking, review, waiting } = member;
  if (source !== 'kybio' || checking.entries + review.entries > 0) return null;
  return {
    balance: addAmounts(balance, waiting.balance, topUp.balanceIncrement),
    point: addAmounts(point, waiting.point, topUp.pointIncrement),
  };
}

/** A request and its id. */
export interface TopUpRequest {
  readonly requestId: string;
  readonly topUp: TopUp;
}

const same = (left: TopUp, right: TopUp) =>
  (Object.keys({ ...left, ...right }) as (keyof TopUp)[]).every((name) => left[name] === right[name]);

/**
 * The request for an entry. Confirmed again unchanged after a failure, it keeps its id: it may have been committed
 * without an answer, and is then returned. A changed one gets a new id, or it would return the other entry.
 */
export const requestFor = (
  unanswered: TopUpRequest | null,
  topUp: TopUp,
  newId: () => string,
): TopUpRequest =>
  unanswered !== null && same(unanswered.topUp, topUp) ? unanswered : { requestId: newId(), topUp };
