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

/** How many entries, and what they add up to. */
export const entrySumsSchema = z.object({ entries: count, balance: amountSchema, point: amountSchema });
export type EntrySums = z.infer<typeof entrySumsSchema>;

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
  /** The reversal that takes this entry back: on its way, or done. Null where there is none. */
  takenBack: z.object({ reference: z.string().max(12), state: z.enum(['reversing', 'reversed']) }).nullable(),
  /** The earlier entry of the same member behind which this one waits, and that one's state. */
  heldBy: z.object({ reference: z.string().max(12), state: entryStateSchema }).nullable(),
  /** Refused, and nobody has acknowledged it yet. */
  needsAcknowledgement: z.boolean(),
});
export type Entry = z.infer<typeof entrySchema>;

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
  /** What this till has for the member that is not settled: unsent, answer lost, for a manager. */
  waiting: entrySumsSchema,
  checking: entrySumsSchema,
  review: entrySumsSchema,
  /** Refused by KYBIO, and nobody has acknowledged it yet. */
  refused: entrySumsSchema,
  /** The member's newest entries on this till, newest first. */
  recent: z.array(entrySchema).max(5),
});
export type MemberCard = z.infer<typeof memberCardSchema>;

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
  /** Until when no entry goes, since increments went unanswered while reads are answered; null where none is held. */
  heldBackUntilMs: timeMs.nullable(),
  /**
   * Why `online` is not certain: the system sees no network, a request has been without an answer for seconds, or
   * nothing was asked for a while. Null where it is known.
   */
  doubt: z.enum(['no-network', 'no-answer-yet', 'not-asked-lately']).nullable(),
  /** Server's clock minus this PC's, where an answer told; null until then. */
  clockSkewMs: z.number().int().nullable(),
});
export type Link = z.infer<typeof linkSchema>;

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

export const tillSchema = z.object({
  name: z.string().max(100),
  /** Which of the account's tills this one is, 1 to `count`. */
  number: z.number().int().min(1),
  count: z.number().int().min(1),
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
  scanner: scannerSchema,
  /** A keypad and a look-up button stand on the form, for a screen that is touched. */
  keypad: z.boolean(),
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
  waiting: entrySumsSchema,
  /**
   * The day as the manager counts it: what was entered today and is done, reversals taken off; what is open now,
   * of whatever day; and what was refused today or is not acknowledged.
   */
  today: z.object({
    storeDay: z.string().max(10),
    done: entrySumsSchema,
    waiting: entrySumsSchema,
    checking: entrySumsSchema,
    review: entrySumsSchema,
    refused: entrySumsSchema,
  }),
  /** Refusals that nobody has acknowledged. */
  refusals: count,
  /**
   * Calls made this store day, the day's limit, and how many of it are kept back for increments. `lookUpsEndAtMs`:
   * when only those will be left at today's pace; null where the rest of the day can be looked up.
   * `waitingForLook`: entries that go only after a look at KYBIO for which no call is left.
   */
  budget: z.object({
    used: count,
    limit: count,
    keptForIncrements: count,
    lookUpsEndAtMs: timeMs.nullable(),
    waitingForLook: count,
  }),
  directory: z.object({
    members: count,
    complete: z.boolean(),
    updatedAtMs: timeMs.nullable(),
  }),
  practice: z
    .object({
      plugIn: z.boolean(),
      loseNextReply: z.boolean(),
      /** Members to try with; `hint` says what there is to see with one. */
      samples: z
        .array(
          z.object({
            number: z.string().max(100),
            name: z.string().max(200),
            hint: z.enum(['plain', 'letters', 'disabled', 'family']),
          }),
        )
        .max(12),
    })
    .nullable(),
  managerPinSet: z.boolean(),
  /** Doubts about ended entries that wait for a manager. */
  doubts: count,
  /** What is wrong with the journal, in a word for the log and the screen; null when it vouches for all. */
  journalProblem: z.enum(['rolled-back', 'other-key', 'broken']).nullable(),
  /** Since when nothing could be sent although something waits, and whether new entries are stopped by that. */
  offline: z.object({ sinceMs: timeMs.nullable(), stopped: z.boolean() }),
  /** How often in a row the window was to be closed while entries are not settled; 0 where nobody is asked. */
  closing: count,
  /** Newest first: all that is open or refused and not acknowledged, and today's. */
  activity: z.array(entrySchema).max(500),
});
export type Snapshot = z.infer<typeof snapshotSchema>;
