import { z } from 'zod';
import { policySchema, scannerSchema } from '../counter/settings.ts';
import { MOST_TILLS } from '../hosts/tills.ts';
import { channel } from '../kernel/channel.ts';
import { MOST_QUICK_AMOUNTS } from '../kernel/money.ts';
import { amountSchema, done, managersPin, nothing, pin } from '../kernel/scalars.ts';

/** What connects a till; `appKey` is never returned. */
export const connectionSchema = z
  .object({
    host: z.string().max(300),
    appId: z.string().max(200),
    appKey: z.string().max(200),
    tillName: z.string().max(100),
    storeTimeZone: z.string().max(60),
    currency: z.string().max(3),
    language: z.string().max(20),
  })
  .strict();
export type Connection = z.infer<typeof connectionSchema>;

const placeAmongTills = z.number().int().min(1).max(MOST_TILLS);

/**
 * With a manager's PIN and the till's number: tills of one account with the same number would use each other's seconds.
 * Absent: the only till.
 */
export const newTillSchema = connectionSchema
  .extend({ managerPin: pin, tillNumber: placeAmongTills.optional(), tillCount: placeAmongTills.optional() })
  .strict();
export type NewTill = z.infer<typeof newTillSchema>;

export const tillSchema = z.object({
  name: z.string().max(100),
  /** From 1 to `count`. */
  number: z.number().int().min(1),
  count: z.number().int().min(1),
  /** Another till that was seen with this one's number; null where none was. */
  numberTwice: z.object({ till: z.string().max(200), what: z.enum(['number', 'count']) }).nullable(),
  actor: z.string().max(100),
  storeTimeZone: z.string().max(60),
  currency: z.string().length(3),
  language: z.string().max(20),
  host: z.string().max(300),
  appId: z.string().max(200),
  /** Limits of one increment. */
  balanceCap: amountSchema,
  pointCap: amountSchema,
  pointDecimals: z.number().int().min(0).max(4),
  quickAmounts: z.array(amountSchema).max(MOST_QUICK_AMOUNTS),
  /** Empty: no tender is asked. */
  tenders: policySchema.shape.tenders,
  scanner: scannerSchema,
  /** Shows a keypad and a look-up button, for touch screens. */
  keypad: z.boolean(),
  /** Settings that IT has locked on this computer; see `whoSets`. */
  setByIt: z.array(policySchema.keyof()),
});
export type Till = z.infer<typeof tillSchema>;

/** What a shop does on its first day; each can wait. */
const firstDayStepSchema = z.enum(['people', 'pay', 'printer', 'rules', 'shift']);
export type FirstDayStep = z.infer<typeof firstDayStepSchema>;

export const firstDaySchema = z.object({
  /** What somebody said to be right as it is, or not wanted; the rest shows in the till itself. */
  settled: z.array(firstDayStepSchema).max(firstDayStepSchema.options.length),
});
export type FirstDay = z.infer<typeof firstDaySchema>;

export const setupTopics = {
  /** Null where none is open. */
  till: tillSchema.nullable(),
  /** Null but from the connection until nothing of the first day is left. */
  firstDay: firstDaySchema.nullable(),
} as const;

export const setup = {
  /**
   * Tests the connection with one or two calls and stores nothing. `proxy` is `host:port` of the system's first proxy
   * for this address; null without one.
   */
  test: channel(
    connectionSchema,
    z.object({
      members: z.number().int(),
      clockSkewMs: z.number().nullable(),
      proxy: z.string().max(300).nullable(),
    }),
    { touches: 'live', may: 'signed-in' },
  ),
  /**
   * Tests, stores the key in the keyring, opens the live till and sets the manager's PIN. The recovery code is shown
   * this once.
   */
  connect: channel(newTillSchema, z.object({ recoveryCode: z.string() }), {
    touches: 'live',
    may: 'signed-in',
  }),
  /** A new `appKey` of the same account; needs a manager's PIN where one is set. */
  replaceKey: channel(z.object({ appKey: z.string().max(200), pin }).strict(), done, {
    touches: 'live',
    may: 'signed-in',
  }),
  /** Changes the till's number and their count; the till opens again. */
  setPlace: channel(
    z.object({ tillNumber: placeAmongTills, tillCount: placeAmongTills, pin: managersPin }).strict(),
    done,
    { touches: 'world', may: 'manager' },
  ),
  /** Begins the first day's list, settles a step of it, or ends it with null. */
  firstDay: channel(z.object({ firstDay: firstDaySchema.strict().nullable() }).strict(), done, {
    touches: 'live',
    may: 'signed-in',
  }),
  openPractice: channel(nothing, done, { touches: 'program', may: 'signed-in' }),
  /** From the practice store to the first screen, or to the live till. */
  leavePractice: channel(nothing, done, { touches: 'program', may: 'anyone' }),
} as const;
