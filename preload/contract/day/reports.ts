import { z } from 'zod';
import { daySchema } from '../counter/rules.ts';
import { channel } from '../kernel/channel.ts';
import { amountSchema, count, done, id, managersPin, nothing, timeMs } from '../kernel/scalars.ts';
import { figureLines } from '../ledger/cells.ts';
import { MAX_TENDER_LENGTH } from '../ledger/tenders.ts';

/** What figures are put together by. */
export const spans = ['day', 'week', 'month'] as const;
export const spanSchema = z.enum(spans);
export type Span = z.infer<typeof spanSchema>;

/** Tills of one shop that are told of. */
const MOST_TILLS = 100;
/** Periods of one span: four weeks of days. */
const MOST_PERIODS = 28;
/** Z reports that are listed, the newest. */
export const MOST_LISTED_ZS = 4_000;
/** Files that one import takes. */
export const MOST_PICKED = 400;

const till = z.string().max(120);

const sums = z.object({ entries: count, principal: amountSchema });

const lineSums = sums.extend({ bonus: amountSchema, points: amountSchema });
/** Each line of `cells.ts` of which there is anything to tell. */
const linesOf = <T extends z.ZodType>(told: T) => z.partialRecord(z.enum(figureLines), told);

/** What was entered on some days of business at this till, as it stands now. */
export const figuresSchema = z.object({
  /** Top-ups that were not given back: done, waiting, checking or in review. */
  topUps: count,
  /** Taken, less what was reversed. */
  net: amountSchema,
  /** Bonus and points that members have of it, less what reversals took back. */
  bonus: amountSchema,
  points: amountSchema,
  lines: linesOf(lineSums),
  /** Members who were topped up, each once. */
  members: count,
  /** What is left of each way to pay, less what was reversed. Null: nobody was asked. */
  tenders: z
    .array(
      z.object({ tender: z.string().max(MAX_TENDER_LENGTH).nullable(), entries: count, net: amountSchema }),
    )
    .max(200),
});
export type Figures = z.infer<typeof figuresSchema>;

/**
 * How counts differ from what was to be there: what was missing and what was over, each added up for itself. What one till,
 * day or way to pay has too much of makes good for nothing that is missing in another.
 */
const varianceSchema = z.object({ short: amountSchema, over: amountSchema });
export type Variance = z.infer<typeof varianceSchema>;

/** What the Z reports of a till, or of all, add up to. */
const addedUp = {
  reports: count,
  entries: count,
  /**
   * Principal, less what was reversed and what was given back late. Of what receipts brought from other tills, what is in no
   * Z report of theirs here.
   */
  net: amountSchema,
  bonus: amountSchema,
  points: amountSchema,
  /** Null where nothing was counted. */
  variance: varianceSchema.nullable(),
  unsettled: sums,
  /**
   * They come to the net: what several reports tell of one entry is mended on each. Below nought where more of earlier shifts'
   * was given back than came (`beside` in `cells.ts`), or where a report tells again of what another has told. `lacking`: so
   * many of the reports do not tell all of the line, which earlier versions wrote.
   */
  lines: linesOf(lineSums.extend({ entries: z.number().int(), lacking: count })),
};
export const tillsSumSchema = z.object(addedUp);
export type TillsSum = z.infer<typeof tillsSumSchema>;
export const tillRowSchema = z.object({
  ...addedUp,
  /** Tells this till from every other, whatever it is called. */
  key: z.string().max(130),
  till,
  isOwn: z.boolean(),
});
export type TillRow = z.infer<typeof tillRowSchema>;

/** A Z that somebody has, and this till has not: of a day on which other tills were closed, or by its number. */
export const missingZSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('day'), till, day: daySchema }),
  z.object({ kind: z.literal('numbers'), till, from: count, to: count }),
]);
export type MissingZ = z.infer<typeof missingZSchema>;

/** Different Z reports of one till and number. */
export const doubleZSchema = z.object({ till, number: count, closedAtMs: z.array(timeMs).max(20) });
export type DoubleZ = z.infer<typeof doubleZSchema>;

