import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { errorCodeSchema } from '../kernel/errors.ts';
import { amountSchema, id, managersPin, nothing, timeMs, uid } from '../kernel/scalars.ts';
import { entrySchema } from '../ledger/entries.ts';
import { entryCauseSchema } from '../ledger/facts.ts';

const sums = { balance: amountSchema, point: amountSchema };

/** Reasons of a verdict, by weight; in words: `reasons.<reason>`. */
export const decideReasonSchema = z.enum([
  'fingerprint',
  'two-fingerprints',
  'log-row-of-our-time',
  'exact-movement',
  'exact-stillness',
  'other-movement',
  'no-baseline',
  'no-reading',
  'one-reading',
  'others-undecided',
  'one-sum-fits',
  'log-row-of-this-amount',
  'log-silent',
  'duplicate-refusal',
  'confirmed-on-paper',
  'sending-paused',
]);
export type DecideReasonWord = z.infer<typeof decideReasonSchema>;

/** The evidence, and what the till suggests. */
const shownEvidenceSchema = z.object({
  gatheredAtMs: timeMs,
  suggestion: z.enum(['applied', 'not-applied', 'unclear']),
  double: z.boolean(),
  reasons: z.array(decideReasonSchema).max(20),
  /** The newest reading, and its difference from the baseline. */
  reading: z.object(sums).nullable(),
  moved: z.object(sums).nullable(),
  rows: z
    .array(z.object({ amount: amountSchema, datetime: z.string().max(40), explained: z.boolean() }))
    .max(50),
});
export type ShownEvidence = z.infer<typeof shownEvidenceSchema>;

/** A receipt that says _confirmed_: its till and number. */
const confirmingPaper = z.object({ till: z.string().max(100), reference: z.string().max(12) }).nullable();

const shownPaperSchema = z.object({
  /** The sums before it, according to the printing till. */
  before: z.object({ ...sums, atMs: timeMs }).nullable(),
  confirmed: confirmingPaper,
});
/** A reading made for a manager; acts that move money name its `readingId`. */
const shownReadingSchema = z.object({
  readingId: id,
  atMs: timeMs,
  /** Null if none can ever be made (it can be dropped); `why` tells. */
  sums: z.object(sums).nullable(),
  why: errorCodeSchema.nullable(),
});
export type ShownReading = z.infer<typeof shownReadingSchema>;

const reviewCaseSchema = z.object({
  entry: entrySchema,
  /** Sent back with the answer, so that the first answer wins. */
  version: z.number().int().positive(),
  attempts: z
    .array(
      z.object({
        number: z.number().int().positive(),
        startedAtMs: timeMs,
        sent: z.boolean(),
        cause: entryCauseSchema.nullable(),
      }),
    )
    .max(100),
  /** The sums known before it was sent, and from when. */
  /** `isWithLater`: plus what else was confirmed of the member since. */
  before: z.object({ ...sums, atMs: timeMs, isWithLater: z.boolean().optional() }).nullable(),
  evidence: shownEvidenceSchema.nullable(),
  /** Null if none was scanned. */
  paper: shownPaperSchema.nullable(),
  /** Who has its card now, if another member. */
  cardOf: z.object({ customerUid: uid, number: z.string().max(100), name: z.string().max(200) }).nullable(),
  /** The newest; null if KYBIO must be read first. */
  reading: shownReadingSchema.nullable(),
  /** Sending needs a confirmation. */
  speaksForArrival: z.boolean(),
  /** False: may be confirmed or dropped, never sent. */
  sendable: z.boolean(),
});
export type ShownCase = z.infer<typeof reviewCaseSchema>;

export const reviewAnswerSchema = z.enum(['arrived', 'send', 'drop']);
export type ReviewAnswerWord = z.infer<typeof reviewAnswerSchema>;

/** The reading on screen, and the confirmation if it speaks against the answer. */
const named = { readingId: id.optional(), isMeant: z.boolean().optional() };

export const review = {
  list: channel(nothing, z.object({ cases: z.array(reviewCaseSchema).max(200) }), {
    touches: 'world',
    may: 'signed-in',
  }),
  /** Reads KYBIO for an entry in review; returns it with its new reading. */
  read: channel(z.object({ id }).strict(), reviewCaseSchema, { touches: 'world', may: 'signed-in' }),
  /** A manager's answer; `version` is the entry's state on screen. All but `arrived` name a reading. */
  answer: channel(
    z
      .object({
        id,
        version: z.number().int().positive(),
        answer: reviewAnswerSchema,
        pin: managersPin,
        ...named,
      })
      .strict(),
    entrySchema,
    { touches: 'world', may: 'manager' },
  ),
} as const;
