import { z } from 'zod';
import {
  LONGEST_NAME,
  languages,
  MOST_PEOPLE,
  type Policy,
  permissionsSchema,
  personRoles,
  policySchema,
  receiptSettingsSchema,
  ruleBookSchema,
} from '../../preload/contract/index.ts';
import { readName } from '../people/index.ts';

// What an owner signs for all tills of a chain. Strict: what a till does not know it may not half obey.

const at = z.number().int().nonnegative().max(8_640_000_000_000_000);

/** No PIN: one is set at each till. */
const personSchema = z
  .object({
    // Part of an actor's text in the journal.
    id: z.string().regex(/^[\w-]{1,40}$/),
    name: z.string().min(1).max(LONGEST_NAME),
    role: z.enum(personRoles),
    language: z.enum(languages).nullable(),
  })
  .strict();
export type ShopPerson = z.infer<typeof personSchema>;

const { tenders, businessDayEndsAtMinute, accounts } = policySchema.shape;
const { bonus, points, reasons } = ruleBookSchema.shape;

const isEachOnce = (ids: readonly { readonly id: string }[]): boolean =>
  new Set(ids.map(({ id }) => id)).size === ids.length;

export const shopSchema = z
  .object({
    /** Grows with each that the owner signs; also that of its rules. */
    version: z.number().int().min(1).max(1_000_000_000),
    validFromMs: at,
    chain: z.uuid(),
    /** The chain's, for people, who read it before they trust it: nothing unseen in it. */
    name: z
      .string()
      // No longer one is read on: ten thousand accents take a second to put in order.
      .max(LONGEST_NAME, { abort: true })
      .refine((name) => readName(name) === name),
    /** What its sums are in. */
    currency: z.string().regex(/^[A-Z]{3}$/),
    /** A manager declares the tills' numbers at each till; the others are parts of their own. */
    policy: policySchema
      .omit({ tillNumbersDeclared: true, tenders: true, businessDayEndsAtMinute: true, accounts: true })
      .exactPartial()
      .optional(),
    ways: tenders.optional(),
    businessDay: z.object({ endsAtMinute: businessDayEndsAtMinute }).strict().optional(),
    rules: z
      .object({ bonus, points })
      .strict()
      .refine((rules) => isEachOnce([...rules.bonus, ...rules.points]))
      .optional(),
    reasons: reasons.optional(),
    people: z.array(personSchema).min(1).max(MOST_PEOPLE).refine(isEachOnce).optional(),
    permissions: permissionsSchema.optional(),
    /** The printer and its paper are the till's. */
    receipts: receiptSettingsSchema.omit({ printer: true, width: true }).exactPartial().optional(),
    accounts: accounts.optional(),
  })
  .strict()
  // Permissions without anybody would lock a till that knows no people.
  .refine(({ people, permissions }) => permissions === undefined || people !== undefined, {
    path: ['permissions'],
  });
export type Shop = z.infer<typeof shopSchema>;

/** The one text of a configuration, which is signed. */
export const shopText = (shop: Shop): string => JSON.stringify(shop);

/** What it says of a till's settings, but for those that IT has locked on this computer. */
export function policyOf(
  { policy, ways, businessDay, accounts: names }: Shop,
  lockedByIt: readonly string[],
): Partial<Policy> {
  const said: Partial<Policy> = {
    ...policy,
    ...(ways === undefined ? {} : { tenders: ways }),
    ...(businessDay === undefined ? {} : { businessDayEndsAtMinute: businessDay.endsAtMinute }),
    ...(names === undefined ? {} : { accounts: names }),
  };
  return Object.fromEntries(Object.entries(said).filter(([name]) => !lockedByIt.includes(name)));
}

/** The names of what this configuration decides, as a settings row is asked for; see `whoSets`. */
export function namesSet(shop: Shop): readonly string[] {
  return [
    ...Object.keys(policyOf(shop, [])),
    ...(shop.rules === undefined ? [] : ['rules']),
    ...(shop.reasons === undefined ? [] : ['reasons']),
    ...(shop.people === undefined ? [] : ['people']),
    ...(shop.permissions === undefined ? [] : ['permissions']),
    ...Object.keys(shop.receipts ?? {}).map((name) => `receipts.${name}`),
  ];
}
