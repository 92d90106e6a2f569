import { z } from 'zod';
import { daySchema } from '../counter/rules.ts';
import { channel } from '../kernel/channel.ts';
import { amountSchema, count, done, id, managersPin, nothing, timeMs } from '../kernel/scalars.ts';
import { figureLines } from '../ledger/cells.ts';
import { MAX_TENDER_LENGTH } from '../ledger/tenders.ts';
import { owedAges } from './file-heads.ts';
import { fileWordsSchema } from './file-words.ts';

export const spans = ['day', 'week', 'month'] as const;
export const spanSchema = z.enum(spans);
export type Span = z.infer<typeof spanSchema>;

export const MOST_SHOWN_TILLS = 300;
/** Four weeks of days. */
const MOST_PERIODS = 28;
const MOST_DAYS = 31;
/** The newest ones. */
export const MOST_LISTED_ZS = 4_000;
/** Files of one import. */
export const MOST_PICKED = 400;

const till = z.string().max(120);

const sums = z.object({ entries: count, principal: amountSchema });

const lineSums = sums.extend({ bonus: amountSchema, points: amountSchema });
/** The lines of `cells.ts` that have anything. */
const linesOf = <T extends z.ZodType>(told: T) => z.partialRecord(z.enum(figureLines), told);

/** Shortages and overages are added up apart: too much in one drawer does not make good for what is missing in another. */
const varianceSchema = z.object({ short: amountSchema, over: amountSchema });
export type Variance = z.infer<typeof varianceSchema>;

/** Net by tender; null: without one. They add up to the net beside them. */
const netByTender = z
  .array(z.object({ tender: z.string().max(MAX_TENDER_LENGTH).nullable(), net: amountSchema }))
  .max(200);
export type NetByTender = z.infer<typeof netByTender>;

const addedUp = {
  reports: count,
  entries: count,
  /** Principal, less reversed and refunded late. An imported entry counts where no Z of its own till here has it. */
  net: amountSchema,
  bonus: amountSchema,
  points: amountSchema,
  /** Null where nothing was counted. */
  variance: varianceSchema.nullable(),
  unsettled: sums,
  tenders: netByTender,
  /**
   * They add up to `net`: an entry in several reports is corrected in each. Negative where more of earlier
   * shifts was refunded than came (`beside` in `cells.ts`), or where a report repeats another.
   */
  lines: linesOf(lineSums.extend({ entries: z.number().int() })),
};
/** The newest report of a till up to the end of a period. */
const lastZSchema = z.object({ number: count, businessDay: daySchema, closedAtMs: timeMs });
export type LastZ = z.infer<typeof lastZSchema>;

export const tillsSumSchema = z.object(addedUp);
export type TillsSum = z.infer<typeof tillsSumSchema>;
export const tillRowSchema = z.object({
  ...addedUp,
  /** Identifies the till, whatever its name. */
  key: z.string().max(130),
  till,
  isOwn: z.boolean(),
  lastZ: lastZSchema.nullable(),
});
export type TillRow = z.infer<typeof tillRowSchema>;

/** A Z that must exist and is not here: of a day on which other tills were closed, or by its number. */
export const missingZSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('day'), till, day: daySchema }),
  z.object({ kind: z.literal('numbers'), till, from: count, to: count }),
]);
export type MissingZ = z.infer<typeof missingZSchema>;

/** Different Z reports of one till and number. */
export const doubleZSchema = z.object({ till, number: count, closedAtMs: z.array(timeMs).max(20) });
export type DoubleZ = z.infer<typeof doubleZSchema>;

/** A till that may have been open in a period of which no report is here: what it took is not known. */
const awaitedTillSchema = z.object({ key: z.string().max(130), till, lastZ: lastZSchema.nullable() });
export type AwaitedTill = z.infer<typeof awaitedTillSchema>;

/** What all tills took: their reports, and what this till has in none yet. */
const takenSchema = z.object({ net: amountSchema, entries: count, tenders: netByTender });
export type Taken = z.infer<typeof takenSchema>;

const shopDaySchema = z.object({
  day: daySchema,
  net: amountSchema,
  entries: count,
  /** Null where nothing was counted. */
  variance: varianceSchema.nullable(),
  /** Tills with a report of the day, and those that should have one. */
  reports: count,
  tills: count,
  /** This till has entries in no report yet. */
  isOpen: z.boolean(),
});
export type ShopDay = z.infer<typeof shopDaySchema>;

