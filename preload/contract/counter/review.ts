import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { errorCodeSchema } from '../kernel/errors.ts';
import { amountSchema, count, done, id, managersPin, nothing, timeMs, uid } from '../kernel/scalars.ts';
import { entrySchema } from '../ledger/entries.ts';
import { entryCauseSchema, entryStates } from '../ledger/facts.ts';

const sums = { balance: amountSchema, point: amountSchema };

/** Reasons of a verdict, by weight; in words: `reasons.<reason>`. */
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
  before: z
    .object({ ...sums, atMs: timeMs, isFromRestore: z.boolean(), isWithLater: z.boolean().optional() })
    .nullable(),
  /** The member's entries that a restore lost, as far as known. */
  lost: z.array(z.object({ ...sums, atMs: timeMs, state: z.enum(entryStates) })).max(20),
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

/** Sums in a reply; null if left out. */
const told = z.object({ balance: amountSchema.nullable(), point: amountSchema.nullable() });

/** A suspected double or missing credit. */
export const shownDoubtSchema = z.object({
  id: z.string().max(40),
  kind: z.enum(['possible-double', 'possible-missing']),
  openedAtMs: timeMs,
  entry: entrySchema,
  /** The entry whose reply raised it, perhaps itself. */
  seenBy: entrySchema,
  /** What was known, and the sums that differ; null if a receipt raised it. */
  known: told.nullable(),
  read: told.nullable(),
  /** The sums after `seenBy`. */
  after: told,
  reading: shownReadingSchema.nullable(),
  /** Whether the reading confirms it; if not, a correction needs a confirmation. */
  standing: z.enum(['stands', 'gone', 'moved']).nullable(),
  paper: confirmingPaper,
});
export type ShownDoubt = z.infer<typeof shownDoubtSchema>;

/** Kinds of odd sums, which are noted without a question; in words: `oddSums.<kind>`. */
export const oddSumKinds = ['surplus', 'shortfall', 'second-unclear', 'no-longer-asked'] as const;

export const shownOddSumsSchema = z.object({
  entryId: z.string().max(40),
  kind: z.enum(oddSumKinds),
  atMs: timeMs,
  /** The reading less what was known; null if unknown. */
  off: told,
});
export type ShownOddSums = z.infer<typeof shownOddSumsSchema>;

/** Notes shown for an entry. */
export const MOST_ODD_SUMS = 5;

export const reviewAnswerSchema = z.enum(['arrived', 'send', 'drop']);
export type ReviewAnswerWord = z.infer<typeof reviewAnswerSchema>;

/** The reading on screen, and the confirmation if it speaks against the answer. */
const named = { readingId: id.optional(), isMeant: z.boolean().optional() };

export const reviewTopics = {
  /** Suspicions that wait for a manager. */
  doubts: count,
} as const;

export const review = {
  list: channel(
    nothing,
    z.object({ cases: z.array(reviewCaseSchema).max(200), doubts: z.array(shownDoubtSchema).max(200) }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** Reads KYBIO for an entry in review or a suspicion; returns the one with its new reading. */
  read: channel(
    z.object({ id, of: z.enum(['entry', 'doubt']) }).strict(),
    z.object({ case: reviewCaseSchema.nullable(), doubt: shownDoubtSchema.nullable() }),
    { touches: 'world', may: 'signed-in' },
  ),
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
  /** Adds a linked increment that corrects a double or missing credit. */
  correct: channel(z.object({ doubtId: id, pin: managersPin, ...named }).strict(), entrySchema, {
    touches: 'world',
    may: 'manager',
  }),
  dismiss: channel(z.object({ doubtId: id, pin: managersPin }).strict(), done, {
    touches: 'world',
    may: 'manager',
  }),
  /** Oldest first. */
  oddSums: channel(
    z.object({ id }).strict(),
    z.object({ notes: z.array(shownOddSumsSchema).max(MOST_ODD_SUMS) }),
    { touches: 'world', may: 'signed-in' },
  ),
} as const;
