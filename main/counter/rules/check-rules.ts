import {
  type Amount,
  type AppError,
  addAmounts,
  amount,
  appError,
  type BonusRule,
  compareAmounts,
  decimalsOf,
  type PointsRule,
  type ShopRules,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { folded, type Places } from './decide.ts';
import { shareOf } from './share.ts';

/** An entry's limits: a rule that exceeds them would only refuse top-ups. */
export interface Bounds extends Places {
  readonly balanceCap: Amount;
  readonly pointCap: Amount;
  readonly pointDecimals: number;
}

export const ruleProblems = [
  'name-missing',
  'name-twice',
  'reason-missing',
  'reason-twice',
  'sum-not-positive',
  'too-many-decimals',
  'tiers-not-rising',
  'tiers-fall',
  'percent-too-large',
  'bonus-too-large',
  'above-limit',
  'gives-above-cap',
  'day-invalid',
  'days-reversed',
  'points-too-many',
] as const;
export type RuleProblem = (typeof ruleProblems)[number];

/** A bonus of more than so many times the principal is a typing error. */
const MOST_TIMES = 10;

const hundred = amount('100');

const isPositive = (value: Amount): boolean => compareAmounts(value, zeroAmount) > 0;
const hasAtMost = (value: Amount, decimals: number): boolean => decimalsOf(value) <= decimals;
const isAbove = (value: Amount, most: Amount): boolean => compareAmounts(value, most) > 0;

function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function daysProblem({ fromDay, toDay }: Pick<BonusRule, 'fromDay' | 'toDay'>): RuleProblem | null {
  if ([fromDay, toDay].some((day) => day !== null && !isDay(day))) return 'day-invalid';
  return fromDay !== null && toDay !== null && toDay < fromDay ? 'days-reversed' : null;
}

type Tier = BonusRule['tiers'][number];

function tierProblem({ kind, cap }: BonusRule, { from, gives }: Tier, bounds: Bounds): RuleProblem | null {
  if (!isPositive(gives) || compareAmounts(from, zeroAmount) < 0) return 'sum-not-positive';
  if (!hasAtMost(from, bounds.balanceDecimals)) return 'too-many-decimals';
  switch (kind) {
    case 'percent':
      if (!hasAtMost(gives, 2)) return 'too-many-decimals';
      return isAbove(gives, hundred) ? 'percent-too-large' : null;
    case 'fixed':
      if (!hasAtMost(gives, bounds.balanceDecimals)) return 'too-many-decimals';
      if (isAbove(gives, addAmounts(...Array.from({ length: MOST_TIMES }, () => from))))
        return 'bonus-too-large';
      if (cap !== null && isAbove(gives, cap)) return 'gives-above-cap';
      return isAbove(addAmounts(from, gives), bounds.balanceCap) ? 'above-limit' : null;
  }
}

function bonusProblem(rule: BonusRule, bounds: Bounds): RuleProblem | null {
  const { cap, tiers } = rule;
  if (cap !== null && !isPositive(cap)) return 'sum-not-positive';
  if (cap !== null && !hasAtMost(cap, bounds.balanceDecimals)) return 'too-many-decimals';
  for (const [index, tier] of tiers.entries()) {
    const problem = tierProblem(rule, tier, bounds);
    if (problem !== null) return problem;
    const before = tiers[index - 1];
    if (before === undefined) continue;
    if (compareAmounts(tier.from, before.from) <= 0) return 'tiers-not-rising';
    if (compareAmounts(tier.gives, before.gives) < 0) return 'tiers-fall';
  }
  return daysProblem(rule);
}

function pointsProblem(rule: PointsRule, bounds: Bounds): RuleProblem | null {
  const { points, every } = rule;
  if (!isPositive(points) || !isPositive(every)) return 'sum-not-positive';
  if (!hasAtMost(points, bounds.pointDecimals) || !hasAtMost(every, bounds.balanceDecimals))
    return 'too-many-decimals';
  const most = shareOf(bounds.balanceCap, points, every, 0).value;
  return isAbove(most, bounds.pointCap) ? 'points-too-many' : daysProblem(rule);
}

const refused = (problem: RuleProblem, rule: string): AppError =>
  appError('rules-invalid', { reason: problem, rule });

function namesProblem(names: readonly string[], missing: RuleProblem, twice: RuleProblem): AppError | null {
  const seen = new Set<string>();
  for (const name of names) {
    if (name.trim() === '') return refused(missing, '');
    if (seen.has(folded(name))) return refused(twice, name);
    seen.add(folded(name));
  }
  return null;
}

/** The first problem that keeps rules from being saved, with its rule; null if none. */
export function checkRules({ bonus, points, reasons }: ShopRules, bounds: Bounds): AppError | null {
  const named = namesProblem(
    [...bonus, ...points].map(({ name }) => name),
    'name-missing',
    'name-twice',
  );
  if (named !== null) return named;
  for (const rule of bonus) {
    const problem = bonusProblem(rule, bounds);
    if (problem !== null) return refused(problem, rule.name);
  }
  for (const rule of points) {
    const problem = pointsProblem(rule, bounds);
    if (problem !== null) return refused(problem, rule.name);
  }
  return namesProblem(reasons, 'reason-missing', 'reason-twice');
}

/** As stored: names trimmed. */
export const trimmedRules = ({ bonus, points, reasons }: ShopRules): ShopRules => {
  const named = <R extends BonusRule | PointsRule>(rule: R): R => {
    const category = rule.category?.trim() ?? '';
    return { ...rule, name: rule.name.trim(), category: category === '' ? null : category };
  };
  return { bonus: bonus.map(named), points: points.map(named), reasons: reasons.map((one) => one.trim()) };
};
