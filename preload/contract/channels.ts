import { z } from 'zod';
import { amountSchema } from './money.ts';
import {
  checkUpSchema,
  doubtViewSchema,
  policySchema,
  policyViewSchema,
  reviewAnswerSchema,
  reviewCaseSchema,
} from './review.ts';
import { entrySchema, memberCardSchema, snapshotSchema } from './snapshot.ts';

const nothing = z.object({}).strict();
const done = z.object({}).strict();
const id = z.string().min(1).max(40);
const uid = z.string().regex(/^-?\d{1,19}$/);
const pin = z.string().max(64);

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

const placeAmongTills = z.number().int().min(1).max(60);

/**
 * The same, with the manager's PIN that is made with the till, and which of the account's tills this one is: each
 * has a number of its own, or they take each other's seconds. Absent, it is the only one.
 */
export const newTillSchema = connectionSchema
  .extend({ managerPin: pin, tillNumber: placeAmongTills.optional(), tillCount: placeAmongTills.optional() })
  .strict();
export type NewTill = z.infer<typeof newTillSchema>;

export const closingAnswerSchema = z.enum(['asked', 'close', 'stay']);
export type ClosingAnswer = z.infer<typeof closingAnswerSchema>;

interface ChannelShape {
  readonly args: z.ZodType;
  readonly reply: z.ZodType;
}

const channel = <A extends z.ZodType, R extends z.ZodType>(args: A, reply: R) =>
  ({ args, reply }) satisfies ChannelShape;

/**
 * The one value from which main, preload and renderer are typed: an `area:verb`, the schema of its
 * single argument, and the schema of what a success carries. Every reply is a `Result`.
 */
