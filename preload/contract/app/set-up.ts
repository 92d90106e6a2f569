import { z } from 'zod';
import { policySchema, scannerSchema } from '../counter/settings.ts';
import { MOST_TILLS } from '../hosts/tills.ts';
import { channel } from '../kernel/channel.ts';
import { MOST_QUICK_AMOUNTS } from '../kernel/money.ts';
import { amountSchema, done, managersPin, nothing, pin } from '../kernel/scalars.ts';

/** What a person types to connect a till. `appKey` goes in and never comes out again. */
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
 * The same, with the manager's PIN that is made with the till, and which of the account's tills this one is: each
 * has a number of its own, or they take each other's seconds. Absent, it is the only one.
 */
export const newTillSchema = connectionSchema
  .extend({ managerPin: pin, tillNumber: placeAmongTills.optional(), tillCount: placeAmongTills.optional() })
  .strict();
export type NewTill = z.infer<typeof newTillSchema>;

export const tillSchema = z.object({
  name: z.string().max(100),
  /** Which of the account's tills this one is, 1 to `count`. */
  number: z.number().int().min(1),
  count: z.number().int().min(1),
  /** The name of another till that was seen to use this one's seconds; null where none was. */
  numberTwice: z.string().max(100).nullable(),
  actor: z.string().max(100),
  storeTimeZone: z.string().max(60),
  currency: z.string().length(3),
  language: z.string().max(20),
  host: z.string().max(300),
  appId: z.string().max(200),
  /** Largest top-up and most points of one increment. */
  balanceCap: amountSchema,
  pointCap: amountSchema,
  pointDecimals: z.number().int().min(0).max(4),
  quickAmounts: z.array(amountSchema).max(MOST_QUICK_AMOUNTS),
  /** How members may pay; where there are none, nobody is asked. */
  tenders: policySchema.shape.tenders,
  scanner: scannerSchema,
  /** A keypad and a look-up button stand on the form, for a screen that is touched. */
  keypad: z.boolean(),
});
export type Till = z.infer<typeof tillSchema>;

export const setupTopics = {
  /** The till that is open; null where none is. */
  till: tillSchema.nullable(),
} as const;

export const setup = {
  /**
   * Tests the connection with a look-up (one or two calls); keeps nothing. `proxy`: `host:port` of the one that the
   * system names first for this address; null where it goes straight.
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
   * Tests, keeps the key in the system's keyring, opens the live till and makes the manager's PIN. The recovery
   * code is shown this once.
   */
  connect: channel(newTillSchema, z.object({ recoveryCode: z.string() }), {
    touches: 'live',
    may: 'signed-in',
  }),
  /** Replaces the appKey of the same account; a manager's PIN where one is set. */
  replaceKey: channel(z.object({ appKey: z.string().max(200), pin }).strict(), done, {
    touches: 'live',
    may: 'signed-in',
  }),
  /** A manager's: which of how many tills this is, from now on. The till opens anew. */
  setPlace: channel(
    z.object({ tillNumber: placeAmongTills, tillCount: placeAmongTills, pin: managersPin }).strict(),
    done,
    { touches: 'world', may: 'manager' },
  ),
  openPractice: channel(nothing, done, { touches: 'program', may: 'signed-in' }),
  /** Back from the practice store to the first screen, or to the live till if one is set up. */
  leavePractice: channel(nothing, done, { touches: 'program', may: 'anyone' }),
} as const;
