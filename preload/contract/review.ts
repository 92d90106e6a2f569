import { z } from 'zod';
import { channel } from './channel.ts';
import { entryCauseSchema, entrySchema } from './entries.ts';
import { amountSchema, count, done, id, managersPin, nothing, timeMs, uid } from './scalars.ts';

const sums = { balance: amountSchema, point: amountSchema };

/** Why a verdict is what it is, in the order in which the reasons weigh; words under `reasons.<reason>`. */
export const decideReasonSchema = z.enum([
  'fingerprint',
  'two-fingerprints',
  'proven-silence',
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
  'store-not-declared',
  'duplicate-refusal',
  'confirmed-on-paper',
  'sending-paused',
]);
export type DecideReasonWord = z.infer<typeof decideReasonSchema>;

/** What was gathered about an entry, and what the till would do. */
export const shownEvidenceSchema = z.object({
  gatheredAtMs: timeMs,
  suggestion: z.enum(['applied', 'not-applied', 'unclear']),
  double: z.boolean(),
  reasons: z.array(decideReasonSchema).max(20),
  /** The newest reading since, and how far it is from the baseline; null where there is none. */
  reading: z.object(sums).nullable(),
  moved: z.object(sums).nullable(),
  rows: z
    .array(z.object({ amount: amountSchema, datetime: z.string().max(40), explained: z.boolean() }))
    .max(50),
});
export type ShownEvidence = z.infer<typeof shownEvidenceSchema>;

/** A receipt that says that KYBIO had confirmed its entry: the till and the number on it. */
const confirmingPaper = z.object({ till: z.string().max(100), reference: z.string().max(12) }).nullable();

/** What receipts say of an entry. */
export const shownPaperSchema = z.object({
  /** What the member held before it, by the till that printed it. */
  before: z.object({ ...sums, atMs: timeMs }).nullable(),
  confirmed: confirmingPaper,
});
export type ShownPaper = z.infer<typeof shownPaperSchema>;

/** One entry that waits for a manager. */
export const reviewCaseSchema = z.object({
  entry: entrySchema,
  /** Say it back with the answer: who was quicker wins. */
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
  /** What the member held before it was sent, and when that was known. */
  before: z.object({ ...sums, atMs: timeMs }).nullable(),
  evidence: shownEvidenceSchema.nullable(),
  /** What receipts say of it; null where none was scanned. */
  paper: shownPaperSchema.nullable(),
  /** Who has the card now that it was entered for; null where that is nobody else. */
  cardOf: z.object({ customerUid: uid, number: z.string().max(100), name: z.string().max(200) }).nullable(),
  /** False = not vouched for: it can be confirmed or dropped, never sent. */
  sendable: z.boolean(),
});
export type ShownCase = z.infer<typeof reviewCaseSchema>;

/** An ended entry about which a later reply raised a doubt. */
export const shownDoubtSchema = z.object({
  id: z.string().max(40),
  kind: z.enum(['possible-double', 'possible-missing']),
  openedAtMs: timeMs,
  entry: entrySchema,
  seenBy: entrySchema,
  /** What was believed and what was found; null where a receipt raised it. */
  baseline: z.object(sums).nullable(),
  found: z.object(sums).nullable(),
  /** The receipt that raised it. */
  paper: confirmingPaper,
});
export type ShownDoubt = z.infer<typeof shownDoubtSchema>;

export const reviewAnswerSchema = z.enum(['arrived', 'send', 'drop']);
export type ReviewAnswerWord = z.infer<typeof reviewAnswerSchema>;

export const reviewTopics = {
  /** Doubts about ended entries that wait for a manager. */
  doubts: count,
} as const;

export const review = {
  list: channel(
    nothing,
    z.object({ cases: z.array(reviewCaseSchema).max(200), doubts: z.array(shownDoubtSchema).max(200) }),
  ),
  /** A manager's answer; the version says which state of the entry was on the screen. */
  answer: channel(
    z
      .object({ id, version: z.number().int().positive(), answer: reviewAnswerSchema, pin: managersPin })
      .strict(),
    entrySchema,
  ),
  /** A linked increment that mends a possible double or missing credit, after a new reading. */
  correct: channel(z.object({ doubtId: id, pin: managersPin }).strict(), entrySchema),
  dismiss: channel(z.object({ doubtId: id, pin: managersPin }).strict(), done),
  /** Prints what the page shows for print: the sheet for the shop's file. */
  print: channel(nothing, done),
} as const;
