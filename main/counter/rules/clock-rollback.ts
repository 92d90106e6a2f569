import type { BonusRule, PointsRule, RuleBook } from '../../../preload/contract/index.ts';

/** Rules that differ between these days: one begins or ends in between, or gives once a day. */
export function rulesBetween(book: RuleBook, one: string, other: string): readonly string[] {
  const isIn = ({ fromDay, toDay }: { fromDay: string | null; toDay: string | null }, day: string): boolean =>
    (fromDay === null || day >= fromDay) && (toDay === null || day <= toDay);
  const isAgain = (rule: BonusRule | PointsRule): boolean =>
    one !== other && 'oncePerDay' in rule && rule.oncePerDay;
  return [...book.bonus, ...book.points]
    .filter((rule) => isAgain(rule) || isIn(rule, one) !== isIn(rule, other))
    .map(({ name }) => name);
}

export const givesOnceADay = ({ bonus }: Pick<RuleBook, 'bonus'>): boolean =>
  bonus.some(({ oncePerDay }) => oncePerDay);

export const goesByDays = (book: RuleBook): boolean =>
  givesOnceADay(book) ||
  [...book.bonus, ...book.points].some(({ fromDay, toDay }) => fromDay !== null || toDay !== null);
