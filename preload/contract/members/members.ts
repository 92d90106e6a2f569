import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { amountSchema, count, timeMs, uid } from '../kernel/scalars.ts';
import { entrySchema, entrySumsSchema } from '../ledger/entries.ts';

export const memberStatusSchema = z.enum(['active', 'disabled', 'deleted', 'expired', 'blank']);
export type MemberStatus = z.infer<typeof memberStatusSchema>;

/** A member for the counter; main masks the phone. */
export const memberCardSchema = z.object({
  customerUid: uid,
  number: z.string().max(100),
  name: z.string().max(200),
  categoryName: z.string().max(100),
  maskedPhone: z.string().max(40),
  balance: amountSchema,
  point: amountSchema,
  status: memberStatusSchema,
  expiryDate: z.string().max(40).nullable(),
  /** When KYBIO returned it, and whether just now or from the directory. */
  asOfMs: timeMs,
  source: z.enum(['kybio', 'till']),
  /** The member's open entries on this till. */
  waiting: entrySumsSchema,
  checking: entrySumsSchema,
  review: entrySumsSchema,
  /** Refused and not acknowledged. */
  refused: entrySumsSchema,
  /** Newest first. */
  recent: z.array(entrySchema).max(5),
});
export type MemberCard = z.infer<typeof memberCardSchema>;

export const memberTopics = {
  /** The member directory. */
  directory: z.object({ members: count, complete: z.boolean(), updatedAtMs: timeMs.nullable() }),
} as const;

export const members = {
  /**
   * Finds members by card number, phone or name; several, or one with `isForPicker`, are for a picker. `stillAsking`
   * is the id of KYBIO's pending answer (`members:answer`) if these are stored members.
   */
  find: channel(
    z.object({ query: z.string().max(100) }).strict(),
    z.object({
      members: z.array(memberCardSchema).max(50),
      isForPicker: z.boolean(),
      stillAsking: z.string().max(40).nullable(),
    }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** KYBIO's pending answer to a look-up; once. */
  answer: channel(
    z.object({ lookUp: z.string().max(40) }).strict(),
    z.object({ members: z.array(memberCardSchema).max(50), isForPicker: z.boolean() }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** A member as known now, without a call. */
  card: channel(z.object({ customerUid: uid }).strict(), memberCardSchema, {
    touches: 'world',
    may: 'signed-in',
  }),
} as const;
