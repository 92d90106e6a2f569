import type { RuleBook } from '../../preload/contract/index.ts';

/** The rules that hold on one of these days and not on the other, because a day of theirs lies between. */
export function rulesBetween(book: RuleBook, one: string, other: string): readonly string[] {
  const isIn = ({ fromDay, toDay }: { fromDay: string | null; toDay: string | null }, day: string): boolean =>
    (fromDay === null || day >= fromDay) && (toDay === null || day <= toDay);
  return [...book.bonus, ...book.points]
    .filter((rule) => isIn(rule, one) !== isIn(rule, other))
    .map(({ name }) => name);
}

export const hasDays = ({ bonus, points }: RuleBook): boolean =>
  [...bonus, ...points].some(({ fromDay, toDay }) => fromDay !== null || toDay !== null);
