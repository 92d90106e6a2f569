import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { amountSchema, count, done, id, managersPin, nothing, timeMs, uid } from '../kernel/scalars.ts';
import { cellLines } from '../ledger/cells.ts';
import { entrySchema, entrySumsSchema } from '../ledger/entries.ts';
import { entryKindSchema, entryStateSchema } from '../ledger/facts.ts';
import { MAX_TENDER_LENGTH } from '../ledger/tenders.ts';
import { memberCardSchema } from '../members/members.ts';
import { fileWordsSchema } from './file-words.ts';
import { findStates } from './find-states.ts';

/** A business day, `2026-11-26`. */
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((text) => !Number.isNaN(Date.parse(`${text}T00:00:00Z`)));

/** Conditions that an entry must all meet; null and an empty text mean any. */
export const entryFilterSchema = z
  .object({
    /** Part of a name or card number, the end of a phone, or a reference. */
    text: z.string().max(100),
    customerUid: uid.nullable(),
    fromDay: day.nullable(),
    toDay: day.nullable(),
    /** The sum that `least` and `most` limit, principal or with bonus; unsigned, so that 50 finds a reversal of 50. */
    sumOf: z.enum(['principal', 'whole']),
    least: amountSchema.nullable(),
    most: amountSchema.nullable(),
    cashier: z.string().max(100),
    /** Empty: entries without a tender. */
    tender: z.string().max(MAX_TENDER_LENGTH).nullable(),
    state: z.enum(findStates).nullable(),
    kind: entryKindSchema.nullable(),
    shift: count.nullable(),
  })
  .strict();
export type EntryFilter = z.infer<typeof entryFilterSchema>;

/** Sums of entries of one line (`cells.ts`) and state, reversals apart. */
export const foundSumsSchema = entrySumsSchema.extend({
  line: z.enum(cellLines),
  state: entryStateSchema,
  isReversal: z.boolean(),
});
export type FoundSums = z.infer<typeof foundSumsSchema>;

/** The cursor for older entries; null at the end. */
const next = count.nullable();
const before = count.nullable();

/** The size of a page. */
export const MOST_FOUND_ROWS = 60;

export const findTopics = {
  /** Progress of an export; null while there is none. */
  exportPercent: z.number().int().min(0).max(100).nullable(),
} as const;

export const find = {
  /**
   * Newest first, older than `before`. A search that finds little returns before it has seen everything;
   * `next` continues it.
   */
  entries: channel(
    z.object({ filter: entryFilterSchema, before }).strict(),
    z.object({
      entries: z.array(entrySchema).max(MOST_FOUND_ROWS),
      next,
    }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** The current state of these entries. */
  rows: channel(
    z.object({ ids: z.array(id).max(MOST_FOUND_ROWS) }).strict(),
    z.object({ entries: z.array(entrySchema).max(MOST_FOUND_ROWS) }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** Sums of one page at a time. */
  sums: channel(
    z.object({ filter: entryFilterSchema, before }).strict(),
    z.object({
      sums: z.array(foundSumsSchema).max(60),
      next,
    }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** The member as stored here, without a call; null where the till has not stored one. */
  member: channel(
    z.object({ customerUid: uid }).strict(),
    z.object({
      card: memberCardSchema.nullable(),
      /** How much of the phone is stored: all, what the host shows, or none. */
      phone: z.enum(['whole', 'part', 'none']),
    }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** The whole phone: a guarded act that the journal records. */
  unmask: channel(
    z.object({ customerUid: uid, pin: managersPin }).strict(),
    z.object({ phone: z.string().max(40) }),
    { touches: 'world', may: 'unmask' },
  ),
  /**
   * Into a file that the person chooses: a guarded act. Replies once it is written; `saved` is null where
   * none was chosen or it was cancelled.
   */
  export: channel(
    z
      .object({
        filter: entryFilterSchema,
        /** In these words, as people read it; absent: all columns by their names. */
        words: fileWordsSchema.optional(),
        pin: managersPin,
      })
      .strict(),
    z.object({ saved: z.object({ entries: count, atMs: timeMs }).nullable() }),
    { touches: 'computer', may: 'export' },
  ),
  cancelExport: channel(nothing, done, { touches: 'world', may: 'signed-in' }),
} as const;
