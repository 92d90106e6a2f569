import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { count, done, managersPin, nothing, timeMs } from '../kernel/scalars.ts';

/** Why the whole queue waits (protocol rule 7). No entry fails by a pause. */
export const pauseReasons = [
  'credentials',
  'permission',
  'portal',
  'certificate',
  'server',
  'clock',
  'quota',
  'contradiction',
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
  /** KYBIO's words or a status; never a secret. */
  words: z.string().max(500),
  needsManager: z.boolean(),
});
export type Pause = z.infer<typeof pauseSchema>;

const linkSchema = z.object({
  /** As the last attempt told; `starting` before the first. */
  state: z.enum(['starting', 'online', 'offline', 'paused']),
  pause: pauseSchema.nullable(),
  /** When the next attempt is due, while offline. */
  retryAtMs: timeMs.nullable(),
  /** End of a longer back-off after an unanswered increment; null without one. */
  heldBackUntilMs: timeMs.nullable(),
  /** KYBIO's clock minus this PC's, ms; null until an answer had it. */
  clockSkewMs: z.number().int().nullable(),
});
export type Link = z.infer<typeof linkSchema>;

export const syncTopics = {
  link: linkSchema,
  /**
   * The account's calls a day, by this till's own count: others use the same calls. `kept`: for entries. `lookUpsLeft`:
   * for readings of cached members.
   */
  budget: z.object({ used: count, limit: count, left: count, kept: count, lookUpsLeft: count }),
  /** Since when nothing could be sent while something waits, and whether that stops new entries. */
  offline: z.object({ sinceMs: timeMs.nullable(), stopped: z.boolean() }),
} as const;

export const sync = {
  /** KYBIO's own count of the account's calls today, which is a call itself; null if it does not say. Errors: key-lost. */
  askCalls: channel(nothing, z.object({ used: count, limit: count.nullable() }).nullable(), {
    touches: 'world',
    may: 'signed-in',
  }),
  /**
   * Tries now, without waiting for the back-off; after an unanswered increment one entry goes. `why`: what stops it,
   * null if something goes.
   */
  sendNow: channel(
    nothing,
    z.object({ why: z.enum(['nothing-waiting', 'paused', 'offline', 'behind-checking']).nullable() }),
    { touches: 'world', may: 'signed-in' },
  ),
  /** Ends a pause that does not end by itself. */
  resume: channel(z.object({ pin: managersPin }).strict(), done, { touches: 'world', may: 'manager' }),
} as const;
