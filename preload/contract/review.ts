import { z } from 'zod';
import { amountSchema } from './money.ts';
import { entrySchema, scannerSchema } from './snapshot.ts';
import { entryCauseSchema } from './states.ts';

const timeMs = z.number().int().nonnegative();
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
  'sending-paused',
]);
export type DecideReasonWord = z.infer<typeof decideReasonSchema>;

/** What was gathered about an entry, and what the till would do. */
export const evidenceViewSchema = z.object({
  gatheredAtMs: timeMs,
  suggestion: z.enum(['applied', 'not-applied', 'unclear']),
  double: z.boolean(),
  reasons: z.array(decideReasonSchema).max(20),
  /** The newest reading since, and how far it is from what was believed; null where there is none. */
  reading: z.object(sums).nullable(),
  moved: z.object(sums).nullable(),
  rows: z
    .array(z.object({ amount: amountSchema, datetime: z.string().max(40), explained: z.boolean() }))
    .max(50),
});
export type EvidenceView = z.infer<typeof evidenceViewSchema>;

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
  evidence: evidenceViewSchema.nullable(),
  /** False = not vouched for: it can be confirmed or dropped, never sent. */
  sendable: z.boolean(),
});
export type ReviewCaseView = z.infer<typeof reviewCaseSchema>;

/** An ended entry about which a later reply raised a doubt. */
export const doubtViewSchema = z.object({
  id: z.string().max(40),
  kind: z.enum(['possible-double', 'possible-missing']),
  openedAtMs: timeMs,
  entry: entrySchema,
  seenBy: entrySchema,
  believed: z.object(sums),
  found: z.object(sums),
});
export type DoubtView = z.infer<typeof doubtViewSchema>;

export const reviewAnswerSchema = z.enum(['arrived', 'send', 'drop']);
export type ReviewAnswerWord = z.infer<typeof reviewAnswerSchema>;

/** A manager's settings about offline entries and about what the till may decide alone. */
export const policySchema = z
  .object({
    /**
     * Nothing but this till changes these members' balances and points, at any time: what a reading is compared
     * with may be hours older than the send (ADR 9).
     */
    singleWriter: z.boolean(),
    /** Every till of the account has its own number. */
    tillNumbersDeclared: z.boolean(),
    quiescenceMs: z.number().int().min(150_000).max(3_600_000),
    secondReadingMs: z.number().int().min(60_000).max(3_600_000),
    /** What waited longer than this is looked at before it is sent, as is what waited over a start. */
    lookAfterMs: z.number().int().min(60_000).max(86_400_000),
    /** Largest top-up, most points of one increment. */
    balanceCap: amountSchema,
    pointCap: amountSchema,
    /** What may wait unsent, a member and this till. */
    memberWaitingCap: amountSchema,
    tillWaitingCap: amountSchema,
    /** New entries stop when nothing could be sent for this long, until a manager continues. */
    offlineWindowMs: z
      .number()
      .int()
      .min(60_000)
      .max(30 * 86_400_000),
    /** The same member and amount within this time asks first. */
    repeatWithinMs: z.number().int().min(0).max(86_400_000),
    callsPerDay: z.number().int().min(10).max(1_000_000),
    callsKeptForIncrements: z.number().int().min(0).max(1_000_000),
    /** A member who was read within this time is not read again by a look-up; 0 always reads. */
    memberFreshMs: z.number().int().min(0).max(3_600_000),
    /** How the scanner types; see `scannerSchema`. */
    scanMeanGapMs: scannerSchema.shape.meanGapMs,
    scanPrefix: scannerSchema.shape.prefix,
    scanSuffix: scannerSchema.shape.suffix,
    scanEnd: scannerSchema.shape.end,
    keypad: z.boolean(),
  })
  .strict();
export type Policy = z.infer<typeof policySchema>;

export const policyViewSchema = z
  .object({
    policy: policySchema,
    /** A single writer was declared under older words, which relied on less: it counts as not declared. */
    isAskedAnew: z.boolean(),
  })
  .strict();

/** What the check-up asks a host, in the order in which it asks. */
export const checkUpQuestions = [
  'gifts-added',
  'same-bytes-at-once',
  'same-bytes-after-a-minute',
  'same-bytes-after-an-hour',
  'same-bytes-after-a-day',
  'rejected-sent-again',
  'in-the-recharge-log',
  'points-in-the-recharge-log',
  'reversal-in-the-recharge-log',
  'decimals',
  'id-as-text',
  'below-zero',
  'below-zero-validated',
  'time-stamp-skew',
  'wrong-key',
  'ids-exact',
  'spent-quota',
] as const;
export const checkUpQuestionSchema = z.enum(checkUpQuestions);
export type CheckUpQuestion = z.infer<typeof checkUpQuestionSchema>;

/** What the till itself has to say of an answer; words under `checkUp.notes.<note>`. */
export const checkUpNotes = [
  /** The one before settles it. */
  'not-asked',
  'interrupted',
  'credited-twice',
  'clocks-disagree',
  /** A refusal in unknown words, which no other age has repeated or some age has not. */
  'not-repeated',
  'no-such-log',
  'no-row',
  'other-rows',
  'other-sum',
  'holds-too-much',
  /** Rejected the first time, its bytes were answered in another way the second time. */
  'not-rejected-again',
  /** Twice the same came on top of what was sent. */
  'gift-on-top',
  /** It shows by itself, on the day it happens. */
  'not-met-yet',
] as const;
export const checkUpNoteSchema = z.enum(checkUpNotes);
export type CheckUpNote = z.infer<typeof checkUpNoteSchema>;

/** What was measured with an answer. */
export const checkUpFiguresSchema = z.object({
  ageMs: z.number().optional(),
  delayMs: z.number().optional(),
  carriesOurTime: z.boolean().optional(),
  decimals: z.number().optional(),
  skewMs: z.number().optional(),
});
export type CheckUpFigures = z.infer<typeof checkUpFiguresSchema>;

export const checkUpSchema = z.object({
  state: z.enum(['never', 'running', 'waiting', 'done', 'stopped', 'failed']),
  /** The test member's number. */
  memberNumber: z.string().max(100),
  startedAtMs: timeMs.nullable(),
  /** When the next question can be asked: an hour, a day after the first. */
  nextAtMs: timeMs.nullable(),
  answers: z
    .array(
      z.object({
        question: checkUpQuestionSchema,
        /** `yes` / `no` to the question as it is worded on the screen; `unclear` counts as the worst. */
        answer: z.enum(['yes', 'no', 'unclear']),
        /** KYBIO's own, where it said any. */
        words: z.string().max(500),
        note: checkUpNoteSchema.nullable(),
        figures: checkUpFiguresSchema,
        atMs: timeMs,
      }),
    )
    .max(50),
  /** All test credits are taken back. */
  reversed: z.boolean(),
  problem: z.string().max(200).nullable(),
});
export type CheckUp = z.infer<typeof checkUpSchema>;
