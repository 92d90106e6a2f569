import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { amountSchema, count, done, id, managersPin, nothing, timeMs } from '../kernel/scalars.ts';
import { bonusKinds } from './bonus-kinds.ts';

/** `yyyy-MM-dd` of the store. */
export const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const holds = {
  /** Decides which rule it is, whatever it is called. Main makes it: one from the page that main does not know is a new rule's. */
  id: z.string().min(1).max(40),
  /** What a person knows the rule by; an entry that it gave to says it. */
  name: z.string().max(60),
  /** Members of this category alone, as the host names it; null: every member. */
  category: z.string().max(100).nullable(),
  /** The first and the last of its days. */
  fromDay: daySchema.nullable(),
  toDay: daySchema.nullable(),
};

export const bonusRuleSchema = z
  .object({
    ...holds,
    kind: z.enum(bonusKinds),
    /** From which principal on it gives what; the highest that is reached counts. */
    tiers: z
      .array(z.object({ from: amountSchema, gives: amountSchema }).strict())
      .min(1)
      .max(10),
    /** The most that one top-up gets of it. */
    cap: amountSchema.nullable(),
    /** A member gets it once a day of the store, as far as this till knows. */
    oncePerDay: z.boolean(),
  })
  .strict();
export type BonusRule = z.infer<typeof bonusRuleSchema>;

export const pointsRuleSchema = z
  .object({
    ...holds,
    /** What is counted: the principal of the top-up, or a purchase that the cashier types. */
    per: z.enum(['top-up', 'purchase']),
    /** So many points for so much. */
    points: amountSchema,
    every: amountSchema,
  })
  .strict();
export type PointsRule = z.infer<typeof pointsRuleSchema>;

/** What the shop gives with a top-up, as a manager keeps it. */
export const shopRulesSchema = z
  .object({
    bonus: z.array(bonusRuleSchema).max(20),
    points: z.array(pointsRuleSchema).max(10),
    /** Why points may be awarded. */
    reasons: z.array(z.string().max(60)).max(20),
  })
  .strict();
export type ShopRules = z.infer<typeof shopRulesSchema>;

/** The same as it was saved once. Version 0 is what holds before anything was: nothing. */
export const ruleBookSchema = shopRulesSchema.extend({ version: count });
export type RuleBook = z.infer<typeof ruleBookSchema>;

/** What a rule came to: what it gave, or why it did not. */
export const ruleLookSchema = z.object({
  id: z.string().max(40),
  name: z.string().max(60),
  why: z.enum(['given', 'less', 'not-yet', 'over', 'other-category', 'below', 'had-today']),
  /** What it would give by itself; null where it does not hold. */
  gives: amountSchema.nullable(),
});
export type RuleLook = z.infer<typeof ruleLookSchema>;

/** What a top-up gets by the rules. */
export const getsSchema = z.object({
  version: count,
  bonus: amountSchema,
  /** The rule that gives the bonus; null where none does. */
  rule: z.string().max(60).nullable(),
  /** Null where no rule says anything of points: then they are typed. */
  points: amountSchema.nullable(),
  /** Bonus or points came to more, and were rounded down. */
  isRounded: z.boolean(),
});
export type Gets = z.infer<typeof getsSchema>;

export const triedSchema = getsSchema.extend({
  ruleId: z.string().max(40).nullable(),
  bonusLooks: z.array(ruleLookSchema).max(20),
  pointsLooks: z.array(ruleLookSchema).max(10),
});
export type Tried = z.infer<typeof triedSchema>;

/** A top-up to try rules out on. */
export const sampleSchema = z
  .object({
    principal: amountSchema,
    purchase: amountSchema,
    category: z.string().max(100),
    day: daySchema,
    /** The member had today what is given once a day. */
    hadToday: z.boolean(),
  })
  .strict();
export type RuleSample = z.infer<typeof sampleSchema>;

/** The clock was set back over a day on which rules begin or end. */
export const clockBackSchema = z.object({
  beforeMs: timeMs,
  nowMs: timeMs,
  rules: z.array(z.string().max(60)).max(30),
});

/** The rule that gave an entry its bonus, as it was when it did, and the tier of it that was reached. */
export const entryRuleSchema = z.object({
  name: z.string().max(60),
  version: count,
  /** When that version was saved; null where the journal does not say. */
  savedAtMs: timeMs.nullable(),
  kind: bonusRuleSchema.shape.kind,
  from: amountSchema,
  gives: amountSchema,
});
export type EntryRule = z.infer<typeof entryRuleSchema>;

/** An entry whose bonus of once a day its member seems to have had elsewhere on that day as well. */
export const shownCollisionSchema = z.object({
  entryId: z.string().max(40),
  reference: z.string().max(12),
  memberName: z.string().max(200),
  rule: z.string().max(60),
  /** What was credited elsewhere, bonus and all. */
  sum: amountSchema,
  /** As the host's recharge log has it; null where the member's balance alone tells of it. */
  loggedAt: z.string().max(40).nullable(),
  /** Somebody has seen it. */
  isSeen: z.boolean(),
});
export type ShownCollision = z.infer<typeof shownCollisionSchema>;

export const ruleTopics = {
  /** What the counter's form has to ask for, and whether main is to be asked what a top-up gets. */
  rules: z.object({
    version: count,
    givesAnything: z.boolean(),
    asksPurchase: z.boolean(),
    reasons: z.array(z.string().max(60)).max(20),
    clockBack: clockBackSchema.nullable(),
    /** The latest day of this till's entries, where the clock stands before it and a bonus is given once a day. */
    aheadOfClock: daySchema.nullable(),
    /** Of bonuses that were perhaps had elsewhere as well, those that nobody has seen yet. */
    collisions: count,
  }),
} as const;

export const rules = {
  get: channel(
    nothing,
    z.object({
      book: ruleBookSchema,
      today: daySchema,
      collisions: z.array(shownCollisionSchema).max(50),
      /** The host is proven to list what tills credit. */
      readsLog: z.boolean(),
    }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** What there is to say of an entry's bonus. */
  ofEntry: channel(
    z.object({ id }).strict(),
    z.object({ rule: entryRuleSchema.nullable(), collision: shownCollisionSchema.nullable() }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** Somebody has seen these, by their entries. */
  collisionsSeen: channel(z.object({ ids: z.array(id).max(50) }).strict(), done, {
    touches: 'world',
    may: 'signed-in',
  }),
  /** What a top-up would get by rules that are not saved yet. */
  tryOut: channel(z.object({ rules: shopRulesSchema, sample: sampleSchema }).strict(), triedSchema, {
    touches: 'world',
    may: 'signed-in',
  }),
  /** A manager's. `basedOn` is the version that was edited: where another was saved since, nothing changes. */
  save: channel(
    z.object({ rules: shopRulesSchema, basedOn: count, pin: managersPin }).strict(),
    z.object({ book: ruleBookSchema }),
    { touches: 'world', may: 'manager' },
  ),
} as const;
