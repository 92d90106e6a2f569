import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  type BonusRule,
  type EntryTerms,
  type RuleBook,
  ruleBookSchema,
  type ShopRules,
} from '../../../preload/contract/index.ts';

const LENGTH = 22;

/** The id of a rule from before rules had ids: derived from its name, so that every backup has the same. */
export const derivedRuleId = (name: string): string =>
  createHash('sha256').update(`counterfoil rule\n${name}`).digest('base64url').slice(0, LENGTH);

const withDerivedId = (rule: unknown): unknown => {
  const named = z.looseObject({ name: z.string() }).safeParse(rule);
  return named.success ? { id: derivedRuleId(named.data.name), ...named.data } : rule;
};

const { bonus, points } = ruleBookSchema.shape;

/** A stored book; adds ids to older books' rules. */
export const storedBookSchema = ruleBookSchema.extend({
  bonus: z.preprocess((rules) => (Array.isArray(rules) ? rules.map(withDerivedId) : rules), bonus),
  points: z.preprocess((rules) => (Array.isArray(rules) ? rules.map(withDerivedId) : rules), points),
});

/** Keeps each known id once; all other rules get new ids. */
export function withIds(rules: ShopRules, known: ShopRules, newId: () => string): ShopRules {
  const left = new Set([...known.bonus, ...known.points].map(({ id }) => id));
  const withId = <R extends { readonly id: string }>(rule: R): R => ({
    ...rule,
    id: left.delete(rule.id) ? rule.id : newId(),
  });
  return { ...rules, bonus: rules.bonus.map(withId), points: rules.points.map(withId) };
}

type OfRule = Pick<EntryTerms, 'rule' | 'ruleId'>;

/** The id of the rule that gave an entry its bonus; null if none, or unknown. */
export const ruleIdOf = ({ rule, ruleId }: OfRule): string | null =>
  ruleId ?? (rule === null ? null : derivedRuleId(rule));

/** That rule as it was then; null too if its version is lost. */
export function bonusRuleOf(
  terms: OfRule & Pick<EntryTerms, 'rulesVersion'>,
  version: (version: number) => RuleBook | null,
): BonusRule | null {
  const book = terms.rulesVersion === null ? null : version(terms.rulesVersion);
  // Entries from before ids go by the name, which is unique in a book.
  const isMeant = ({ id, name }: BonusRule) =>
    terms.ruleId === null ? name === terms.rule : id === terms.ruleId;
  return book?.bonus.find(isMeant) ?? null;
}
