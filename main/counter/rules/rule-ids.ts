import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  type BonusRule,
  type EntryTerms,
  type RuleBook,
  ruleBookSchema,
  type ShopRules,
} from '../../../preload/contract/index.ts';

/** In characters, as other ids of ours. */
const LENGTH = 22;

/** The id of a rule that was saved before rules had any: it follows from the name, so that every backup has the same. */
export const derivedRuleId = (name: string): string =>
  createHash('sha256').update(`counterfoil rule\n${name}`).digest('base64url').slice(0, LENGTH);

const withDerivedId = (rule: unknown): unknown => {
  const named = z.looseObject({ name: z.string() }).safeParse(rule);
  return named.success ? { id: derivedRuleId(named.data.name), ...named.data } : rule;
};

const { bonus, points } = ruleBookSchema.shape;

/** A book as it lies in settings and journal; rules of books from before there were ids get theirs. */
export const storedBookSchema = ruleBookSchema.extend({
  bonus: z.preprocess((rules) => (Array.isArray(rules) ? rules.map(withDerivedId) : rules), bonus),
  points: z.preprocess((rules) => (Array.isArray(rules) ? rules.map(withDerivedId) : rules), points),
});

/** The rules with ids of ours alone: each known id once, and a new one where the page asks for one or makes it up. */
export function withIds(rules: ShopRules, known: ShopRules, newId: () => string): ShopRules {
  const left = new Set([...known.bonus, ...known.points].map(({ id }) => id));
  const withId = <R extends { readonly id: string }>(rule: R): R => ({
    ...rule,
    id: left.delete(rule.id) ? rule.id : newId(),
  });
  return { ...rules, bonus: rules.bonus.map(withId), points: rules.points.map(withId) };
}

type OfRule = Pick<EntryTerms, 'rule' | 'ruleId'>;

/** The rule that gave an entry its bonus; null where none did, or nobody knows which. */
export const ruleIdOf = ({ rule, ruleId }: OfRule): string | null =>
  ruleId ?? (rule === null ? null : derivedRuleId(rule));

/** That rule as it was then; null also where its version is gone with a disk. */
export function bonusRuleOf(
  terms: OfRule & Pick<EntryTerms, 'rulesVersion'>,
  version: (version: number) => RuleBook | null,
): BonusRule | null {
  const book = terms.rulesVersion === null ? null : version(terms.rulesVersion);
  // Where an entry is from before there were ids, the name decides: in one book it is one rule's.
  const isMeant = ({ id, name }: BonusRule) =>
    terms.ruleId === null ? name === terms.rule : id === terms.ruleId;
  return book?.bonus.find(isMeant) ?? null;
}
