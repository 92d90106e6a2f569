import {
  type Amount,
  addAmounts,
  amount,
  type BonusRule,
  compareAmounts,
  isZeroAmount,
  type PointsRule,
  type RuleBook,
  type RuleExplanation,
  type Tried,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { type Share, shareOf } from './share.ts';

/** The top-up in question. */
export interface TopUpQuery {
  readonly principal: Amount;
  readonly purchase: Amount;
  /** The member's category, in the host's words. */
  readonly category: string;
  /** The store's day. */
  readonly day: string;
  /** Ids of rules whose bonus this member had that day. */
  readonly hadToday: ReadonlySet<string>;
}

export interface Places {
  /** The currency's decimals. */
  readonly balanceDecimals: number;
}

/** Calculated points are whole. */
const POINT_PLACES = 0;

const hundred = amount('100');

/** Ignores case, width and outer space. */
const sameWords = (one: string, other: string): boolean => folded(one) === folded(other);
export const folded = (words: string): string => words.normalize('NFKC').trim().toLowerCase();

type Held = Pick<BonusRule, 'category' | 'fromDay' | 'toDay'>;

/** Why a rule does not apply; null if it does. */
function whyNot(
  { category, fromDay, toDay }: Held,
  asked: TopUpQuery,
): 'not-yet' | 'over' | 'other-category' | null {
  if (fromDay !== null && asked.day < fromDay) return 'not-yet';
  if (toDay !== null && asked.day > toDay) return 'over';
  return category === null || sameWords(category, asked.category) ? null : 'other-category';
}

type Explained = { readonly why: RuleExplanation['why']; readonly share: Share | null };

const nothing = (why: RuleExplanation['why']): Explained => ({ why, share: null });

function giftOf(kind: BonusRule['kind'], gives: Amount, principal: Amount, decimals: number): Share {
  switch (kind) {
    case 'fixed':
      return { value: gives, isRounded: false };
    case 'percent':
      return shareOf(principal, gives, hundred, decimals);
  }
}

/** What a rule gives for a principal, whenever it applies; null for nothing. */
export function bonusOn(rule: BonusRule, principal: Amount, { balanceDecimals }: Places): Share | null {
  const tier = tierFor(rule, principal);
  if (tier === undefined) return null;
  const whole = giftOf(rule.kind, tier.gives, principal, balanceDecimals);
  const { cap } = rule;
  const share =
    cap !== null && compareAmounts(whole.value, cap) >= 0 ? { value: cap, isRounded: false } : whole;
  return isZeroAmount(share.value) ? null : share;
}

/** The highest tier reached. */
export const tierFor = ({ tiers }: BonusRule, principal: Amount): BonusRule['tiers'][number] | undefined =>
  isZeroAmount(principal) ? undefined : tiers.findLast(({ from }) => compareAmounts(from, principal) <= 0);

function explainBonus(rule: BonusRule, asked: TopUpQuery, places: Places): Explained {
  const not = whyNot(rule, asked);
  if (not !== null) return nothing(not);
  const share = bonusOn(rule, asked.principal, places);
  if (share === null) return nothing('below');
  // Includes what it would have given: members ask.
  return { why: rule.oncePerDay && asked.hadToday.has(rule.id) ? 'had-today' : 'given', share };
}

function explainPoints(rule: PointsRule, asked: TopUpQuery): Explained {
  const not = whyNot(rule, asked);
  if (not !== null) return nothing(not);
  const counted = rule.per === 'top-up' ? asked.principal : asked.purchase;
  if (isZeroAmount(counted)) return nothing('below');
  return { why: 'given', share: shareOf(counted, rule.points, rule.every, POINT_PLACES) };
}

interface Best {
  readonly looks: RuleExplanation[];
  readonly rule: { readonly id: string; readonly name: string } | null;
  readonly share: Share | null;
}

/** The rule that gives most, the first of equal ones. */
function bestOf<R extends { readonly id: string; readonly name: string }>(
  rules: readonly R[],
  look: (rule: R) => Explained,
): Best {
  let best: { readonly rule: R; readonly share: Share } | null = null;
  const looked: RuleExplanation[] = [];
  for (const rule of rules) {
    const { why, share } = look(rule);
    if (
      why === 'given' &&
      share !== null &&
      (best === null || compareAmounts(share.value, best.share.value) > 0)
    )
      best = { rule, share };
    looked.push({ id: rule.id, name: rule.name, why, gives: share?.value ?? null });
  }
  const { rule, share } = best ?? { rule: null, share: null };
  const looks = looked.map((one) =>
    one.why === 'given' && one.id !== rule?.id ? { ...one, why: 'less' as const } : one,
  );
  return { looks, rule, share };
}

/**
 * What a top-up gets by a rule book: the best bonus, and the best points for the principal plus the best for the
 * purchase. Rounded down, to the currency's decimals and to whole points.
 */
export function decide(book: RuleBook, asked: TopUpQuery, places: Places): Tried {
  const bonus = bestOf(book.bonus, (rule) => explainBonus(rule, asked, places));
  const ofKind = (per: PointsRule['per']) =>
    bestOf(
      book.points.filter((rule) => rule.per === per),
      (rule) => explainPoints(rule, asked),
    );
  const counted = [ofKind('top-up'), ofKind('purchase')];
  const shares = counted.flatMap(({ share }) => share ?? []);
  return {
    version: book.version,
    bonus: bonus.share?.value ?? zeroAmount,
    rule: bonus.rule?.name ?? null,
    ruleId: bonus.rule?.id ?? null,
    points: shares.length === 0 ? null : addAmounts(...shares.map(({ value }) => value)),
    isRounded: [...shares, ...(bonus.share === null ? [] : [bonus.share])].some(({ isRounded }) => isRounded),
    bonusLooks: bonus.looks,
    pointsLooks: counted.flatMap(({ looks }) => looks),
  };
}
