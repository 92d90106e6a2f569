import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { errorCodeSchema } from '../kernel/errors.ts';
import { amountSchema, count, done, id, managersPin, nothing, timeMs, uid } from '../kernel/scalars.ts';
import { entrySchema } from '../ledger/entries.ts';
import { entryCauseSchema, entryStates } from '../ledger/facts.ts';

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
/** What KYBIO said of a member when a person had it read. Whoever moves money says its `readingId` back. */
export const shownReadingSchema = z.object({
  readingId: id,
  atMs: timeMs,
  /** Null where no reading can ever be had from here: it can be dropped, and `why` says why. */
  sums: z.object(sums).nullable(),
  why: errorCodeSchema.nullable(),
});
export type ShownReading = z.infer<typeof shownReadingSchema>;

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
  before: z.object({ ...sums, atMs: timeMs, isFromRestore: z.boolean() }).nullable(),
  /** Entries of the member that a restore lost, as far as anything still told of them. */
  lost: z.array(z.object({ ...sums, atMs: timeMs, state: z.enum(entryStates) })).max(20),
  evidence: shownEvidenceSchema.nullable(),
  /** What receipts say of it; null where none was scanned. */
  paper: shownPaperSchema.nullable(),
  /** Who has the card now that it was entered for; null where that is nobody else. */
  cardOf: z.object({ customerUid: uid, number: z.string().max(100), name: z.string().max(200) }).nullable(),
  /** The newest; null where KYBIO is to be read before money moves. */
  reading: shownReadingSchema.nullable(),
  /** To send it all the same takes a word more. */
  speaksForArrival: z.boolean(),
  /** False = not vouched for: it can be confirmed or dropped, never sent. */
  sendable: z.boolean(),
});
export type ShownCase = z.infer<typeof reviewCaseSchema>;

/** What KYBIO told of a member; null where it left one out. */
const told = z.object({ balance: amountSchema.nullable(), point: amountSchema.nullable() });

/** An ended entry about which a person is asked. */
export const shownDoubtSchema = z.object({
  id: z.string().max(40),
  kind: z.enum(['possible-double', 'possible-missing']),
  openedAtMs: timeMs,
  entry: entrySchema,
  /** The entry by whose answer it was noticed; the same one where its own was. */
  seenBy: entrySchema,
  /** What was known and what was read or told; null where a receipt raised it. */
  known: told.nullable(),
  read: told.nullable(),
  /** What KYBIO said that the member held after `seenBy`; a part that it left out is not known. */
  after: told,
  reading: shownReadingSchema.nullable(),
  /** What the reading says of the doubt; to mend what does not stand takes a word more. */
  standing: z.enum(['stands', 'gone', 'moved']).nullable(),
  /** The receipt that raised it. */
  paper: confirmingPaper,
});
export type ShownDoubt = z.infer<typeof shownDoubtSchema>;

/** Why a member's sums looked odd beside an entry, though nobody is asked; words under `oddSums.<kind>`. */
export const oddSumKinds = ['surplus', 'shortfall', 'second-unclear', 'no-longer-asked'] as const;

/** Sums that looked odd, as noted of an entry. */
export const shownOddSumsSchema = z.object({
  entryId: z.string().max(40),
  kind: z.enum(oddSumKinds),
  atMs: timeMs,
  /** What was read, less what was known; null where one of the two is not told. */
  off: told,
});
export type ShownOddSums = z.infer<typeof shownOddSumsSchema>;

/** More of one entry say nothing new. */
export const MOST_ODD_SUMS = 5;

export const reviewAnswerSchema = z.enum(['arrived', 'send', 'drop']);
export type ReviewAnswerWord = z.infer<typeof reviewAnswerSchema>;

/** What a person answers by: the reading on the screen, and that they were told where it speaks against it. */
const named = { readingId: id.optional(), isMeant: z.boolean().optional() };

export const reviewTopics = {
  /** Doubts about ended entries that wait for a manager. */
  doubts: count,
} as const;

export const review = {
  list: channel(
    nothing,
    z.object({ cases: z.array(reviewCaseSchema).max(200), doubts: z.array(shownDoubtSchema).max(200) }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** Has KYBIO read for an entry in review or for a doubt; one of the two comes back, with its new reading. */
  read: channel(
    z.object({ id, of: z.enum(['entry', 'doubt']) }).strict(),
    z.object({ case: reviewCaseSchema.nullable(), doubt: shownDoubtSchema.nullable() }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** A manager's answer; the version says which state of the entry was on the screen. All but `arrived` name a reading. */
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
  /** A linked increment that mends a possible double or missing credit. */
  correct: channel(z.object({ doubtId: id, pin: managersPin, ...named }).strict(), entrySchema, {
    touches: 'world',
    may: 'manager',
  }),
  dismiss: channel(z.object({ doubtId: id, pin: managersPin }).strict(), done, {
    touches: 'world',
    may: 'manager',
  }),
  /** What looked odd beside an entry and asks nobody, oldest first. */
  oddSums: channel(
    z.object({ id }).strict(),
    z.object({ notes: z.array(shownOddSumsSchema).max(MOST_ODD_SUMS) }),
    { touches: 'world', may: 'signed-in' },
  ),
} as const;
