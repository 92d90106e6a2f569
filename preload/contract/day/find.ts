import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { amountSchema, count, done, id, managersPin, nothing, timeMs, uid } from '../kernel/scalars.ts';
import { cellLines } from '../ledger/cells.ts';
import { entrySchema, entrySumsSchema } from '../ledger/entries.ts';
import { entryKindSchema, entryStateSchema } from '../ledger/facts.ts';
import { MAX_TENDER_LENGTH } from '../ledger/tenders.ts';
import { memberCardSchema } from '../members/members.ts';
import { findStates } from './find-states.ts';

/** A day of business, `2026-11-26`. */
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((text) => !Number.isNaN(Date.parse(`${text}T00:00:00Z`)));

/** What entries are looked for by; all of it must be so of each. Null, and an empty text: whatever it is. */
export const entryFilterSchema = z
  .object({
    /** Part of a name or a card number, the end of a phone, or a reference. */
    text: z.string().max(100),
    /** One member of this account, and no other of the same name. */
    customerUid: uid.nullable(),
    fromDay: day.nullable(),
    toDay: day.nullable(),
    /** Which sum `least` and `most` are of: what was paid, or with the bonus. Without its sign: a reversal of 50 is found by 50. */
    sumOf: z.enum(['principal', 'whole']),
    least: amountSchema.nullable(),
    most: amountSchema.nullable(),
    /** Part of the name. */
    cashier: z.string().max(100),
    /** Empty: where nobody was asked. */
    tender: z.string().max(MAX_TENDER_LENGTH).nullable(),
    state: z.enum(findStates).nullable(),
    kind: entryKindSchema.nullable(),
    shift: count.nullable(),
  })
  .strict();
export type EntryFilter = z.infer<typeof entryFilterSchema>;

/** What entries of one line (`cells.ts`) and state add up to; reversals apart. */
export const foundSumsSchema = entrySumsSchema.extend({
  line: z.enum(cellLines),
  state: entryStateSchema,
  isReversal: z.boolean(),
  /** Of the balance. */
  bonus: amountSchema,
});
export type FoundSums = z.infer<typeof foundSumsSchema>;

/** Where a look at older entries goes on; null: there are none. */
const next = count.nullable();
const before = count.nullable();

/** As much as is answered at once. */
export const MOST_FOUND_ROWS = 60;

export const findTopics = {
  /** How far an export has come; null while there is none. */
  exportPercent: z.number().int().min(0).max(100).nullable(),
} as const;

export const find = {
  /**
   * Older ones than `before`, newest first. Where few are found the answer comes before all were looked at: with the
   * `next` that it gives the look goes on.
   */
  entries: channel(
    z.object({ filter: entryFilterSchema, before }).strict(),
    z.object({
      entries: z.array(entrySchema).max(MOST_FOUND_ROWS),
      next,
    }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** These, as they are now. */
  rows: channel(
    z.object({ ids: z.array(id).max(MOST_FOUND_ROWS) }).strict(),
    z.object({ entries: z.array(entrySchema).max(MOST_FOUND_ROWS) }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** What they add up to, a stretch of them at a time. */
  sums: channel(
    z.object({ filter: entryFilterSchema, before }).strict(),
    z.object({
      sums: z.array(foundSumsSchema).max(60),
      next,
      /** What was paid in cash since the shift was opened is in none of them: its drawer is not counted yet. */
      leavesOutCash: z.boolean(),
    }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** A member as this till knows one, without a call. Null: it has not kept the member. */
  member: channel(
    z.object({ customerUid: uid }).strict(),
    z.object({
      card: memberCardSchema.nullable(),
      /** Of the phone: all of it, what the host shows of it, or nothing. */
      phone: z.enum(['whole', 'part', 'none']),
    }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** The whole phone: a guarded act, and the journal says who has seen it. */
  unmask: channel(
    z.object({ customerUid: uid, pin: managersPin }).strict(),
    z.object({ phone: z.string().max(40) }),
    { touches: 'world', may: 'unmask' },
  ),
  /** Into a file that a person picks: a guarded act. Answers when it is there; `saved` is null where none was picked or it was called off. */
  export: channel(
    z.object({ filter: entryFilterSchema, pin: managersPin }).strict(),
    z.object({ saved: z.object({ entries: count, atMs: timeMs }).nullable() }),
    { touches: 'computer', may: 'export' },
  ),
  cancelExport: channel(nothing, done, { touches: 'world', may: 'signed-in' }),
} as const;
