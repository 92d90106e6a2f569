import { z } from 'zod';
import { bonusRuleSchema, pointsRuleSchema } from '../counter/rules.ts';
import { personSchema } from '../people/people.ts';

/** What is a value each: ways to pay and the business day are among the till's settings. */
const changedParts = ['policy', 'reasons', 'permissions', 'receipts', 'accounts'] as const;

/** More than a shop's longest list. Longer values are cut: a person compares them, nothing is computed from them. */
const LONGEST_VALUE = 2_000;
const value = z.string().max(LONGEST_VALUE).nullable();

const changedValueSchema = z
  .object({
    part: z.enum(changedParts),
    /** The setting, the act or the account. */
    name: z.string().max(LONGEST_VALUE),
    /** As stored; null where there was or will be none. */
    before: value,
    after: value,
  })
  .strict();
export type ChangedValue = z.infer<typeof changedValueSchema>;

/** Whole, so that no term of it is signed unseen; null where there was or will be none. */
const rule = z.union([bonusRuleSchema, pointsRuleSchema]).nullable();
const changedRuleSchema = z.object({ part: z.literal('rules'), before: rule, after: rule }).strict();

const changedPersonSchema = personSchema.pick({ name: true, role: true, language: true }).strict();
export type ChangedPerson = z.infer<typeof changedPersonSchema>;
const person = changedPersonSchema.nullable();
const changedPeopleSchema = z.object({ part: z.literal('people'), before: person, after: person }).strict();

/** What a new configuration changes at this till; the page words it. */
export const shopChangeSchema = z.discriminatedUnion('part', [
  changedValueSchema,
  changedRuleSchema,
  changedPeopleSchema,
]);
export type ShopChange = z.infer<typeof shopChangeSchema>;

export const cutValue = (text: string): string =>
  text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE - 1)}…`;
