import { z } from 'zod';
import { channel } from './channel.ts';
import { entrySchema, entryStateSchema, entrySumsSchema } from './entries.ts';
import { appErrorSchema } from './errors.ts';
import { count, done, nothing, timeMs } from './scalars.ts';
import { tillSchema } from './set-up.ts';
import { linkSchema } from './sync.ts';

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

export const closingAnswerSchema = z.enum(['asked', 'close', 'stay']);
export type ClosingAnswer = z.infer<typeof closingAnswerSchema>;

export const app = {
  /** The state of everything, for a window that has just opened. */
  snapshot: channel(nothing, snapshotSchema),
  /** What became of the question in `snapshot.closing`: it is on the screen, or a person answered it. */
  close: channel(z.object({ answer: closingAnswerSchema }).strict(), done),
} as const;
