import { z } from 'zod';
import { channel } from './channel.ts';
import { entrySchema } from './entries.ts';
import { amountSchema, approval, uid } from './scalars.ts';

export const topUps = {
  /** Signs and commits one increment. The same `requestId` again answers with the same entry. */
  create: channel(
    z
      .object({
        requestId: z.string().uuid(),
        customerUid: uid,
        /** As the cashier saw the member; refused as `member-changed` where they are not of this `customerUid`. */
        customerNumber: z.string().max(100),
        customerName: z.string().max(200),
        balanceIncrement: amountSchema,
        pointIncrement: amountSchema,
        note: z.string().max(200),
        /** The cashier was asked (`asked-twice`) and means it. */
        again: z.boolean().optional(),
        /** A manager who stands for what the cashier may not do alone (`approval-needed`). */
        approval: approval.optional(),
      })
      .strict(),
    entrySchema,
  ),
} as const;
