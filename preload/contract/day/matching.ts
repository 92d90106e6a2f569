import { z } from 'zod';
import { daySchema } from '../counter/rules.ts';
import { channel } from '../kernel/channel.ts';
import { amountSchema, count, done, managersPin, nothing, timeMs, uid } from '../kernel/scalars.ts';
import { entrySchema } from '../ledger/entries.ts';
import { fileWordsSchema } from './file-words.ts';

/** Every entry and every row of KYBIO's log is in exactly one pile. */
export const matchPiles = ['matched', 'only-ours', 'only-kybio', 'unclear'] as const;
export type MatchPile = (typeof matchPiles)[number];

/** Why something is in its pile; `matching.reasons.<reason>` says what to do. */
export const matchReasons = [
  // Matched
  'same-time',
  'near-time',
  // Only this till's
  'silent',
  'silent-without-reply',
  'after-the-log',
  'after-asking',
  'waiting',
  'checking',
  'review',
  // Only KYBIO's
  'elsewhere',
  'member-unknown',
  // Unclear
  'two-rows',
  'two-candidates',
  'rounded-id',
  'time-differs',
  'time-cut-off',
  'hours-off',
  'sum-differs',
  'no-member',
  'row-twice',
  'time-unreadable',
  'found-while-open',
  'found-though-refused',
] as const;
export type MatchReason = (typeof matchReasons)[number];

const askOfDays = { of: z.literal('days'), from: daySchema, to: daySchema };
const askOfMember = { of: z.literal('member'), customerUid: uid };
export const matchAskSchema = z.discriminatedUnion('of', [
  z.object(askOfDays).strict(),
  z.object(askOfMember).strict(),
]);
export type MatchAsk = z.infer<typeof matchAskSchema>;

/** With the member's name as stored here. */
const shownAskSchema = z.discriminatedUnion('of', [
  z.object(askOfDays),
  z.object({ ...askOfMember, number: z.string().max(100), name: z.string().max(200) }),
]);
export type ShownMatchAsk = z.infer<typeof shownAskSchema>;

/** By the host check-up: the log lists top-ups made through the API, does not, or was never checked. */
export const logKnowledges = ['lists', 'not-seen', 'not-asked'] as const;
export type LogKnowledge = (typeof logKnowledges)[number];

/** Reasons to wait, and reasons to fail. */
export const matchWhys = [
  'entries',
  'budget',
  'network',
  'pause',
  'no-answer',
  'disk',
  // Failed
  'refused',
  'unreadable',
  'same-page',
  'looping',
  'too-long',
] as const;
export type MatchWhy = (typeof matchWhys)[number];

export const matchSidesSchema = z.object({
  entries: count,
  ours: amountSchema,
  rows: count,
  kybio: amountSchema,
});
export type MatchSides = z.infer<typeof matchSidesSchema>;

const ofPiles = <T extends z.ZodType>(of: T) =>
  z.object({ matched: of, 'only-ours': of, 'only-kybio': of, unclear: of } satisfies Record<MatchPile, T>);
export const pilesSchema = ofPiles(matchSidesSchema);
export type MatchPiles = z.infer<typeof pilesSchema>;

const countsSchema = z.object({ entries: count, rows: count });

export const MOST_SHIFT_DAYS = 31;

/** A store day with entries of a shift, and its newest matching; no part of a Z. */
const shiftDaySchema = z.object({
  day: daySchema,
  match: z
    .object({
      askedAtMs: timeMs,
      /** Null where it is not known any more. */
      by: z.string().max(120).nullable(),
      /** False: KYBIO was asked before the day was over. */
      isWhole: z.boolean(),
      piles: ofPiles(countsSchema),
    })
    .nullable(),
});
export type ShiftDay = z.infer<typeof shiftDaySchema>;

export const matchRowSchema = z.object({
  time: z.string().max(40),
  /** Including what KYBIO's own rules added. */
  sum: amountSchema,
  gift: amountSchema,
  payMethod: z.string().max(100),
  account: z.string().max(100),
  remark: z.string().max(200),
  /** Null where the till does not know the member. */
  member: z.object({ name: z.string().max(200), number: z.string().max(100) }).nullable(),
  customerUid: z.string().max(30).nullable(),
});
export type MatchRow = z.infer<typeof matchRowSchema>;

