import {
  type Amount,
  type AppError,
  appError,
  compareAmounts,
  type EntryTerms,
  err,
  isZeroAmount,
  ok,
  type Result,
  subtractAmounts,
  zeroAmount,
} from '../../preload/contract/index.ts';
import { noTerms } from '../ledger/tables/index.ts';
import type { KnownMember } from '../members/index.ts';
import type { RuleService } from './rules/rule-service.ts';
import type { Tendered } from './tender.ts';

/** What the page asks for, and what it showed of the rules. */
export interface WithRules extends Tendered {
  readonly balanceIncrement: Amount;
  readonly pointIncrement: Amount;
  readonly bonus?: Amount | undefined;
  readonly rulesVersion?: number | undefined;
  readonly purchase?: Amount | undefined;
  readonly reason?: string | undefined;
}

export const bonusOf = ({ bonus }: Pick<WithRules, 'bonus'>): Amount => bonus ?? zeroAmount;

/** What was paid: the rest of the increment is bonus. */
export const principalOf = (request: Pick<WithRules, 'balanceIncrement' | 'bonus'>): Amount =>
  subtractAmounts(request.balanceIncrement, bonusOf(request));

const isNegative = (value: Amount): boolean => compareAmounts(value, zeroAmount) < 0;
const orNull = (value: Amount): Amount | null => (isZeroAmount(value) ? null : value);

/**
 * What is agreed with the member by the rules as they are now. Error: given-changed, where that is not what the cashier saw;
 * nobody is credited with what nobody read.
 */
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
  const isReason = request.reason === undefined || book.reasons.includes(request.reason);
  const isPurchase = isZeroAmount(purchase) || book.points.some(({ per }) => per === 'purchase');
  if (!isAsSeen || !isReason || !isPurchase) return err(appError('given-changed'));
  // Of a top-up nobody asks why it is given.
  if (request.reason !== undefined && !isZeroAmount(principal)) return err(appError('invalid-request'));
  return ok({
    ...noTerms,
    tender: request.tender ?? null,
    given: request.given ?? null,
    bonus: orNull(gets.bonus),
    purchase: orNull(purchase),
    reason: request.reason ?? null,
    rulesVersion: gets.version === 0 ? null : gets.version,
    rule: gets.rule,
    ruleId: gets.ruleId,
  });
}

/** Whether a request that comes again says the same of bonus, purchase, reason and tender as the entry that it made. */
export const sameTerms = (known: EntryTerms, request: WithRules): boolean =>
  compareAmounts(known.bonus ?? zeroAmount, bonusOf(request)) === 0 &&
  compareAmounts(known.purchase ?? zeroAmount, request.purchase ?? zeroAmount) === 0 &&
  known.reason === (request.reason ?? null) &&
  known.tender === (request.tender ?? null) &&
  isSameOrNone(known.given, request.given ?? null);

const isSameOrNone = (one: Amount | null, other: Amount | null): boolean =>
  one === null || other === null ? one === other : compareAmounts(one, other) === 0;
