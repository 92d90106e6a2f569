import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { languages } from '../kernel/languages.ts';
import { amountSchema, done, uid } from '../kernel/scalars.ts';

const sum = z.string().min(1).max(60).nullable();
const base = {
  language: z.enum(languages),
  /** Made-up money: it says so. */
  isPractice: z.boolean(),
};
const told = {
  ...base,
  /** Nothing else of the member is ever shown. */
  firstName: z.string().min(1).max(200).nullable(),
  /** As they are read: `S$50.00`. */
  amount: sum,
  bonus: sum,
  points: sum,
};

/** What the customer's display shows, and all that it hears. */
export const customerShownSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('idle'), ...base, name: z.string().max(100) }).strict(),
  z.object({ kind: z.literal('draft'), ...told }).strict(),
  z.object({ kind: z.literal('thanks'), ...told }).strict(),
]);
export type CustomerShown = z.infer<typeof customerShownSchema>;

export const customerDraftSchema = z
  .object({
    /** Whose it is; main takes the name from its own records, and the bonus from the shop's rules. */
    customerUid: uid,
    amount: amountSchema,
    points: amountSchema,
  })
  .strict();
export type CustomerDraft = z.infer<typeof customerDraftSchema>;

export const customer = {
  /** What stands on the form now, for the customer's display; null where no member is there. */
  draft: channel(z.object({ draft: customerDraftSchema.nullable() }).strict(), done, {
    touches: 'world',
    may: 'signed-in',
  }),
} as const;
