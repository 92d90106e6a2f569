import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { amountSchema, approval, count, id, managersPin, timeMs } from '../kernel/scalars.ts';
import { entryStateSchema, shownFacts } from './facts.ts';
import { MAX_TENDER_LENGTH, MOST_OWN_TENDERS, standardTenders } from './tenders.ts';

export const entrySumsSchema = z.object({
  entries: count,
  balance: amountSchema,
  /** The part of the balance that nobody paid. */
  bonus: amountSchema,
  point: amountSchema,
});
export type EntrySums = z.infer<typeof entrySumsSchema>;

const memberSumsSchema = z.object({ balance: amountSchema, point: amountSchema });

/** A row of the activity list. */
export const entrySchema = z.object({
  ...shownFacts,
  /** As people quote it, e.g. `0031`. */
  reference: z.string().max(12),
  /** `HH:mm` in the store's time zone. */
  storeTime: z.string().max(5),
  memberNumber: z.string().max(100),
  memberName: z.string().max(200),
  messages: z.array(z.string().max(500)).max(10),
  canCancel: z.boolean(),
  canReverse: z.boolean(),
  /** The entry that this one takes back. */
  correctsReference: z.string().max(12).nullable(),
  /** The reversal of the whole entry. */
  takenBack: z.object({ reference: z.string().max(12), state: z.enum(['reversing', 'reversed']) }).nullable(),
  /** The reversal of a part of it, with its amounts. */
  takenBackInPart: z
    .object({
      reference: z.string().max(12),
      state: z.enum(['reversing', 'reversed']),
      balance: amountSchema,
      point: amountSchema,
    })
    .nullable(),
  /** A manager's last decision on a settled entry, and the member's sums that it was shown; null where it had none. */
  decision: z
    .object({
      atMs: timeMs,
      who: z.string().max(180),
      as: z.enum(['arrived', 'sent', 'dropped']),
      known: memberSumsSchema.nullable(),
      read: memberSumsSchema.nullable(),
    })
    .nullable(),
  /** The member's earlier entry that this one waits for. */
  behind: z.object({ reference: z.string().max(12), state: entryStateSchema }).nullable(),
  needsAcknowledgement: z.boolean(),
  /** The entry that was made of this refused one. */
  enteredAgain: z.object({ id, reference: z.string().max(12) }).nullable(),
});
export type Entry = z.infer<typeof entrySchema>;

/** What a reversal takes back; `letGo` is spent bonus that is written off. */
const reversedPartsSchema = z
  .object({ principal: amountSchema, bonus: amountSchema, points: amountSchema, letGo: amountSchema })
  .strict();
export type ReversedParts = z.infer<typeof reversedPartsSchema>;

export const entryTopics = {
  counts: z.record(entryStateSchema, count),
  waiting: entrySumsSchema,
  /**
   * The business day: entries of today that are done, less reversals; open ones of any day; and those refused today
   * or not acknowledged.
   */
  today: z.object({
    /** The calendar day, as in KYBIO's log; may differ. */
    storeDay: z.string().max(10),
    businessDay: z.string().max(10),
    done: entrySumsSchema,
    /** Done today with no money in this drawer; not in `done` (`cells.ts`). */
    takenUp: entrySumsSchema,
    waiting: entrySumsSchema,
    checking: entrySumsSchema,
    review: entrySumsSchema,
    refused: entrySumsSchema,
  }),
  /** Unacknowledged refusals. */
  refusals: count,
} as const;

const tender = z.string().max(MAX_TENDER_LENGTH);

export const entries = {
  /** Only while untouched; a guarded act after a receipt was handed out. */
  cancel: channel(z.object({ id, approval: approval.optional() }).strict(), entrySchema, {
    touches: 'world',
    may: 'signed-in',
  }),
  /** A refusal was seen: it no longer raises an alarm. */
  acknowledge: channel(z.object({ id }).strict(), entrySchema, { touches: 'world', may: 'signed-in' }),
  /** A new increment with the opposite amounts, which names the confirmed one. */
  reverse: channel(
    z
      .object({
        id,
        requestId: z.string().uuid(),
        /** As shown: `reversal-changed` if it is no longer so. Exactly the whole if absent. */
        take: reversedPartsSchema.optional(),
        pin: managersPin,
      })
      .strict(),
    entrySchema,
    { touches: 'world', may: 'reversal' },
  ),
  /**
   * What a reversal of this much principal would take back. For all of it the member is read, as it may be spent.
   */
  planReversal: channel(
    z.object({ id, principal: amountSchema.optional() }).strict(),
    z.object({
      take: reversedPartsSchema,
      /** The entry's whole principal. */
      principal: amountSchema,
      isRounded: z.boolean(),
      /** The member's known sums less open debits; null if unknown. */
      holds: z.object({ balance: amountSchema, point: amountSchema }).nullable(),
      /** The sums were read for this plan; never for a part. */
      isRead: z.boolean(),
    }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** Tenders that an entry may still be changed to, and its earlier changes. */
  tenderChanges: channel(
    z.object({ id }).strict(),
    z.object({
      ways: z.array(tender).max(standardTenders.length + MOST_OWN_TENDERS),
      changes: z
        .array(
          z.object({
            atMs: timeMs,
            who: z.string().max(180),
            approvedBy: z.string().max(180).nullable(),
            was: tender.nullable(),
            now: tender.nullable(),
          }),
        )
        .max(20),
    }),
    { touches: 'world', may: 'signed-in' },
  ),
  /**
   * Corrects the tender, within its shift and before the count; a guarded act, allowed at first. `was` is what was
   * shown; a request id changes once. Changes nothing that is sent.
   */
  changeTender: channel(
    z
      .object({
        id,
        requestId: z.string().uuid(),
        was: tender.nullable(),
        tender,
        given: amountSchema.nullable().optional(),
        approval: approval.optional(),
      })
      .strict(),
    entrySchema,
    { touches: 'world', may: 'signed-in' },
  ),
} as const;
