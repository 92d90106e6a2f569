import { z } from 'zod';
import { amountSchema, count } from '../kernel/scalars.ts';
import { MAX_TENDER_LENGTH } from './tenders.ts';

/**
 * What was agreed at the counter beside the increment itself. Null is what was not so, and what nobody knows of entries
 * from before.
 */
export const entryTermsSchema = z.object({
  /** How the member paid: `cash`, `card`, `qr`, `transfer`, or `own:` and the shop's name for it. */
  tender: z.string().max(MAX_TENDER_LENGTH).nullable(),
  /** What the member handed over, where it was more than the sum: the change is the difference. */
  given: amountSchema.nullable(),
  /** The part of the increment that is bonus, with its sign; the rest is principal. */
  bonus: amountSchema.nullable(),
  /** The purchase that the points were counted from. */
  purchase: amountSchema.nullable(),
  /** Why points were awarded: one of the shop's reasons. */
  reason: z.string().max(100).nullable(),
  /** The version of the shop's rules that held. */
  rulesVersion: count.nullable(),
  /** The name of the bonus rule that gave. */
  rule: z.string().max(100).nullable(),
  /** Who approved it with a PIN of their own, as the journal names people. */
  approvedBy: z.string().max(180).nullable(),
  /** Of a reversal: bonus that the member had spent and that a manager let go. */
  bonusLetGo: amountSchema.nullable(),
  /** The id of the bonus rule that gave; null where it is from before rules had one. */
  ruleId: z.string().max(40).nullable(),
});
export type EntryTerms = z.infer<typeof entryTermsSchema>;
