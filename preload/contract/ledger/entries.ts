import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { amountSchema, approval, count, id, managersPin, timeMs } from '../kernel/scalars.ts';
import { entryStateSchema, shownFacts } from './facts.ts';
import { MAX_TENDER_LENGTH, MOST_OWN_TENDERS, standardTenders } from './tenders.ts';

/** How many entries, and what they add up to. */
export const entrySumsSchema = z.object({ entries: count, balance: amountSchema, point: amountSchema });
export type EntrySums = z.infer<typeof entrySumsSchema>;

/**
 * The same of whatever members and tenders. Without sums while a shift is open that is counted blind: what the till took since
 * it was opened, or a part of it, would tell what is to be in the drawer; points may be a dollar's each.
 */
export const toldSumsSchema = entrySumsSchema.extend({
  balance: amountSchema.nullable(),
  point: amountSchema.nullable(),
});
export type ToldSums = z.infer<typeof toldSumsSchema>;

/** One increment as a row of the activity list. */
export const entrySchema = z.object({
  ...shownFacts,
  /** The short number that a person quotes, e.g. `0031`. */
  reference: z.string().max(12),
  /** `HH:mm` in the store's time zone. */
  storeTime: z.string().max(5),
  memberNumber: z.string().max(100),
  memberName: z.string().max(200),
  /** KYBIO's own words, as they came. */
  messages: z.array(z.string().max(500)).max(10),
  canCancel: z.boolean(),
  canReverse: z.boolean(),
  /** The reference of the entry that this one takes back. */
  correctsReference: z.string().max(12).nullable(),
  /** The reversal that takes this entry back: on its way, or done. Null where there is none. */
  takenBack: z.object({ reference: z.string().max(12), state: z.enum(['reversing', 'reversed']) }).nullable(),
  /** The reversal that takes a part of it back: which one, and how much of it. */
  takenBackInPart: z
    .object({
      reference: z.string().max(12),
      state: z.enum(['reversing', 'reversed']),
      balance: amountSchema,
      point: amountSchema,
    })
    .nullable(),
  /** The earlier entry of the same member behind which this one waits, and that one's state. */
  behind: z.object({ reference: z.string().max(12), state: entryStateSchema }).nullable(),
  /** Refused, and nobody has acknowledged it yet. */
  needsAcknowledgement: z.boolean(),
});
export type Entry = z.infer<typeof entrySchema>;

/** The parts of what a reversal takes back; `letGo` is bonus that the member has spent and keeps. */
export const takenBackSchema = z
  .object({ principal: amountSchema, bonus: amountSchema, points: amountSchema, letGo: amountSchema })
  .strict();
export type TakenBackParts = z.infer<typeof takenBackSchema>;

/** How the till's entries stand, kept as sums and counts. */
export const entryTopics = {
  counts: z.record(entryStateSchema, count),
  waiting: toldSumsSchema,
  /**
   * The day of business as the manager counts it: what was entered today and is done, reversals taken off; what is open
   * now, of whatever day; and what was refused today or is not acknowledged, which was given back and is in no drawer.
   */
  today: z.object({
    /** The calendar's, as KYBIO's log has it: it may be another one. */
    storeDay: z.string().max(10),
    businessDay: z.string().max(10),
    done: toldSumsSchema,
    /** Entered today and done, but no money of this drawer's: not in `done` (`cells.ts`). */
    corrections: toldSumsSchema,
    takenUp: toldSumsSchema,
    waiting: toldSumsSchema,
    checking: toldSumsSchema,
    review: toldSumsSchema,
    refused: entrySumsSchema,
  }),
  /** Refusals that nobody has acknowledged. */
  refusals: count,
} as const;

const tender = z.string().max(MAX_TENDER_LENGTH);

export const entries = {
  /** Only while untouched; after a paper of it was handed out a guarded act. */
  cancel: channel(z.object({ id, approval: approval.optional() }).strict(), entrySchema, {
    touches: 'world',
    may: 'signed-in',
  }),
  /** Somebody has seen that KYBIO refused this entry: it is not counted among the alarms any more. */
  acknowledge: channel(z.object({ id }).strict(), entrySchema, { touches: 'world', may: 'signed-in' }),
  /** A manager's: a new increment with the opposite amounts that names the confirmed one. */
  reverse: channel(
    z
      .object({
        id,
        requestId: z.string().uuid(),
        /** As it was shown: refused as `reversal-changed` where it is another by now. The whole, exactly, where absent. */
        take: takenBackSchema.optional(),
        pin: managersPin,
      })
      .strict(),
    entrySchema,
    { touches: 'world', may: 'reversal' },
  ),
  /** What a reversal would take back with so much of the principal. Of all of it the member is read, where the bonus may be spent. */
  planReversal: channel(
    z.object({ id, principal: amountSchema.optional() }).strict(),
    z.object({
      take: takenBackSchema,
      /** The whole principal of the entry. */
      principal: amountSchema,
      isRounded: z.boolean(),
      /** What the member holds, as far as is known, less what waits against it; null where nobody knows or it is not asked. */
      holds: amountSchema.nullable(),
    }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** To which ways it may still be said that an entry was paid otherwise, and what was changed of that before. */
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
   * How it was paid, within its shift and before that is counted. A guarded act, allowed at first. `was` is what was shown;
   * the same request id changes once. Nothing that is sent is another by it.
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
