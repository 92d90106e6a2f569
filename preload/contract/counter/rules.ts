import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { amountSchema, count, id, managersPin, nothing, timeMs } from '../kernel/scalars.ts';
import { bonusKinds } from './bonus-kinds.ts';

/** `yyyy-MM-dd`, a store day. */
export const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const holds = {
  /** Identifies the rule. Made by main: an unknown one from the page is a new rule's. */
  id: z.string().min(1).max(40),
  /** As shown, also on its entries. */
  name: z.string().max(60),
  /** Only members of this category, in the host's words; null: all. */
  category: z.string().max(100).nullable(),
  /** First and last day. */
  fromDay: daySchema.nullable(),
  toDay: daySchema.nullable(),
};

export const bonusRuleSchema = z
  .object({
    ...holds,
    kind: z.enum(bonusKinds),
    /** What it gives from which principal on; the highest tier reached counts. */
    tiers: z
      .array(z.object({ from: amountSchema, gives: amountSchema }).strict())
      .min(1)
      .max(10),
    /** The most it gives for a top-up. */
    cap: amountSchema.nullable(),
    /** Once a store day for each member, as far as this till knows. */
    oncePerDay: z.boolean(),
  })
  .strict();
export type BonusRule = z.infer<typeof bonusRuleSchema>;

export const pointsRuleSchema = z
  .object({
    ...holds,
    /** Counts the principal, or a purchase that the cashier enters. */
    per: z.enum(['top-up', 'purchase']),
    /** `points` for each `every`. */
    points: amountSchema,
    every: amountSchema,
  })
  .strict();
export type PointsRule = z.infer<typeof pointsRuleSchema>;

/** The shop's rules. */
const shopRulesSchema = z
  .object({
    bonus: z.array(bonusRuleSchema).max(20),
    points: z.array(pointsRuleSchema).max(10),
    /** Reasons for awards. */
    reasons: z.array(z.string().max(60)).max(20),
  })
  .strict();
export type ShopRules = z.infer<typeof shopRulesSchema>;

/** A saved version; version 0 has no rules. */
export const ruleBookSchema = shopRulesSchema.extend({ version: count });
export type RuleBook = z.infer<typeof ruleBookSchema>;

export const getsSchema = z.object({
  version: count,
  bonus: amountSchema,
  /** The rule that gives the bonus. */
  rule: z.string().max(60).nullable(),
  /** Null without a rule for points: they are entered then. */
  points: amountSchema.nullable(),
  /** Bonus or points were rounded down. */
  isRounded: z.boolean(),
});
export type Gets = z.infer<typeof getsSchema>;

const triedSchema = getsSchema.extend({ ruleId: z.string().max(40).nullable() });
export type Tried = z.infer<typeof triedSchema>;

/** A top-up to try rules on. */
const sampleSchema = z
  .object({
    principal: amountSchema,
    purchase: amountSchema,
    category: z.string().max(100),
    day: daySchema,
    /** The member already had once-a-day bonuses. */
    hadToday: z.boolean(),
  })
  .strict();
export type RuleSample = z.infer<typeof sampleSchema>;

/** The rule that gave an entry its bonus, as it was then, and the tier reached. */
const entryRuleSchema = z.object({
  name: z.string().max(60),
  version: count,
  /** When that version was saved; null if unknown. */
  savedAtMs: timeMs.nullable(),
  kind: bonusRuleSchema.shape.kind,
  from: amountSchema,
  gives: amountSchema,
});
export type EntryRule = z.infer<typeof entryRuleSchema>;

export const ruleTopics = {
  /** What the form must ask for, and whether main must be queried for the gets. */
  rules: z.object({
    version: count,
    givesAnything: z.boolean(),
    asksPurchase: z.boolean(),
    reasons: z.array(z.string().max(60)).max(20),
  }),
} as const;

export const rules = {
  get: channel(
    nothing,
    z.object({
      book: ruleBookSchema,
      today: daySchema,
      /** As KYBIO writes them, of the members that this till stores. */
      categories: z.array(z.string().max(100)).max(50),
    }),
    { touches: 'world', may: 'signed-in' },
  ),
  ofEntry: channel(z.object({ id }).strict(), z.object({ rule: entryRuleSchema.nullable() }), {
    touches: 'world',
    may: 'signed-in',
  }),
  /** What a top-up would get by unsaved rules. */
  tryOut: channel(z.object({ rules: shopRulesSchema, sample: sampleSchema }).strict(), triedSchema, {
    touches: 'world',
    may: 'signed-in',
  }),
  /** `basedOn` is the edited version: if another was saved since, nothing changes. */
  save: channel(
    z.object({ rules: shopRulesSchema, basedOn: count, pin: managersPin }).strict(),
    z.object({ book: ruleBookSchema }),
    { touches: 'world', may: 'manager' },
  ),
} as const;
