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
import { givenRules, type Paid, paidBy, type UnpaidBlocker } from './paid.ts';

/** What is typed beside the member, each as it is where nothing is. `reason` is why points are awarded. */
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

/** What is on the form. */
export interface TopUpFields extends Typed {
  readonly memberText: string;
  readonly member: MemberCard | null;
  /** What the shop's rules ask of the form. */
  readonly shop: ShopAsks;
  /** What main said last that a top-up gets. */
  readonly seen: SeenGets | null;
}

export type ShopAsks = Pick<Topics['rules'], 'version' | 'givesAnything' | 'asksPurchase'>;

export const noRules: ShopAsks = { version: 0, givesAnything: false, asksPurchase: false };

/** A top-up that main is asked about: what it gets is never reckoned here. */
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

/** What the form asks for, exact; with bonus, rules and purchase where the shop has rules, as main said them. */
export type TopUp = Omit<TypedEntry, 'requestId' | 'again' | 'approval'> & Paid;

/** Why the form cannot be confirmed yet; `blockers.<kind>` in the locale files. */
export type Blocker =
  | { readonly kind: 'no-member' }
  | { readonly kind: 'not-looked-up' }
  | { readonly kind: 'member-closed'; readonly status: Exclude<MemberStatus, 'active'> }
  | { readonly kind: 'amount'; readonly problem: AmountProblem }
  | { readonly kind: 'points'; readonly problem: AmountProblem }
  | { readonly kind: 'purchase' }
  /** Main has not said yet what it gets. */
  | { readonly kind: 'reckoning' }
  | { readonly kind: 'note-too-long' }
  | UnpaidBlocker
  | { readonly kind: 'nothing-to-add' };

export interface TopUpRules {
  readonly amount: AmountRules;
  readonly points: AmountRules;
  /** What may be handed over. */
  readonly given: AmountRules;
  /** How members may pay. */
  readonly tenders: readonly string[];
}

/** The sums of the form, each as it was read where it is typed; an empty field is nought. */
export type TypedSums = Readonly<
  Record<'amount' | 'points' | 'purchase' | 'given', Result<Amount, AmountProblem>>
>;

const nothing: AmountRules = { decimals: 0, cap: zeroAmount, groupSeparator: '', decimalSeparator: '.' };

/** Before there is a till nothing may be typed. */
export const noTill: TopUpRules = { amount: nothing, points: nothing, given: nothing, tenders: [] };

/** The contract's bound on a note. */
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

/** What the rules have to be asked about; null where they give nothing to it, or it cannot be read. */
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

/** What this form gets: nothing where nothing is to be asked, `asking` until main has said it. */
export function getsOf({ seen }: TopUpFields, asked: AskedGets | null): Gets | 'asking' | null {
  if (asked === null) return null;
  const isSaid = seen !== null && isSameAsked(seen.asked, asked) && seen.gets.version === asked.version;
  return isSaid ? seen.gets : 'asking';
}

/** Points that a rule gives stand in the place of what is typed. */
export function pointsByRule({ seen }: TopUpFields, gets: Gets | 'asking' | null): Amount | null {
  // For the moment until main has said it, as it was before: the field does not come and go.
  return gets === 'asking' ? (seen?.gets.points ?? null) : (gets?.points ?? null);
}

/** What was paid: the rest of it is bonus. */
export const principalOf = ({ balanceIncrement, bonus }: Pick<TopUp, 'balanceIncrement' | 'bonus'>): Amount =>
  subtractAmounts(balanceIncrement, bonus ?? zeroAmount);

/** What is said of the rules with a top-up, where the shop has some. */
function saidOfRules(fields: TopUpFields, bonus: Amount, purchase: Amount, isAward: boolean): Partial<TopUp> {
  const { shop, reason } = fields;
  if (shop.version === 0) return {};
  return { bonus, rulesVersion: shop.version, purchase, ...(isAward && reason !== '' ? { reason } : {}) };
}

/** The form as an exact wish, or the first thing that is in its way, in reading order. */
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
    ...saidOfRules(fields, bonus, purchase.value, isZeroAmount(balance.value)),
    ...paid.value,
  });
}

/** A refused entry as it is typed: the way back of `readTopUp`. What was handed over is asked for anew. */
export function typedAgain(
  { terms, ...entry }: Entry,
  { currency, language }: Pick<Till, 'currency' | 'language'>,
): Typed {
  const written = (value: Amount, decimals: number) =>
    isZeroAmount(value) ? '' : plain(padAmount(value, decimals), language);
  const decimals = currencyDecimals(currency);
  return {
    amountText: written(subtractAmounts(entry.balanceIncrement, terms.bonus ?? zeroAmount), decimals),
    pointsText: written(entry.pointIncrement, 0),
    noteText: entry.note,
    purchaseText: written(terms.purchase ?? zeroAmount, decimals),
    reason: terms.reason ?? '',
    tender: terms.tender ?? '',
    givenText: '',
  };
}

/**
 * What the member will hold once all that this till knows of has arrived. Null where that is not known: KYBIO has not just
 * told what the member holds, or something of this till's is in doubt since.
 */
export function sumsAfter(member: MemberCard, topUp: TopUp): EntrySumsAfter | null {
  const { balance, point, source, checking, review, waiting } = member;
  if (source !== 'kybio' || checking.entries + review.entries > 0) return null;
  if (balance === null || point === null) return null;
  return {
    balance: addAmounts(balance, waiting.balance, topUp.balanceIncrement),
    point: addAmounts(point, waiting.point, topUp.pointIncrement),
  };
}

interface EntrySumsAfter {
  readonly balance: Amount;
  readonly point: Amount;
}

/** One wish and the id under which it was, or will be, asked for. */
export interface TopUpRequest {
  readonly requestId: string;
  readonly topUp: TopUp;
}

const same = (left: TopUp, right: TopUp) =>
  (Object.keys({ ...left, ...right }) as (keyof TopUp)[]).every((name) => left[name] === right[name]);

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
