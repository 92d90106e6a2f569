import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { amountSchema, approval, count, uid } from '../kernel/scalars.ts';
import { entrySchema } from '../ledger/entries.ts';
import { MAX_TENDER_LENGTH } from '../ledger/tenders.ts';
import { getsSchema } from './rules.ts';

export const topUps = {
  /** What a top-up gets by the rules, before it is confirmed. */
  preview: channel(
    z.object({ customerUid: uid, principal: amountSchema, purchase: amountSchema }).strict(),
    getsSchema,
    { touches: 'world', may: 'signed-in' },
  ),
  /** Signs and commits one increment. The same `requestId` again answers with the same entry. */
  create: channel(
    z
      .object({
        requestId: z.string().uuid(),
        customerUid: uid,
        /** As the cashier saw the member; refused as `member-changed` where they are not of this `customerUid`. */
        customerNumber: z.string().max(100),
        customerName: z.string().max(200),
        /** With the bonus, as the cashier saw it. */
        balanceIncrement: amountSchema,
        pointIncrement: amountSchema,
        note: z.string().max(200),
        /** What of it is bonus, and by which version of the rules: refused as `given-changed` where it is another by now. */
        bonus: amountSchema.optional(),
        rulesVersion: count.optional(),
        /** The purchase that points are counted from. */
        purchase: amountSchema.optional(),
        /** Why points are awarded: one of the shop's reasons. */
        reason: z.string().max(60).optional(),
        /** How the member pays, one of the till's `tenders`; none for points alone, and where nobody was asked. */
        tender: z.string().max(MAX_TENDER_LENGTH).nullable().optional(),
        /** What was handed over, where it is cash and more than the sum. */
        given: amountSchema.nullable().optional(),
        /** The cashier was asked (`asked-twice`) and means it. */
        again: z.boolean().optional(),
        /** A manager who stands for what the cashier may not do alone (`approval-needed`). */
        approval: approval.optional(),
      })
      .strict(),
    entrySchema,
    { touches: 'world', may: 'signed-in' },
  ),
} as const;
