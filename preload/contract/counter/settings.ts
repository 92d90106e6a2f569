import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { languages } from '../kernel/languages.ts';
import { compareAmounts, MOST_QUICK_AMOUNTS, zeroAmount } from '../kernel/money.ts';
import { amountSchema, done, managersPin, nothing } from '../kernel/scalars.ts';
import { isTender, MAX_TENDER_LENGTH, MOST_OWN_TENDERS, standardTenders } from '../ledger/tenders.ts';

/** How this till's scanner types. */
export const scannerSchema = z.object({
  /** The longest mean time between two characters of one scan. */
  meanGapMs: z.number().int().min(5).max(100),
  /** What the shop's scanner puts before and behind every code; stripped. */
  prefix: z.string().max(20),
  suffix: z.string().max(20),
  /** The key that ends a scan. */
  end: z.enum(['either', 'enter', 'tab']),
});
export type ScannerSettings = z.infer<typeof scannerSchema>;

/** A manager's settings about offline entries and about what the till may decide alone. */
export const policySchema = z
  .object({
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
    /** A member whom the host has not told of for so long is kept no longer. */
    memberKeptMs: z
      .number()
      .int()
      .min(86_400_000)
      .max(3_650 * 86_400_000),
    /** After a manager's PIN no act asks for it again for so long; 0: each asks. */
    managerUnlockedMs: z.number().int().min(0).max(3_600_000),
    /** With people set up, a till that nobody touches for so long asks who is there; 0: it does not. */
    peopleLockAfterMs: z.number().int().min(0).max(3_600_000),
    /** How the scanner types; see `scannerSchema`. */
    scanMeanGapMs: scannerSchema.shape.meanGapMs,
    scanPrefix: scannerSchema.shape.prefix,
    scanSuffix: scannerSchema.shape.suffix,
    scanEnd: scannerSchema.shape.end,
    keypad: z.boolean(),
    /** Sums that one press puts into the form; none are offered where there are none. */
    quickAmounts: z
      .array(amountSchema.refine((value) => compareAmounts(value, zeroAmount) > 0))
      .max(MOST_QUICK_AMOUNTS),
    /** How members may pay, in the order in which the form offers them; where there are none, nobody is asked. */
    tenders: z
      .array(z.string().max(MAX_TENDER_LENGTH).refine(isTender))
      .max(standardTenders.length + MOST_OWN_TENDERS),
    /** What the screens are written in; what was taken from the computer when the till was set up, or another. */
    screenLanguage: z.enum(['as-set-up', ...languages]),
    /** When an update may be put in place by itself, in minutes of the store's day; both the same: only at a start. */
    updateFromMinute: z.number().int().min(0).max(1_440),
    updateToMinute: z.number().int().min(0).max(1_440),
    /** How much of the line its download may take. */
    updateKilobytesPerSecond: z.number().int().min(16).max(100_000),
    /** On a line that costs by use: a version is downloaded when a manager asks for it, and not by itself. */
    updateOnPress: z.boolean(),
    /** When the business day ends, in minutes of the store's day; from noon on it ends on the day before it is named for. */
    businessDayEndsAtMinute: z.number().int().min(0).max(1_439),
    /** Whoever counts the drawer is not told before what is to be in it. */
    blindCount: z.boolean(),
    /** A count that is off by more is made again, and then takes a reason and a manager. */
    varianceLimit: amountSchema.refine((value) => compareAmounts(value, zeroAmount) >= 0),
    /** The largest float that a shift opens with. */
    floatCap: amountSchema.refine((value) => compareAmounts(value, zeroAmount) >= 0),
  })
  .strict();
export type Policy = z.infer<typeof policySchema>;

export const shownPolicySchema = z
  .object({
    policy: policySchema,
    /** What whoever installed the till said of a closed installation (ADR 55); its last day is the store's. */
    closedInstallation: z
      .object({ until: z.string(), state: z.enum(['in-force', 'ended', 'withdrawn']) })
      .strict()
      .nullable(),
  })
  .strict();
export type ShownPolicy = z.infer<typeof shownPolicySchema>;

export const policy = {
  get: channel(nothing, shownPolicySchema, { touches: 'world', may: 'signed-in' }),
  save: channel(z.object({ policy: policySchema, pin: managersPin }).strict(), done, {
    touches: 'world',
    may: 'settings',
  }),
  /** A manager lets new entries be taken again after the longest offline window. */
  continueOffline: channel(z.object({ pin: managersPin }).strict(), done, {
    touches: 'world',
    may: 'manager',
  }),
} as const;
