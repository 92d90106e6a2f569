import {
  type Amount,
  addAmounts,
  amount,
  type BonusRule,
  compareAmounts,
  isZeroAmount,
  type PointsRule,
  type RuleBook,
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

const holds = ({ category, fromDay, toDay }: Held, asked: TopUpQuery): boolean =>
  (fromDay === null || asked.day >= fromDay) &&
  (toDay === null || asked.day <= toDay) &&
  (category === null || sameWords(category, asked.category));

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

/** What a rule gives this top-up; null for nothing. */
function bonusOf(rule: BonusRule, asked: TopUpQuery, places: Places): Share | null {
  const isHad = rule.oncePerDay && asked.hadToday.has(rule.id);
  return isHad || !holds(rule, asked) ? null : bonusOn(rule, asked.principal, places);
}

function pointsOf(rule: PointsRule, asked: TopUpQuery): Share | null {
  const counted = rule.per === 'top-up' ? asked.principal : asked.purchase;
  if (isZeroAmount(counted) || !holds(rule, asked)) return null;
  return shareOf(counted, rule.points, rule.every, POINT_PLACES);
}

/** The rule that gives most, the first of equal ones; null where none gives anything. */
function bestOf<R>(rules: readonly R[], give: (rule: R) => Share | null) {
  let best: { readonly rule: R; readonly share: Share } | null = null;
  for (const rule of rules) {
    const share = give(rule);
    if (share !== null && (best === null || compareAmounts(share.value, best.share.value) > 0))
      best = { rule, share };
  }
  return best;
}

/**
 * What a top-up gets by a rule book: the best bonus, and the best points for the principal plus the best for the
 * purchase. Rounded down, to the currency's decimals and to whole points.
 */
export function decide(book: RuleBook, asked: TopUpQuery, places: Places): Tried {
  const bonus = bestOf(book.bonus, (rule) => bonusOf(rule, asked, places));
  const ofKind = (per: PointsRule['per']) =>
    bestOf(
      book.points.filter((rule) => rule.per === per),
      (rule) => pointsOf(rule, asked),
    );
  const shares = [ofKind('top-up'), ofKind('purchase')].flatMap((best) => best?.share ?? []);
  return {
    version: book.version,
    bonus: bonus?.share.value ?? zeroAmount,
    rule: bonus?.rule.name ?? null,
    ruleId: bonus?.rule.id ?? null,
    points: shares.length === 0 ? null : addAmounts(...shares.map(({ value }) => value)),
    isRounded: [...shares, ...(bonus === null ? [] : [bonus.share])].some(({ isRounded }) => isRounded),
  };
}