export const periodSchema = z.object({
  from: daySchema,
  to: daySchema,
  isRunning: z.boolean(),
  tills: z.array(tillRowSchema).max(MOST_SHOWN_TILLS),
  sum: tillsSumSchema,
  awaited: z.array(awaitedTillSchema).max(MOST_SHOWN_TILLS),
  /** This till's entries in no report yet; null where there are none. */
  open: z.object({ entries: count, net: amountSchema, bonus: amountSchema, unsettled: sums }).nullable(),
  all: takenSchema,
  /**
   * All tills in the period before, for a running one in as many of its days as have passed; null where nothing is
   * known.
   */
  against: z.object({ from: daySchema, to: daySchema, net: amountSchema }).nullable(),
  /** Newest first; without days on which nothing is known. */
  days: z.array(shopDaySchema).max(MOST_DAYS),
  /** This till's newest report, whether of the period or of before. */
  ownLastZ: lastZSchema.nullable(),
  missing: z.array(missingZSchema).max(100),
  /** How many more are missing than are listed. */
  missingBeyond: count,
  doubles: z.array(doubleZSchema).max(50),
});
export type Period = z.infer<typeof periodSchema>;

/** A Z that is added up, of this till or from a file. */
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

/** Differing reports of one shift: none counts until the owner chooses one. */
export const zConflictSchema = z.object({
  id,
  /** The digest of the one that counts. */
  picked: z.string().max(64).nullable(),
  variants: z.array(zVariantSchema).min(2).max(20),
});
export type ShownZConflict = z.infer<typeof zConflictSchema>;

/** What the shop owes its members, by the balances that this till knows. */
export const owedSchema = z.object({
  ages: z.array(z.object({ age: z.enum(owedAges), members: count, balance: amountSchema })).length(4),
  /** Members whose balance is below nought; in none of the above. */
  below: z.object({ members: count, balance: amountSchema }),
  /** Null where no balance is known. */
  oldestMs: timeMs.nullable(),
  /**
   * When this till last read all members of the account. Null: never. Of members since, and of those it has not seen
   * for longer than it keeps them, it knows nothing.
   */
  wholeAtMs: timeMs.nullable(),
});
export type Owed = z.infer<typeof owedSchema>;

export const ownerViewSchema = z.object({
  today: daySchema,
  atMs: timeMs,
  /** No report is here, and nothing in none. */
  isEmpty: z.boolean(),
  /** Oldest first; the last one is running. */
  day: z.array(periodSchema).max(MOST_PERIODS),
  week: z.array(periodSchema).max(MOST_PERIODS),
  month: z.array(periodSchema).max(MOST_PERIODS),
  /** Newest first. */
  reports: z.array(listedZSchema).max(MOST_LISTED_ZS),
  unlisted: count,
  /** In any period, newest first. */
  conflicts: z.array(zConflictSchema).max(100),
  /** Imported files that cannot be read any more, and are not counted. */
  unread: count,
  owed: owedSchema,
});
export type OwnerView = z.infer<typeof ownerViewSchema>;

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
  /** Without its folder. */
  file: z.string().max(255),
  /** `differs`: a shift that is known with other contents. */
  outcome: z.enum(['taken', 'known', 'differs', 'refused']),
  problem: z.enum(zFileProblems).nullable(),
  /** Null where nothing in it can be trusted. */
  report: z.object({ till, number: count, businessDay: daySchema }).nullable(),
});
export type PickedZ = z.infer<typeof pickedZSchema>;

const pin = z.object({ pin: managersPin }).strict();

/** All that discloses figures needs a manager. */
export const reports = {
  /** Null where it was cancelled. */
  look: channel(pin, z.object({ view: ownerViewSchema.nullable() }), { touches: 'world', may: 'manager' }),
  cancel: channel(nothing, done, { touches: 'world', may: 'signed-in' }),
  /** With the system's file dialog. */
  importFiles: channel(
    pin,
    z.object({ files: z.array(pickedZSchema).max(MOST_PICKED), left: count, view: ownerViewSchema }),
    { touches: 'computer', may: 'manager' },
  ),
  /** Chooses the report of a conflict that counts; can be changed at any time. */
  pick: channel(
    z.object({ id, digest: z.string().max(64), pin: managersPin }).strict(),
    z.object({ view: ownerViewSchema }),
    { touches: 'world', may: 'manager' },
  ),
  /**
   * A period of all tills as a file that the person chooses, in the words of the page: its figures, its books as a
   * journal, or what the shop owes its members now.
   */
  save: channel(
    z
      .object({
        as: z.enum(['pdf', 'csv', 'books', 'owed']),
        span: spanSchema,
        from: daySchema,
        words: fileWordsSchema,
        pin: managersPin,
      })
      .strict(),
    z.object({ saved: z.object({ entries: count, atMs: timeMs }).nullable() }),
    { touches: 'computer', may: 'manager' },
  ),
  removeFile: channel(z.object({ id, pin: managersPin }).strict(), z.object({ view: ownerViewSchema }), {
    touches: 'world',
    may: 'manager',
  }),
} as const;
