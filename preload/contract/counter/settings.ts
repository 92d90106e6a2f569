import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { appErrorSchema } from '../kernel/errors.ts';
import { languages } from '../kernel/languages.ts';
import { compareAmounts, MOST_QUICK_AMOUNTS, zeroAmount } from '../kernel/money.ts';
import { amountSchema, done, managersPin, nothing } from '../kernel/scalars.ts';
import { isAccountKey, isAccountName, MOST_ACCOUNTS } from '../ledger/book-accounts.ts';
import { isTender, MAX_TENDER_LENGTH, MOST_OWN_TENDERS, standardTenders } from '../ledger/tenders.ts';

export const scannerSchema = z.object({
  /** Longest mean time between two characters of a scan. */
  meanGapMs: z.number().int().min(5).max(100),
  /** Texts that the scanner adds to every code; stripped. */
  prefix: z.string().max(20),
  suffix: z.string().max(20),
  /** The key that ends a scan. */
  end: z.enum(['either', 'enter', 'tab']),
});
export type ScannerSettings = z.infer<typeof scannerSchema>;

/** A manager's settings. */
export const policySchema = z
  .object({
    /** All tills of the account have numbers of their own. */
    tillNumbersDeclared: z.boolean(),
    quiescenceMs: z.number().int().min(150_000).max(3_600_000),
    secondReadingMs: z.number().int().min(60_000).max(3_600_000),
    /** Entries that waited longer get a pre-send check, like those that waited over a start. */
    lookAfterMs: z.number().int().min(60_000).max(86_400_000),
    /** Largest increment. */
    balanceCap: amountSchema,
    pointCap: amountSchema,
    /** Limits of what may wait unsent. */
    memberWaitingCap: amountSchema,
    tillWaitingCap: amountSchema,
    /** New entries stop after so long without sending, until a manager continues. */
    offlineWindowMs: z
      .number()
      .int()
      .min(60_000)
      .max(30 * 86_400_000),
    /** The same member and amount within this time needs a confirmation; 0: never. */
    repeatWithinMs: z.number().int().min(0).max(86_400_000),
    callsPerDay: z.number().int().min(10).max(1_000_000),
    /** Look-ups reuse a reading this long; 0: never. */
    memberFreshMs: z.number().int().min(0).max(3_600_000),
    /** Members not read for so long are deleted. */
    memberKeptMs: z
      .number()
      .int()
      .min(86_400_000)
      .max(3_650 * 86_400_000),
    /** Unlock period after a manager's PIN; 0: none. */
    managerUnlockedMs: z.number().int().min(0).max(3_600_000),
    /** With people set up, an idle till locks after this time; 0: never. */
    peopleLockAfterMs: z.number().int().min(0).max(3_600_000),
    /** See `scannerSchema`. */
    scanMeanGapMs: scannerSchema.shape.meanGapMs,
    scanPrefix: scannerSchema.shape.prefix,
    scanSuffix: scannerSchema.shape.suffix,
    scanEnd: scannerSchema.shape.end,
    keypad: z.boolean(),
    /** Quick amounts of the form. */
    quickAmounts: z
      .array(amountSchema.refine((value) => compareAmounts(value, zeroAmount) > 0))
      .max(MOST_QUICK_AMOUNTS),
    /** Tenders in the form's order; none: not asked for. */
    tenders: z
      .array(z.string().max(MAX_TENDER_LENGTH).refine(isTender))
      .max(standardTenders.length + MOST_OWN_TENDERS),
    /** What the accounts of the books are called, by their keys. */
    accounts: z
      .partialRecord(z.string().refine(isAccountKey), z.string().refine(isAccountName))
      .refine((accounts) => Object.keys(accounts).length <= MOST_ACCOUNTS),
    /** The screens' language. */
    screenLanguage: z.enum(['as-set-up', ...languages]),
    /** When an update may be installed automatically, in minutes of the store's day; equal: only at a start. */
    updateFromMinute: z.number().int().min(0).max(1_440),
    updateToMinute: z.number().int().min(0).max(1_440),
    /** Bandwidth of its download. */
    updateKilobytesPerSecond: z.number().int().min(16).max(100_000),
    /** Updates are downloaded only on request, for metered lines. */
    updateOnPress: z.boolean(),
    /** When the business day ends, in minutes of the store's day; from noon on it ends on the day before its date. */
    businessDayEndsAtMinute: z.number().int().min(0).max(1_439),
    /** A count with a larger variance is repeated, then needs a reason and a manager. */
    varianceLimit: amountSchema.refine((value) => compareAmounts(value, zeroAmount) >= 0),
    /** The largest opening float. */
    floatCap: amountSchema.refine((value) => compareAmounts(value, zeroAmount) >= 0),
  })
  .strict();
export type Policy = z.infer<typeof policySchema>;

/** What a file may set: all but what a manager declares on screen. */
export const fileSettingsSchema = policySchema.omit({ tillNumbersDeclared: true }).exactPartial();
export type FileSettings = z.infer<typeof fileSettingsSchema>;

const shownPolicySchema = z
  .object({
    policy: policySchema,
    /** Why the computer's policy file is not used. */
    itProblem: appErrorSchema.nullable(),
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
