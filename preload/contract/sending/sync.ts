import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { count, done, managersPin, timeMs } from '../kernel/scalars.ts';

/** Why the whole queue waits (protocol rule 7). No entry fails by a pause. */
export const pauseReasons = [
  'credentials',
  'permission',
  'portal',
  'certificate',
  'server',
  'clock',
  'quota',
  'refuses-all',
  'contradiction',
  'unknown-words',
  'unanswered',
  'disk',
  'key-lost',
  'manager',
  'other-machine',
  'till-copy',
  'till-number',
  'data-check',
] as const;
export const pauseReasonSchema = z.enum(pauseReasons);
export type PauseReason = z.infer<typeof pauseReasonSchema>;

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
  /** When the next entry goes, where what waits goes in turn with the chain's other tills; null where none waits so. */
  turnAtMs: timeMs.nullable(),
  /**
   * Why `online` is not certain: the system sees no network, a request has been without an answer for seconds, or
   * nothing was asked for a while. Null where it is known.
   */
  doubt: z.enum(['no-network', 'no-answer-yet', 'not-asked-lately']).nullable(),
  /** Server's clock minus this PC's, where an answer told; null until then. */
  clockSkewMs: z.number().int().nullable(),
});
export type Link = z.infer<typeof linkSchema>;

export const syncTopics = {
  link: linkSchema,
  /**
   * The account's calls a day and what is left of them: as KYBIO counted at `toldAtMs`, or, where that is null, at most, by
   * this till's own `used` alone. `needed`: kept back for entries, those that wait and those to come. `lookUpsLeft`: for
   * readings of members whom the till keeps; `lookUpsEndAtMs`: when these will be used up at the pace of the last hour;
   * null where they last the day. `waitingForLook`: entries that go only after a look at KYBIO for which no call is left.
   * `allThrough`: when all that waits for calls will be through, in so many days; null where nothing does.
   */
  budget: z.object({
    used: count,
    limit: count,
    left: count,
    toldAtMs: timeMs.nullable(),
    needed: count,
    lookUpsLeft: count,
    lookUpsEndAtMs: timeMs.nullable(),
    waitingForLook: count,
    allThrough: z.object({ atMs: timeMs, inDays: count }).nullable(),
  }),
  /** Since when nothing could be sent although something waits, and whether new entries are stopped by that. */
  offline: z.object({ sinceMs: timeMs.nullable(), stopped: z.boolean() }),
} as const;

export const sync = {
  /**
   * Tries now, without waiting for the back-off. `held`: why nothing goes all the same; null where something does.
   * `held-back`: increments went unanswered, and entries go one at a time; the next one at `untilMs`, or at once where
   * a person insists. `in-turn`: this till shares a pace with the chain's others, and `untilMs` is its turn; at once the same.
   */
  sendNow: channel(
    z.object({ insist: z.boolean().optional() }).strict(),
    z.object({
      why: z
        .enum(['nothing-waiting', 'paused', 'offline', 'behind-checking', 'held-back', 'in-turn'])
        .nullable(),
      untilMs: z.number().int().nonnegative().optional(),
    }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** A manager ends a pause that does not end by itself. */
  resume: channel(z.object({ pin: managersPin }).strict(), done, { touches: 'world', may: 'manager' }),
  /** The window saw the network come or go. */
  networkChanged: channel(z.object({ online: z.boolean() }).strict(), done, {
    touches: 'nothing',
    may: 'anyone',
  }),
} as const;
