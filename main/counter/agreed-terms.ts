import {
  type Amount,
  type AppError,
  addAmounts,
  amountSchema,
  appError,
  compareAmounts,
  type EntryTerms,
  err,
  isZeroAmount,
  ok,
  type Result,
  subtractAmounts,
  type TypedEntry,
  typedTerms,
  zeroAmount,
} from '../../preload/contract/index.ts';
import { noTerms } from '../ledger/tables/index.ts';
import type { KnownMember } from '../members/index.ts';
import type { RuleService } from './rules/rule-service.ts';

type TypedTerm = keyof typeof typedTerms;

/** The request's amounts, and the terms as the page showed them. */
type WithRules = Pick<TypedEntry, 'balanceIncrement' | 'pointIncrement' | TypedTerm>;

const typedNames = Object.keys(typedTerms) as TypedTerm[];

/** The request's terms; absent ones are null. */
const typedOf = (request: WithRules) =>
  Object.fromEntries(typedNames.map((name) => [name, request[name] ?? null])) as Pick<EntryTerms, TypedTerm>;

export const bonusOf = ({ bonus }: Pick<WithRules, 'bonus'>): Amount => bonus ?? zeroAmount;

/** What the member pays: the increment less its bonus. */
export const principalOf = (request: Pick<WithRules, 'balanceIncrement' | 'bonus'>): Amount =>
  subtractAmounts(request.balanceIncrement, bonusOf(request));

const isNegative = (value: Amount): boolean => compareAmounts(value, zeroAmount) < 0;
const orNull = (value: Amount): Amount | null => (isZeroAmount(value) ? null : value);

/** The terms by the current rules. Error: given-changed, if they are not what the cashier saw. */
export function agreedTerms(
  rules: Pick<RuleService, 'book' | 'gets'>,
  request: WithRules,
  { customerUid, categoryName: category }: KnownMember,
): Result<EntryTerms, AppError> {
  const principal = principalOf(request);
  const purchase = request.purchase ?? zeroAmount;
  if ([principal, purchase, bonusOf(request)].some(isNegative)) return err(appError('invalid-request'));
  const book = rules.book();
  const gets = rules.gets({ customerUid, category, principal, purchase });
  const isAsSeen =
    gets.version === (request.rulesVersion ?? 0) &&
    compareAmounts(gets.bonus, bonusOf(request)) === 0 &&
    (gets.points === null || compareAmounts(gets.points, request.pointIncrement) === 0);
  const reason = request.reason ?? null;
  const isReason = reason === null || book.reasons.includes(reason);
  const isPurchase = isZeroAmount(purchase) || book.points.some(({ per }) => per === 'purchase');
  if (!isAsSeen || !isReason || !isPurchase) return err(appError('given-changed'));
  // Only awards have a reason.
  if (reason !== null && !isZeroAmount(principal)) return err(appError('invalid-request'));
  return ok({
    ...noTerms,
    ...typedOf(request),
    bonus: orNull(gets.bonus),
    purchase: orNull(purchase),
    rulesVersion: gets.version === 0 ? null : gets.version,
    rule: gets.rule,
    ruleId: gets.ruleId,
  });
}

/** Normalizes sums; zero equals absent. */
function canonical(name: TypedTerm, value: EntryTerms[TypedTerm] | undefined): string | number | null {
  const isSum = (typedTerms[name].unwrap() as unknown) === amountSchema;
  if (isSum) return orNull(addAmounts((value ?? zeroAmount) as Amount));
  return value || null;
}

/** Whether a repeated request has the terms of its entry. */
export const sameTerms = (known: EntryTerms, request: WithRules): boolean =>
  typedNames.every((name) => canonical(name, known[name]) === canonical(name, request[name]));