export const periodSchema = z.object({
  from: daySchema,
  to: daySchema,
  /** Today is one of its days. */
  isRunning: z.boolean(),
  figures: figuresSchema,
  /** The period before; of a running one as many of its days as are gone. Null where nothing was entered then. */
  before: z.object({ from: daySchema, to: daySchema, figures: figuresSchema }).nullable(),
  tills: z.array(tillRowSchema).max(MOST_TILLS),
  sum: tillsSumSchema,
  missing: z.array(missingZSchema).max(100),
  doubles: z.array(doubleZSchema).max(50),
});
export type Period = z.infer<typeof periodSchema>;

/** A Z that is added up: one of this till, or one from a file. */
export const listedZSchema = z.object({
  id,
  till,
  isOwn: z.boolean(),
  number: count,
  businessDay: daySchema,
  closedAtMs: timeMs,
  closedBy: z.string().max(120),
  net: amountSchema,
  variance: varianceSchema.nullable(),
});
export type ListedZ = z.infer<typeof listedZSchema>;

/** What an account of a shift says that there is another account of. */
const zVariantSchema = listedZSchema
  .pick({
    till: true,
    number: true,
    businessDay: true,
    isOwn: true,
    closedAtMs: true,
    closedBy: true,
    net: true,
  })
  .extend({ digest: z.string().max(64), entries: count });

/** One Z that is here with different contents: none of them counts until the owner picks one. */
export const zConflictSchema = z.object({
  id,
  /** The digest of the one that counts. */
  picked: z.string().max(64).nullable(),
  variants: z.array(zVariantSchema).min(2).max(20),
});
export type ShownZConflict = z.infer<typeof zConflictSchema>;

export const ownerViewSchema = z.object({
  today: daySchema,
  atMs: timeMs,
  /** Nothing was ever entered here. */
  isEmpty: z.boolean(),
  /** Oldest first; the last one is running. */
  day: z.array(periodSchema).max(MOST_PERIODS),
  week: z.array(periodSchema).max(MOST_PERIODS),
  month: z.array(periodSchema).max(MOST_PERIODS),
  /** Newest first. */
  reports: z.array(listedZSchema).max(MOST_LISTED_ZS),
  unlisted: count,
  /** Whatever period is looked at, the newest first. */
  conflicts: z.array(zConflictSchema).max(100),
  /** Kept files that cannot be read any more, and are not counted. */
  unread: count,
});
export type OwnerView = z.infer<typeof ownerViewSchema>;

/** Why a file is not counted. */
export const zFileProblems = [
  'foreign',
  'cut-off',
  'newer',
  'practice',
  'live',
  'other-shop',
  'other-currency',
  'forged',
  'impossible',
  'too-large',
  'unreadable',
  'not-kept',
  'full',
] as const;
export type ZFileProblem = (typeof zFileProblems)[number];

export const pickedZSchema = z.object({
  /** Its name, without where it lay. */
  file: z.string().max(255),
  /** `differs`: another account of a shift that is known. */
  outcome: z.enum(['taken', 'known', 'differs', 'refused']),
  problem: z.enum(zFileProblems).nullable(),
  /** Null where it says nothing that can be relied on. */
  report: z.object({ till, number: count, businessDay: daySchema }).nullable(),
});
export type PickedZ = z.infer<typeof pickedZSchema>;

const pin = z.object({ pin: managersPin }).strict();

export const reportsTopics = {
  /** How many of the days are added up; null while nobody looks. */
  ownerPercent: z.number().int().min(0).max(100).nullable(),
} as const;

/** A manager's, all that tells anything. */
export const reports = {
  /** Null where it was called off meanwhile. */
  look: channel(pin, z.object({ view: ownerViewSchema.nullable() }), { touches: 'world', may: 'manager' }),
  /** Calls off the look that is under way. */
  cancel: channel(nothing, done, { touches: 'world', may: 'signed-in' }),
  /** Asks for files, with the system's own dialog. */
  importFiles: channel(
    pin,
    z.object({ files: z.array(pickedZSchema).max(MOST_PICKED), left: count, view: ownerViewSchema }),
    { touches: 'computer', may: 'manager' },
  ),
  /** Picks which of the different contents of one Z counts. It can be picked anew at any time. */
  pick: channel(
    z.object({ id, digest: z.string().max(64), pin: managersPin }).strict(),
    z.object({ view: ownerViewSchema }),
    { touches: 'world', may: 'manager' },
  ),
  /** Takes an imported Z out again. */
  removeFile: channel(z.object({ id, pin: managersPin }).strict(), z.object({ view: ownerViewSchema }), {
    touches: 'world',
    may: 'manager',
  }),
} as const;
