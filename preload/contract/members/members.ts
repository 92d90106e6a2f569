import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { amountSchema, count, managersPin, timeMs, uid } from '../kernel/scalars.ts';
import { entrySchema, entrySumsSchema } from '../ledger/entries.ts';

export const memberStatusSchema = z.enum(['active', 'disabled', 'deleted', 'expired', 'blank']);
export type MemberStatus = z.infer<typeof memberStatusSchema>;

/** A member as the counter sees one. The phone is masked before it leaves the main process. */
export const memberCardSchema = z.object({
  customerUid: uid,
  number: z.string().max(100),
  name: z.string().max(200),
  categoryName: z.string().max(100),
  maskedPhone: z.string().max(40),
  /** Null, as the points are then: this till has the member from another's file, and has not read the sums. */
  balance: amountSchema.nullable(),
  point: amountSchema.nullable(),
  status: memberStatusSchema,
  expiryDate: z.string().max(40).nullable(),
  /** When KYBIO said so, and whether it was asked just now or is kept on this till. */
  asOfMs: timeMs,
  source: z.enum(['kybio', 'till']),
  /** What this till has for the member that is not settled: unsent, answer lost, for a manager. */
  waiting: entrySumsSchema,
  checking: entrySumsSchema,
  review: entrySumsSchema,
  /** Refused by KYBIO, and nobody has acknowledged it yet. */
  refused: entrySumsSchema,
  /** The member's newest entries on this till, newest first. */
  recent: z.array(entrySchema).max(5),
});
export type MemberCard = z.infer<typeof memberCardSchema>;

/** Why a file of members is not taken: `details.reason` of `members-file-refused`. */
export const membersFileProblems = [
  'foreign',
  'newer',
  'other-account',
  'other-key',
  'altered',
  'cut-off',
  'older',
  'too-large',
  'unreadable',
] as const;
export type MembersFileProblem = (typeof membersFileProblems)[number];

const pin = z.object({ pin: managersPin }).strict();

export const memberTopics = {
  /** What the till has kept of the account's members. */
  directory: z.object({ members: count, complete: z.boolean(), updatedAtMs: timeMs.nullable() }),
} as const;

export const members = {
  /**
   * Members by card number, phone or name; several are for a picker, and so is one where `isForPicker`. `stillAsking` names the look-up where these
   * are what the till has kept, and KYBIO has not answered yet: see `members:answer`.
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
  /** Waits for KYBIO's answer to a look-up that was answered from what the till has kept; asked for once. */
  answer: channel(
    z.object({ lookUp: z.string().max(40) }).strict(),
    z.object({ members: z.array(memberCardSchema).max(50), isForPicker: z.boolean() }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** The card of one member as this till knows it now (no call). */
  card: channel(z.object({ customerUid: uid }).strict(), memberCardSchema, {
    touches: 'world',
    may: 'signed-in',
  }),
  /**
   * Who the account's members are, without what they hold, into a sealed file that a person picks; null where none was picked.
   * Errors: members-none, members-file-target, and those of `find:export`.
   */
  saveFile: channel(pin, z.object({ saved: z.object({ members: count, atMs: timeMs }).nullable() }), {
    touches: 'computer',
    may: 'manager',
  }),
  /**
   * What another till of the account has saved so; null where none was picked. `added`: of whom this till knew nothing.
   * Errors: members-file-refused with `details.reason`, key-lost.
   */
  takeFile: channel(
    pin,
    z.object({
      taken: z.object({ members: count, added: count, wholeAtMs: timeMs.nullable() }).nullable(),
    }),
    { touches: 'computer', may: 'manager' },
  ),
} as const;
