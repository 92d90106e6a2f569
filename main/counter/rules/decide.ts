import {
  type Amount,
  addAmounts,
  amount,
  type BonusRule,
  compareAmounts,
  isZeroAmount,
  type PointsRule,
  type RuleBook,
  type RuleLook,
  type Tried,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { type Share, shareOf } from './share.ts';

/** The top-up that is asked about. */
export interface Asked {
  readonly principal: Amount;
  readonly purchase: Amount;
  /** The member's, as the host names it. */
  readonly category: string;
  /** The store's day. */
  readonly day: string;
  /** Rules whose bonus this member had on that day, by their ids. */
  readonly hadToday: ReadonlySet<string>;
}

export interface Places {
  /** The last place of the currency. */
  readonly balanceDecimals: number;
}

/** Points that are reckoned are whole. */
const POINT_PLACES = 0;

const hundred = amount('100');

/** As people write it: a host may set spaces and capitals otherwise. */
export const sameWords = (one: string, other: string): boolean => folded(one) === folded(other);
export const folded = (words: string): string => words.normalize('NFKC').trim().toLowerCase();

type Held = Pick<BonusRule, 'category' | 'fromDay' | 'toDay'>;

/** Why a rule does not hold for this member on this day; null where it does. */
function whyNot(
  { category, fromDay, toDay }: Held,
  asked: Asked,
): 'not-yet' | 'over' | 'other-category' | null {
  if (fromDay !== null && asked.day < fromDay) return 'not-yet';
  if (toDay !== null && asked.day > toDay) return 'over';
  return category === null || sameWords(category, asked.category) ? null : 'other-category';
}

type Looked = { readonly why: RuleLook['why']; readonly share: Share | null };

const nothing = (why: RuleLook['why']): Looked => ({ why, share: null });

function giftOf(kind: BonusRule['kind'], gives: Amount, principal: Amount, decimals: number): Share {
  switch (kind) {
    case 'fixed':
      return { value: gives, isRounded: false };
    case 'percent':
      return shareOf(principal, gives, hundred, decimals);
  }
}

/** What a rule gives with so much paid, to whom and whenever it holds; null where that is nothing. */
export function bonusOn(rule: BonusRule, principal: Amount, { balanceDecimals }: Places): Share | null {
  const tier = tierFor(rule, principal);
  if (tier === undefined) return null;
  const whole = giftOf(rule.kind, tier.gives, principal, balanceDecimals);
  const { cap } = rule;
  const share =
    cap !== null && compareAmounts(whole.value, cap) >= 0 ? { value: cap, isRounded: false } : whole;
  return isZeroAmount(share.value) ? null : share;
}

/** The highest tier that is reached. */
export const tierFor = ({ tiers }: BonusRule, principal: Amount): BonusRule['tiers'][number] | undefined =>
  isZeroAmount(principal) ? undefined : tiers.findLast(({ from }) => compareAmounts(from, principal) <= 0);

function lookAtBonus(rule: BonusRule, asked: Asked, places: Places): Looked {
  const not = whyNot(rule, asked);
  if (not !== null) return nothing(not);
  const share = bonusOn(rule, asked.principal, places);
  if (share === null) return nothing('below');
  // What it would have given is told: the cashier is asked for it.
  return { why: rule.oncePerDay && asked.hadToday.has(rule.id) ? 'had-today' : 'given', share };
}

function lookAtPoints(rule: PointsRule, asked: Asked): Looked {
  const not = whyNot(rule, asked);
  if (not !== null) return nothing(not);
  const counted = rule.per === 'top-up' ? asked.principal : asked.purchase;
  if (isZeroAmount(counted)) return nothing('below');
  return { why: 'given', share: shareOf(counted, rule.points, rule.every, POINT_PLACES) };
}

interface Best {
  readonly looks: RuleLook[];
  readonly rule: { readonly id: string; readonly name: string } | null;
  readonly share: Share | null;
}

/** Of several that hold, the one that gives most; of those that give the same, the first. */
function bestOf<R extends { readonly id: string; readonly name: string }>(
  rules: readonly R[],
  look: (rule: R) => Looked,
): Best {
  let best: { readonly rule: R; readonly share: Share } | null = null;
  const looked: RuleLook[] = [];
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
 * What a top-up gets by a book of rules: the best bonus for the member, and the best points for the principal and for the
 * purchase together. Sums are rounded down: to the last place of the currency, and to whole points.
 */
export function decide(book: RuleBook, asked: Asked, places: Places): Tried {
  const bonus = bestOf(book.bonus, (rule) => lookAtBonus(rule, asked, places));
  const ofKind = (per: PointsRule['per']) =>
    bestOf(
      book.points.filter((rule) => rule.per === per),
      (rule) => lookAtPoints(rule, asked),
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
