import { z } from 'zod';
import { MOST_ODD_SUMS, shownOddSumsSchema } from '../counter/review.ts';
import { daySchema } from '../counter/rules.ts';
import { channel } from '../kernel/channel.ts';
import { amountSchema, count, done, managersPin, nothing, timeMs, uid } from '../kernel/scalars.ts';
import { entrySchema } from '../ledger/entries.ts';

/** What entries and rows of KYBIO's log are sorted into; together they hold each of them once. */
export const matchPiles = ['matched', 'only-ours', 'only-kybio', 'unclear'] as const;
export type MatchPile = (typeof matchPiles)[number];

/** Why something lies in its pile; the screen has a sentence for each, with what to do (`matching.reasons.<reason>`). */
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

/** A day, a span of days, or a member. */
export const matchAskSchema = z.discriminatedUnion('of', [
  z.object({ of: z.literal('days'), from: daySchema, to: daySchema }).strict(),
  z.object({ of: z.literal('member'), customerUid: uid }).strict(),
]);
export type MatchAsk = z.infer<typeof matchAskSchema>;

/** The same, with the member's name as this till has it. */
const shownAskSchema = z.discriminatedUnion('of', [
  z.object({ of: z.literal('days'), from: daySchema, to: daySchema }),
  z.object({
    of: z.literal('member'),
    customerUid: uid,
    number: z.string().max(100),
    name: z.string().max(200),
  }),
]);
export type ShownMatchAsk = z.infer<typeof shownAskSchema>;

/** What the till knows of the log before a call is spent on it: the check-up saw top-ups of programs there, or did not, or never asked. */
export const logKnowledges = ['lists', 'not-seen', 'not-asked'] as const;
export type LogKnowledge = (typeof logKnowledges)[number];

/** Why it waits, and goes on by itself; or why it cannot go on. */
export const matchWhys = [
  'entries',
  'budget',
  'network',
  'pause',
  'no-answer',
  'disk',
  // It cannot
  'refused',
  'unreadable',
  'same-page',
  'looping',
  'too-long',
] as const;
export type MatchWhy = (typeof matchWhys)[number];

/** What lies in a pile: entries of this till, rows of KYBIO's log, and what each adds up to. */
export const matchSidesSchema = z.object({
  entries: count,
  ours: amountSchema,
  rows: count,
  kybio: amountSchema,
});
export type MatchSides = z.infer<typeof matchSidesSchema>;

export const pilesSchema = z.object({
  matched: matchSidesSchema,
  'only-ours': matchSidesSchema,
  'only-kybio': matchSidesSchema,
  unclear: matchSidesSchema,
} satisfies Record<MatchPile, z.ZodType>);
export type MatchPiles = z.infer<typeof pilesSchema>;

/** The same as it is shown: a sum is null as long as it would tell what a drawer that is counted blind holds. */
const shownSidesSchema = matchSidesSchema.extend({
  ours: amountSchema.nullable(),
  kybio: amountSchema.nullable(),
});
export type ShownMatchSides = z.infer<typeof shownSidesSchema>;

const shownPilesSchema = z.object({
  matched: shownSidesSchema,
  'only-ours': shownSidesSchema,
  'only-kybio': shownSidesSchema,
  unclear: shownSidesSchema,
} satisfies Record<MatchPile, z.ZodType>);

/** How many lie in a pile, and never a sum: whoever counts a drawer blind may look at the report of its shift. */
const countsSchema = z.object({ entries: count, rows: count });

/** Days of a shift that are told one by one. */
export const MOST_SHIFT_DAYS = 31;

/** A day of the store on which something of a shift was entered, and whether it was ever matched: as of now, and no part of a Z. */
const shiftDaySchema = z.object({
  day: daySchema,
  match: z
    .object({
      askedAtMs: timeMs,
      /** Who began it; null where that is not known any more. */
      by: z.string().max(120).nullable(),
      /** False: the day was not over when KYBIO was asked. */
      isWhole: z.boolean(),
      piles: z.object({
        matched: countsSchema,
        'only-ours': countsSchema,
        'only-kybio': countsSchema,
        unclear: countsSchema,
      } satisfies Record<MatchPile, z.ZodType>),
    })
    .nullable(),
});
export type ShiftDay = z.infer<typeof shiftDaySchema>;

