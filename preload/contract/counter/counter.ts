import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { amountSchema, approval, uid } from '../kernel/scalars.ts';
import { entrySchema } from '../ledger/entries.ts';
import { typedTerms } from '../ledger/facts.ts';
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
        /**
         * How the member pays and what the form says of the rules; refused as `given-changed` where bonus, points or version are
         * others by now. None of it where nobody was asked.
         */
        ...z.object(typedTerms).partial().shape,
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

/** An entry as it is typed. */
export type TypedEntry = z.output<typeof topUps.create.args>;