export const channels = {
  /** The state of everything, for a window that has just opened. */
  'app:snapshot': channel(nothing, snapshotSchema),
  /** What became of the question in `snapshot.closing`: it is on the screen, or a person answered it. */
  'app:close': channel(z.object({ answer: closingAnswerSchema }).strict(), done),

  /** Tests the connection with a look-up (one or two calls); keeps nothing. */
  'setup:test': channel(
    connectionSchema,
    z.object({ members: z.number().int(), clockSkewMs: z.number().nullable() }),
  ),
  /**
   * Tests, keeps the key in the system's keyring, opens the live till and makes the manager's PIN. The recovery
   * code is shown this once.
   */
  'setup:connect': channel(newTillSchema, z.object({ recoveryCode: z.string() })),
  /** Replaces the appKey of the same account; a manager's PIN where one is set. */
  'setup:replaceKey': channel(z.object({ appKey: z.string().max(200), pin }).strict(), done),
  /** A manager's: which of how many tills this is, from now on. The till opens anew. */
  'setup:setPlace': channel(
    z.object({ tillNumber: placeAmongTills, tillCount: placeAmongTills, pin }).strict(),
    done,
  ),
  'setup:openPractice': channel(nothing, done),
  /** Back from the practice store to the first screen, or to the live till if one is set up. */
  'setup:leavePractice': channel(nothing, done),

  /**
   * Members by card number, phone or name; several are for a picker. `stillAsking` names the look-up where these
   * are what the till has kept, and KYBIO has not answered yet: see `members:answer`.
   */
  'members:find': channel(
    z.object({ query: z.string().max(100) }).strict(),
    z.object({ members: z.array(memberCardSchema).max(50), stillAsking: z.string().max(40).nullable() }),
  ),
  /** Waits for KYBIO's answer to a look-up that was answered from what the till has kept; asked for once. */
  'members:answer': channel(
    z.object({ lookUp: z.string().max(40) }).strict(),
    z.object({ members: z.array(memberCardSchema).max(50) }),
  ),
  /** The card of one member as this till knows it now (no call). */
  'members:card': channel(z.object({ customerUid: uid }).strict(), memberCardSchema),

  /** Signs and commits one increment. The same `requestId` again answers with the same entry. */
  'topUps:create': channel(
    z
      .object({
        requestId: z.string().uuid(),
        customerUid: uid,
        /** As the cashier saw the member; refused as `member-changed` where they are not of this `customerUid`. */
        customerNumber: z.string().max(100),
        customerName: z.string().max(200),
        balanceIncrement: amountSchema,
        pointIncrement: amountSchema,
        note: z.string().max(200),
        /** The cashier was asked (`asked-twice`) and means it. */
        again: z.boolean().optional(),
      })
      .strict(),
    entrySchema,
  ),
  /** Only while untouched. */
  'entries:cancel': channel(z.object({ id }).strict(), entrySchema),
  /** Somebody has seen that KYBIO refused this entry: it is not counted among the alarms any more. */
  'entries:acknowledge': channel(z.object({ id }).strict(), entrySchema),
  /** A manager's: a new increment with the opposite amounts that names the confirmed one. */
  'entries:reverse': channel(z.object({ id, requestId: z.string().uuid(), pin }).strict(), entrySchema),
  /** All days, by member name, number or reference; newest first. */
  'entries:search': channel(
    z.object({ query: z.string().max(100) }).strict(),
    z.object({ entries: z.array(entrySchema).max(200) }),
  ),

  /**
   * Tries now, without waiting for the back-off. `held`: why nothing goes all the same; null where something does.
   * `held-back`: increments went unanswered, and entries go one at a time; the next one at `untilMs`, or at once where
   * a person insists.
   */
  'sync:sendNow': channel(
    z.object({ insist: z.boolean().optional() }).strict(),
    z.object({
      held: z.enum(['nothing-waiting', 'paused', 'offline', 'behind-checking', 'held-back']).nullable(),
      untilMs: z.number().int().nonnegative().optional(),
    }),
  ),
  /** A manager ends a pause that does not end by itself. */
  'sync:resume': channel(z.object({ pin }).strict(), done),
  /** The window saw the network come or go. */
  'sync:networkChanged': channel(z.object({ online: z.boolean() }).strict(), done),

  'review:list': channel(
    nothing,
    z.object({ cases: z.array(reviewCaseSchema).max(200), doubts: z.array(doubtViewSchema).max(200) }),
  ),
  /** A manager's answer; the version says which state of the entry was on the screen. */
  'review:answer': channel(
    z.object({ id, version: z.number().int().positive(), answer: reviewAnswerSchema, pin }).strict(),
    entrySchema,
  ),
  /** A linked increment that mends a possible double or missing credit, after a fresh reading. */
  'review:correct': channel(z.object({ doubtId: id, pin }).strict(), entrySchema),
  'review:dismiss': channel(z.object({ doubtId: id, pin }).strict(), done),
  /** Prints what the page shows for print: the sheet for the shop's file. */
  'review:print': channel(nothing, done),

  'policy:get': channel(nothing, policyViewSchema),
  'policy:save': channel(z.object({ policy: policySchema, pin }).strict(), done),
  /** A manager lets new entries be taken again after the longest offline window. */
  'policy:continueOffline': channel(z.object({ pin }).strict(), done),

  'checkUp:get': channel(nothing, checkUpSchema),
  /** On a test member, 0.01 at a time, all of it reversed at the end. */
  'checkUp:start': channel(z.object({ memberNumber: z.string().max(100), pin }).strict(), done),
  'checkUp:stop': channel(z.object({ pin }).strict(), done),

  /**
   * Makes the manager's PIN where set-up brought none; the recovery code is shown once. The App key vouches for
   * whoever asks, as the till was set up with it; the practice store asks for none.
   */
  'manager:makePin': channel(
    z.object({ pin, appKey: z.string().max(200) }).strict(),
    z.object({ recoveryCode: z.string() }),
  ),
  'manager:recover': channel(
    z.object({ recoveryCode: z.string().max(64), pin }).strict(),
    z.object({ recoveryCode: z.string() }),
  ),

  'practice:setPlug': channel(z.object({ in: z.boolean() }).strict(), done),
  'practice:loseNextReply': channel(z.object({ lose: z.boolean() }).strict(), done),
} as const;

export type Channels = typeof channels;
export type ChannelName = keyof Channels;
export type ChannelArgs<N extends ChannelName> = z.input<Channels[N]['args']>;
export type ChannelReply<N extends ChannelName> = z.output<Channels[N]['reply']>;

/** What main says unasked. */
export const pushes = {
  snapshot: snapshotSchema,
} as const;

/** Larger than any honest argument or reply; what is larger is refused unread. */
export const MAX_ARGUMENT_BYTES = 16_384;
export const MAX_REPLY_BYTES = 2_000_000;
