import { z } from 'zod';

/** The screens that changes belong to: ways to pay and the business day are among the till's settings. */
const changedParts = ['policy', 'rules', 'reasons', 'people', 'permissions', 'receipts', 'accounts'] as const;

/** Longer values are cut: a person compares them, nothing is computed from them. */
const LONGEST_VALUE = 300;
const value = z.string().max(LONGEST_VALUE).nullable();

/** One line of what a new configuration changes at this till; the page words it. */
export const shopChangeSchema = z
  .object({
    part: z.enum(changedParts),
    /** The setting, the rule, the person or the act. */
    name: z.string().max(LONGEST_VALUE),
    /** As stored; null where there was or will be none. */
    before: value,
    after: value,
  })
  .strict();
export type ShopChange = z.infer<typeof shopChangeSchema>;

export const cutValue = (text: string): string =>
  text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE - 1)}…`;
