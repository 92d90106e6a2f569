import { z } from 'zod';
import { appErrorSchema } from './errors.ts';
import { amountSchema } from './money.ts';
import { entryCauseSchema, entryKindSchema, entryStateSchema, pauseReasonSchema } from './states.ts';

/** Unix time in milliseconds. */
const timeMs = z.number().int().nonnegative();
const uid = z.string().regex(/^-?\d{1,19}$/);
const count = z.number().int().nonnegative();

export const memberStatusSchema = z.enum(['active', 'disabled', 'deleted', 'expired', 'blank']);
export type MemberStatus = z.infer<typeof memberStatusSchema>;

/** A member as the counter sees one. The phone is masked before it leaves the main process. */
export const memberCardSchema = z.object({
  customerUid: uid,
  number: z.string().max(100),
  name: z.string().max(200),
  categoryName: z.string().max(100),
  maskedPhone: z.string().max(40),
  balance: amountSchema,
  point: amountSchema,
  status: memberStatusSchema,
  expiryDate: z.string().max(40).nullable(),
  /** When KYBIO said so, and whether it was asked just now or is kept on this till. */
  asOfMs: timeMs,
  source: z.enum(['kybio', 'till']),
  /** What this till has for the member that KYBIO has not confirmed. */
  waiting: z.object({
    entries: count,
    balance: amountSchema,
    point: amountSchema,
  }),
});
export type MemberCard = z.infer<typeof memberCardSchema>;

/** One increment as a row of the activity list. */
export const entrySchema = z.object({
  id: z.string().max(40),
  /** The short number that a person quotes, e.g. `0031`. */
  reference: z.string().max(12),
  createdAtMs: timeMs,
  /** `HH:mm` in the store's time zone. */
  storeTime: z.string().max(5),
  kind: entryKindSchema,
  customerUid: uid,
  memberNumber: z.string().max(100),
  memberName: z.string().max(200),
  balanceIncrement: amountSchema,
  pointIncrement: amountSchema,
  cashier: z.string().max(100),
  note: z.string().max(200),
  state: entryStateSchema,
  cause: entryCauseSchema.nullable(),
  /** KYBIO's own words, as they came. */
  messages: z.array(z.string().max(500)).max(10),
  balanceBefore: amountSchema.nullable(),
  balanceAfter: amountSchema.nullable(),
  pointBefore: amountSchema.nullable(),
  pointAfter: amountSchema.nullable(),
  attempts: count,
  canCancel: z.boolean(),
  canReverse: z.boolean(),
  /** The reference of the entry that this one takes back. */
  correctsReference: z.string().max(12).nullable(),
});
export type Entry = z.infer<typeof entrySchema>;

export const pauseSchema = z.object({
  reason: pauseReasonSchema,
  sinceMs: timeMs,
  /** KYBIO's words or a status, where that helps; never a secret. */
  words: z.string().max(500),
  /** True where only a manager ends it. */
  needsManager: z.boolean(),
});
export type Pause = z.infer<typeof pauseSchema>;

export const linkSchema = z.object({
  /** `starting` until the first attempt tells. */
  state: z.enum(['starting', 'online', 'offline', 'paused']),
  pause: pauseSchema.nullable(),
  /** When the next attempt is due, while offline. */
  retryAtMs: timeMs.nullable(),
  lastAnswerAtMs: timeMs.nullable(),
  /** Server's clock minus this PC's, where an answer told; null until then. */
  clockSkewMs: z.number().int().nullable(),
});
export type Link = z.infer<typeof linkSchema>;

export const tillSchema = z.object({
  name: z.string().max(100),
  cashier: z.string().max(100),
  storeTimeZone: z.string().max(60),
  currency: z.string().length(3),
  language: z.string().max(20),
  host: z.string().max(300),
  appId: z.string().max(200),
  /** Largest top-up and most points of one increment. */
  balanceCap: amountSchema,
  pointCap: amountSchema,
  pointDecimals: z.number().int().min(0).max(4),
  quickAmounts: z.array(amountSchema).max(8),
});
export type Till = z.infer<typeof tillSchema>;

/** Everything the till's screen shows that is not being typed. Pushed whole after every change. */
export const snapshotSchema = z.object({
  revision: count,
  /** `broken`: the till cannot take entries, `problem` says why. */
  mode: z.enum(['first-run', 'practice', 'live', 'broken']),
  problem: appErrorSchema.nullable(),
  till: tillSchema.nullable(),
  link: linkSchema,
  counts: z.record(entryStateSchema, count),
  waiting: z.object({
    entries: count,
    balance: amountSchema,
    point: amountSchema,
  }),
  today: z.object({
    storeDay: z.string().max(10),
    entries: count,
    balance: amountSchema,
    point: amountSchema,
  }),
  /** Calls made this store day, the day's limit, and how many of it are kept back for increments. */
  budget: z.object({ used: count, limit: count, keptForIncrements: count }),
  directory: z.object({
    members: count,
    complete: z.boolean(),
    updatedAtMs: timeMs.nullable(),
  }),
  practice: z.object({ plugIn: z.boolean(), loseNextReply: z.boolean() }).nullable(),
  managerPinSet: z.boolean(),
  /** Doubts about ended entries that wait for a manager. */
  doubts: count,
  /** What is wrong with the journal, in a word for the log and the screen; null when it vouches for all. */
  journalProblem: z.enum(['rolled-back', 'other-key', 'broken']).nullable(),
  /** Since when nothing could be sent although something waits, and whether new entries are stopped by that. */
  offline: z.object({ sinceMs: timeMs.nullable(), stopped: z.boolean() }),
  /** Newest first: all that is open, and today's. */
  activity: z.array(entrySchema).max(500),
});
export type Snapshot = z.infer<typeof snapshotSchema>;
