import type { BonusRule, EntryTerms, RuleBook, ShopRules } from '../../../preload/contract/index.ts';

/** Keeps each known id once; all other rules get new ids. */
export function withIds(rules: ShopRules, known: ShopRules, newId: () => string): ShopRules {
  const left = new Set([...known.bonus, ...known.points].map(({ id }) => id));
  const withId = <R extends { readonly id: string }>(rule: R): R => ({
    ...rule,
    id: left.delete(rule.id) ? rule.id : newId(),
  });
  return { ...rules, bonus: rules.bonus.map(withId), points: rules.points.map(withId) };
}

/** The rule that gave an entry its bonus, as it was then; null if none, or its version is lost. */
export function bonusRuleOf(
  terms: Pick<EntryTerms, 'ruleId' | 'rulesVersion'>,
  version: (version: number) => RuleBook | null,
): BonusRule | null {
  const book = terms.rulesVersion === null ? null : version(terms.rulesVersion);
  return book?.bonus.find(({ id }) => id === terms.ruleId) ?? null;
}