export const matchRowSchema = z.object({
  /** As KYBIO wrote it. */
  time: z.string().max(40),
  /** With what KYBIO's own rules gave on top. */
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

/** What is shown of one of a pile; of a tangle the first few. */
const MOST_SHOWN = 5;

export const matchItemSchema = z.object({
  key: z.string().max(40),
  reason: z.enum(matchReasons),
  entries: z.array(entrySchema).max(MOST_SHOWN),
  rows: z.array(matchRowSchema).max(MOST_SHOWN),
  /** What looked odd beside these entries. */
  odd: z.array(shownOddSumsSchema).max(MOST_SHOWN * MOST_ODD_SUMS),
  /** What is left out of them. */
  more: count,
});
export type MatchItem = z.infer<typeof matchItemSchema>;

export const MOST_MATCH_ITEMS = 50;

const summarySchema = z.object({
  piles: shownPilesSchema,
  /** All that was compared. */
  all: shownSidesSchema,
  askedAtMs: timeMs,
  log: z.enum(logKnowledges),
  /** The newest row that KYBIO's log has, as it wrote it; null where it has none. */
  logEndsAt: z.string().max(40).nullable(),
  /** By how many hours the log's times are off, where they are. */
  hoursOff: z.number().nullable(),
  /** Entries of points alone, of which the log says nothing. */
  pointsOnly: count,
  /** Of a member: rows from before this till had an entry for them. */
  before: count,
});
export type MatchSummary = z.infer<typeof summarySchema>;

export const matchingTopics = {
  /** The newest matching with KYBIO's log; null before there was one. */
  matching: z
    .object({
      ask: shownAskSchema,
      /** `held`: it goes on by itself. `stopped`: a person goes on with it, or begins anew. */
      state: z.enum(['reading', 'held', 'stopped', 'failed', 'done']),
      why: z.enum(matchWhys).nullable(),
      calls: count,
      rows: count,
      startedAtMs: timeMs,
    })
    .nullable(),
} as const;

/** Longer than any sentence of what to do. */
const MOST_WORDS = 1_000;

export const matching = {
  /** What it would cost, before anything is asked. Errors: `match-days-invalid`, `match-too-long`, `match-in-future`, `member-not-found`. */
  plan: channel(
    z.object({ ask: matchAskSchema }).strict(),
    z.object({
      /** About so many; how many pages KYBIO has is known when they were read. */
      calls: count,
      /** Left today for look-ups, and kept back for top-ups. */
      left: count,
      kept: count,
      isAffordable: z.boolean(),
      log: z.enum(logKnowledges),
    }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** A manager's. Null goes on with what was stopped; anything else begins anew. Errors: those of `plan`, `match-too-dear`, `match-none`. */
  start: channel(z.object({ ask: matchAskSchema.nullable(), pin: managersPin }).strict(), done, {
    touches: 'world',
    may: 'manager',
  }),
  stop: channel(nothing, done, { touches: 'world', may: 'signed-in' }),
  /**
   * All four piles into a file that a person picks: a guarded act. `words` are what to do, in the language of the screen;
   * `saved` is null where no file was picked or it was called off. Errors: `match-none`, and those of `find.export`.
   */
  export: channel(
    z
      .object({ words: z.record(z.enum(matchReasons), z.string().max(MOST_WORDS)), pin: managersPin })
      .strict(),
    z.object({ saved: z.object({ entries: count, atMs: timeMs }).nullable() }),
    { touches: 'computer', may: 'export' },
  ),
  /** Whether the days of the open shift (null), or of a closed one, were matched; the newest days first. Errors: `shift-none`, `shift-not-found`. */
  ofShift: channel(
    z.object({ number: count.nullable() }).strict(),
    z.object({ days: z.array(shiftDaySchema).max(MOST_SHIFT_DAYS), more: count }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** A part of a pile, and how all of them stand; null before the log was read. */
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