/** At most so many entries and rows of a tangle. */
const MOST_SHOWN = 5;

export const matchItemSchema = z.object({
  key: z.string().max(40),
  reason: z.enum(matchReasons),
  entries: z.array(entrySchema).max(MOST_SHOWN),
  rows: z.array(matchRowSchema).max(MOST_SHOWN),
  /** Entries and rows beyond the limit. */
  more: count,
});
export type MatchItem = z.infer<typeof matchItemSchema>;

export const MOST_MATCH_ITEMS = 50;

const summarySchema = z.object({
  piles: pilesSchema,
  all: matchSidesSchema,
  askedAtMs: timeMs,
  log: z.enum(logKnowledges),
  /** The newest row's time as KYBIO wrote it; null for an empty log. */
  logEndsAt: z.string().max(40).nullable(),
  /** Hours by which the log's times are off; null where they are not. */
  hoursOff: z.number().nullable(),
  /** Entries of points alone, which the log does not list. */
  pointsOnly: count,
  /** A member's rows from before this till's first entry for them. */
  before: count,
});
export type MatchSummary = z.infer<typeof summarySchema>;

export const matchingTopics = {
  /** The newest matching with KYBIO's log; null before the first. */
  matching: z
    .object({
      ask: shownAskSchema,
      /** `held` continues by itself, `stopped` only when a person resumes it. */
      state: z.enum(['reading', 'held', 'stopped', 'failed', 'done']),
      why: z.enum(matchWhys).nullable(),
      calls: count,
      rows: count,
      startedAtMs: timeMs,
    })
    .nullable(),
} as const;

/** Longer than any instruction. */
const MOST_WORDS = 1_000;

export const matching = {
  /**
   * The cost, before any call. Errors: `match-days-invalid`, `match-too-long`, `match-in-future`,
   * `member-not-found`.
   */
  plan: channel(
    z.object({ ask: matchAskSchema }).strict(),
    z.object({
      /** An estimate: only reading shows how many pages KYBIO has. */
      calls: count,
      /** Left today for look-ups; `kept` is reserved for top-ups. */
      left: count,
      kept: count,
      isAffordable: z.boolean(),
      log: z.enum(logKnowledges),
    }),
    { touches: 'world', may: 'signed-in' },
  ),
  /**
   * Null resumes what was stopped; anything else begins anew. Errors: those of `plan`, `match-too-dear`,
   * `match-none`.
   */
  start: channel(z.object({ ask: matchAskSchema.nullable(), pin: managersPin }).strict(), done, {
    touches: 'world',
    may: 'manager',
  }),
  stop: channel(nothing, done, { touches: 'world', may: 'signed-in' }),
  /**
   * All piles into a file that the person chooses: a guarded act. `words` are the instructions in the
   * screen's language; `saved` is null where none was chosen or it was cancelled. Errors: `match-none`, and
   * those of `find.export`.
   */
  export: channel(
    z
      .object({
        words: z.record(z.enum(matchReasons), z.string().max(MOST_WORDS)),
        /** In these words, as people read it; absent: all columns by their names. */
        file: fileWordsSchema.optional(),
        pin: managersPin,
      })
      .strict(),
    z.object({ saved: z.object({ entries: count, atMs: timeMs }).nullable() }),
    { touches: 'computer', may: 'export' },
  ),
  /**
   * Whether the days of a shift were matched, null for the open one; newest first. Errors: `shift-none`,
   * `shift-not-found`.
   */
  ofShift: channel(
    z.object({ number: count.nullable() }).strict(),
    z.object({
      days: z.array(shiftDaySchema).max(MOST_SHIFT_DAYS),
      more: count,
      /** False: the check-up did not see this till's top-ups in KYBIO's log. */
      isPossible: z.boolean(),
    }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** A page of a pile, with the summary; null before the log was read. */
  pile: channel(
    z.object({ pile: z.enum(matchPiles), from: count }).strict(),
    z.object({
      found: z
        .object({ summary: summarySchema, items: z.array(matchItemSchema).max(MOST_MATCH_ITEMS), all: count })
        .nullable(),
    }),
    { touches: 'world', may: 'signed-in' },
  ),
} as const;
export type MatchPlan = z.infer<(typeof matching)['plan']['reply']>;
