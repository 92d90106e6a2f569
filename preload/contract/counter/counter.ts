import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { amountSchema, approval, id, uid } from '../kernel/scalars.ts';
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
  /** Signs and commits an increment; the same `requestId` returns the same entry. */
  create: channel(
    z
      .object({
        requestId: z.string().uuid(),
        customerUid: uid,
        /** As shown to the cashier; `member-changed` if they are not this `customerUid`'s. */
        customerNumber: z.string().max(100),
        customerName: z.string().max(200),
        /** Bonus included, as shown. */
        balanceIncrement: amountSchema,
        pointIncrement: amountSchema,
        note: z.string().max(200),
        /**
         * Tender and terms as shown; `given-changed` if bonus, points or version have changed. Absent if not asked for.
         */
        ...z.object(typedTerms).partial().shape,
        /** Confirms an `asked-twice`. */
        again: z.boolean().optional(),
        /** A refused entry that is entered again, which happens once (`entered-otherwise`). */
        insteadOf: id.optional(),
        /** A manager's approval (`approval-needed`). */
        approval: approval.optional(),
      })
      .strict(),
    entrySchema,
    { touches: 'world', may: 'signed-in' },
  ),
} as const;

export type TypedEntry = z.output<typeof topUps.create.args>;
